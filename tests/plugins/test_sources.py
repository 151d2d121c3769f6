"""Kinds of data that plugins bring: read like any other, and what they do wrong stays theirs."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine import Engine
from iku_engine.codes import Severity
from tests.plugins.building import READER, READS, catalog, plugin


def opened(folder: Path, text: str = READER, definitions: str = READS, name: str = "p") -> Engine:
    made = catalog(folder / "katalog", definitions)
    return Engine.open(made, plugins=[plugin(folder, text, name)], discover=False)


def test_a_kind_of_a_plugin_is_read_and_explained(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    results, found = engine.compute_with_findings()
    assert not found
    assert results.get("dari_layanan", "2022").exact == Fraction(15, 2)
    assert results.get("dari_berkas", "2022").exact == 50
    (used,) = engine.explain("dari_layanan", "2022").inputs
    assert str(used.cells[0].origin) == "layanan table data, key k2, column b"
    assert engine.plugins[-1].adds == ("source layanan",)
    assert not engine.check()


def test_a_suffix_names_a_kind_of_a_plugin(tmp_path: Path) -> None:
    text = READS.replace("kind: layanan", "file: b.svc")
    assert opened(tmp_path, definitions=text).compute().get("dari_layanan", "2021").exact == 7


def test_a_run_over_a_plugins_kind_is_recorded_and_verified(tmp_path: Path) -> None:
    manifest = opened(tmp_path).manifest()
    assert [one.name for one in manifest.setting.plugins] == ["p"]
    assert "ab" * 32 in {one.sha256 for one in manifest.sources}
    again = opened(tmp_path, READER.replace("15, 2", "17, 2"), name="q").verify(manifest)
    changed = [one for one in again.changes if "dari_layanan" in str(one)]
    assert changed
    assert not opened(tmp_path).verify(manifest).changes


BROKEN = {
    "raises": ("return Answer()", "raise ZeroDivisionError('tanpa data')"),
    "exits": ("return Answer()", "raise SystemExit(3)"),
    "gives nothing": ("return Answer()", "return None"),
    "gives no diagnostics": ("return Answer()", "return ()"),
    "gives other things": ("return Answer()", "return {'b': 1}"),
    "raises in a row": ("yield Row(2", "raise OSError('putus')\n        yield Row(2"),
    "gives short rows": ("(Fraction(2022), Fraction(15, 2))", "()"),
    "has no origin": ("return Origin(", "return Orign("),
    "says other remarks": ("remarks = ()", "remarks = ('baik',)"),
    "leaves its header out": ('header = ("tahun", "b")', "header = None"),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_reader_that_fails_is_told_at_its_source_and_others_go_on(
    change: tuple[str, str], tmp_path: Path
) -> None:
    engine = opened(tmp_path, READER.replace(*change))
    results, found = engine.compute_with_findings()
    (told,) = [one for one in found if one.severity is Severity.ERROR]
    assert told.code == "IKU903"
    assert told.message.startswith("the plugin `p` failed to read the source `layanan`: ")
    assert told.location is not None
    assert told.location.line == 8
    assert results.get("dari_berkas", "2022").exact == 50
    assert results.get("dari_layanan", "2022").status == "missing"


def test_the_kinds_of_the_engine_keep_their_names_and_suffixes(tmp_path: Path) -> None:
    text = READER.replace('Kind("layanan", read, (".svc",))', 'Kind("csv", read)')
    engine = opened(tmp_path, text)
    assert [one.code for one in engine.diagnostics] == ["IKU902"]
    assert engine.diagnostics[0].message == (
        "the plugin `p` registers the source `csv`, which `iku-engine` has"
    )
    text = READER.replace('(".svc",)', '(".csv", ".svc")')
    engine = opened(tmp_path, text, name="q")
    assert "registers the suffix `.csv`" in engine.diagnostics[0].message
    results = engine.compute()
    assert results.get("dari_berkas", "2022").exact == 50
    assert results.get("dari_layanan", "2022").exact == Fraction(15, 2)


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        ('Kind("Layanan BPS", read)', "no name of small letters"),
        ('Kind("layanan", read, ("svc",))', "`svc` is no suffix"),
        ('Kind("layanan", read, (3,))', "TypeError"),
        ("3", "iku_sources gave a int"),
    ],
)
def test_a_kind_that_cannot_be_used_is_told(made: str, problem: str, tmp_path: Path) -> None:
    engine = opened(tmp_path, READER.replace('Kind("layanan", read, (".svc",))', made))
    (told,) = engine.diagnostics
    assert told.code == "IKU901"
    assert problem in told.message
    assert engine.compute().get("dari_berkas", "2022").exact == 50
