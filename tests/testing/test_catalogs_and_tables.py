"""Tiny catalogs from keyword arguments, and results beside the text that a file keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from iku_engine.testing import check_golden, tiny_catalog, tiny_engine

SCALE = """
from iku_engine.hooks import hookimpl
from iku_engine.scales import Band, Scale

@hookimpl
def iku_scales():
    return [Scale("skala", (Band("Baik", None, False, None, False),), "r")]
"""


def test_a_catalog_declares_what_its_formulas_read() -> None:
    made = tiny_catalog(terserap="share(realisasi, pagu)", naik="terserap - terserap[t-1]")
    assert made["variables"] == {
        name: {"label": name, "unit": ""} for name in ("realisasi", "pagu")
    }
    assert made["periods"] == "2020..2022"


def test_a_tiny_engine_computes() -> None:
    engine = tiny_engine(
        variables={"realisasi": "rupiah", "pagu": "rupiah"},
        terserap={"formula": "share(realisasi, pagu)", "unit": "%", "decimals": 1},
    )
    results = engine.compute(data={"realisasi": {2021: 1}, "pagu": {2021: 3}})
    assert results.get("terserap", "2021").display == "33.3"
    assert results.get("terserap", "2020").status.value == "missing"


def test_a_tiny_engine_has_sections_and_plugins(tmp_path: Path) -> None:
    path = tmp_path / "skala_contoh.py"
    path.write_text(SCALE, encoding="utf-8")
    scales = {
        "lokal": {
            "bands": [{"label": "Rendah", "range": "x < 5"}, {"label": "Tinggi", "range": "x >= 5"}]
        }
    }
    engine = tiny_engine(
        plugins=[path],
        sections={"scales": scales},
        a={"formula": "x", "rating": {"scale": "skala", "of": "actual"}},
        b={"formula": "x", "rating": {"scale": "lokal", "of": "actual"}},
    )
    results = engine.compute("2020", data={"x": {2020: 7}})
    assert [row.rating for row in results] == ["Baik", "Tinggi"]


def test_a_tiny_engine_refuses_what_is_wrong() -> None:
    with pytest.raises(AssertionError, match="IKU207"):
        tiny_engine(a="tidak_ada(x)")


def test_a_table_is_held_against_its_file(tmp_path: Path) -> None:
    results = tiny_engine(y="x + 1").compute("2020..2021", data={"x": {2020: 1, 2021: 2}})
    kept = tmp_path / "tabel" / "y.csv"
    with pytest.raises(AssertionError, match="IKU_UPDATE_GOLDEN=1 to write it"):
        check_golden(results, kept)
    check_golden(results, kept, update=True)
    check_golden(results, kept)
    other = tiny_engine(y="x + 2").compute("2020..2021", data={"x": {2020: 1, 2021: 1}})
    with pytest.raises(AssertionError) as failure:
        check_golden(other, kept)
    lines = str(failure.value).splitlines()
    assert [line[:1] for line in lines if "2020" in line] == ["-", "+"]
    assert not any("2021" in line and line[0] in "-+" for line in lines)


def test_the_environment_lets_files_be_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "teks.txt"
    monkeypatch.setenv("IKU_UPDATE_GOLDEN", "1")
    check_golden("satu\n", kept)
    monkeypatch.delenv("IKU_UPDATE_GOLDEN")
    check_golden("satu\n", kept)
    with pytest.raises(AssertionError, match=r"(?s)-satu.*\+dua"):
        check_golden("dua\n", kept)
    with pytest.raises(AssertionError):
        check_golden("satu\r\n", kept)
