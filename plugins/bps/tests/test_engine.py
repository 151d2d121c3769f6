"""The plugin inside the engine and its command: computed, explained, recorded, its key unseen."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

import iku_plugin_bps
from iku_engine import Engine
from iku_engine.cli import main
from iku_plugin_bps.replay import QUARTERS, ReplayedService, Reply, answer

PLUGIN = Path(iku_plugin_bps.__file__).parent
MARKER = "MARKERKEY0SECRET9"
CATALOG = """
iku: 1
owner: d
periods: 2023-Q2
owners: {d: {title: D}}
dimensions:
  industri:
    label: Lapangan usaha
    members: {"1": {label: Pertanian}, "2": {label: Industri}, "99": {label: PDRB, total: true}}
sources:
  adhb:
    kind: bps
    options: {domain: "7315", var: "31", years: "2023"}
    period: periode
    dimensions: {industri: vervar_id}
    numbers: id
  luar: {file: luar.csv, period: tahun, numbers: en}
variables:
  adhb: {label: ADHB, unit: rupiah, source: adhb, column: nilai}
  isi: {label: Lain, unit: rupiah, source: luar, column: lain}
indicators:
  tumbuh: {name: Tumbuh, formula: q_to_q(adhb), unit: "%"}
  bagian: {name: Bagian, formula: "distribution(adhb, industri)", unit: "%"}
  lain: {name: Lain, formula: isi, unit: rupiah}
"""
CSV = "tahun,lain\n2023-Q2,5\n"


def reply(second: object = "33,5") -> Reply:
    """Two industries and their total, in two quarters."""
    figures: dict[str, object] = {"1310123" + "31": 20, "2310123" + "31": 10}
    figures |= {"99310123" + "31": 30, "1310123" + "32": 22, "2310123" + "32": "11,5"}
    figures["99310123" + "32"] = second
    labels = {1: "Pertanian", 2: "<b>Industri</b>", 99: "PDRB"}
    tahun = {123: "2023*"}
    return Reply(answer(var=31, vervar=labels, tahun=tahun, turtahun=QUARTERS, figures=figures))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "katalog"
    made.mkdir()
    (made / "iku.yaml").write_text(CATALOG, encoding="utf-8")
    (made / "luar.csv").write_text(CSV, encoding="utf-8")
    return made


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ReplayedService]:
    with ReplayedService({"domain/7315/var/31/th/123": reply()}) as running:
        monkeypatch.setenv("IKU_BPS_URL", running.address)
        monkeypatch.setenv("IKU_BPS_KEY", MARKER)
        monkeypatch.setenv("IKU_CACHE", str(tmp_path / "cache"))
        yield running


def opened(folder: Path) -> Engine:
    return Engine.open(folder, plugins=[PLUGIN], discover=False)


def test_figures_of_the_service_are_computed_and_explained_to_their_keys(
    folder: Path, service: ReplayedService
) -> None:
    engine = opened(folder)
    results, found = engine.compute_with_findings(by=["industri"])
    assert [one.code for one in found] == ["BPS109"]
    assert results.get("tumbuh", "2023-Q2", industri="2").exact == 15
    assert results.get("bagian", "2023-Q2", industri="1").exact == Fraction(22 * 200, 67)
    assert results.get("tumbuh", "2023-Q2", industri="99").quality == ("provisional",)
    inputs = engine.explain("tumbuh", "2023-Q2", industri="1").inputs
    assert [str(cell.origin) for one in inputs for cell in one.cells] == [
        "bps:domain/7315/var/31/th/123 key 131012332, column nilai",
        "bps:domain/7315/var/31/th/123 key 131012331, column nilai",
    ]


def test_a_total_of_the_service_is_held_against_its_parts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ReplayedService({"domain/7315/var/31/th/123": reply(second=40)}) as service:
        monkeypatch.setenv("IKU_BPS_URL", service.address)
        monkeypatch.setenv("IKU_BPS_KEY", MARKER)
        found = opened(folder).compute_with_findings()[1]
    (told,) = [one for one in found if one.code == "IKU408"]
    assert told.location is not None
    assert told.location.spot == "key 9931012332"


def test_without_the_service_other_sources_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IKU_BPS_KEY", raising=False)
    results, found = opened(folder).compute_with_findings()
    assert [one.code for one in found] == ["BPS102"]
    assert results.get("lain", "2023-Q2").exact == 5
    assert results.get("tumbuh", "2023-Q2").status == "missing"


def test_a_run_is_recorded_and_a_change_of_the_office_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "domain/7315/var/31/th/123"
    with ReplayedService({asked: [reply(), reply(), reply("34,5")]}) as service:
        monkeypatch.setenv("IKU_BPS_URL", service.address)
        monkeypatch.setenv("IKU_BPS_KEY", MARKER)
        monkeypatch.setenv("IKU_BPS_REFRESH", "always")
        manifest = opened(folder).manifest()
        same = opened(folder).verify(manifest)
        changed = opened(folder).verify(manifest)
    assert f"bps:{asked}" in {one.file for one in manifest.sources}
    assert not same.changes
    assert len(changed.changes) == 1
    assert "key 9931012332" in str(changed.changes)


COMMANDS = (
    ("check",),
    ("compute",),
    ("compute", "--format", "json"),
    ("compute", "--by", "industri", "--format", "csv"),
    ("explain", "tumbuh", "2023-Q2"),
    ("explain", "tumbuh", "2023-Q2", "--format", "json"),
    ("inputs",),
    ("compute", "--manifest", "run.json"),
    ("verify", "run.json"),
)


def test_no_command_prints_or_keeps_the_address_or_the_key(
    folder: Path, service: ReplayedService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = []
    for name, *arguments in COMMANDS:
        path = [] if name == "verify" else [str(folder)]
        ran = CliRunner().invoke(main, [name, *path, *arguments, "--plugin", str(PLUGIN)])
        assert ran.exit_code in (0, 1), ran.output
        said.append(ran.output)
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    said += [file.read_bytes().decode("utf-8", "replace") + str(file) for file in written]
    assert any("bps:domain/7315" in text for text in said)
    assert service.keys
    assert [text for text in said if MARKER in text or "127.0.0.1" in text] == []


def test_the_plugin_says_what_it_adds() -> None:
    (_, own) = Engine.from_text("iku: 1", plugins=[PLUGIN], discover=False).plugins
    assert own.contract == 1
    assert "source bps" in own.adds
    assert "catalog bps_pdrb_tahunan" in own.adds
    assert "formula c_to_c" in own.adds


def test_a_shipped_catalog_gives_the_same_on_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its first lines say: `kind` and `options` for `file`, row numbers for members."""
    folder = PLUGIN / "catalogs" / "pdrb_triwulanan"
    text = (folder / "iku.yaml").read_text(encoding="utf-8")
    made = opened(folder).compute(by=["industri"])
    rows = {id_: str(at) for at, id_ in enumerate(opened(folder).data().members["industri"], 1)}
    for id_, number in rows.items():
        text = text.replace(f"      {id_}: {{label", f'      "{number}": {{label')
    replies = {}
    for var, name in (("101", "adhb"), ("102", "adhk")):
        options = f'{{domain: "7315", var: "{var}", years: "2022..2024"}}'
        text = text.replace(f"    file: data/{name}.csv", f"    kind: bps\n    options: {options}")
        for year, reply_ in replayed(folder / "data" / f"{name}.csv", var, rows).items():
            replies[f"domain/7315/var/{var}/th/{year - 1900}"] = reply_
    (tmp_path / "iku.yaml").write_text(text.replace('    comment: "#"\n', ""), encoding="utf-8")
    with ReplayedService(replies) as service:
        monkeypatch.setenv("IKU_BPS_URL", service.address)
        monkeypatch.setenv("IKU_BPS_KEY", MARKER)
        results, found = opened(tmp_path).compute_with_findings(by=["industri"])
    assert {one.code for one in found} == {"BPS109"}
    assert len(service.asked) == 6
    for one in made:
        ((_, row),) = one.place
        same = results.get(one.indicator.id, one.period, industri=rows[row])
        assert (same.exact, same.quality) == (one.exact, one.quality)


def replayed(file: Path, var: str, rows: dict[str, str]) -> dict[int, Reply]:
    """A data file of a catalog as the answers of the service, a year each."""
    lines = file.read_text(encoding="utf-8").splitlines()
    figures: dict[int, dict[str, object]] = {}
    labels: dict[int, str] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        year = int(row["periode"][:4])
        labels[year] = f"{year}{'*' * row['periode'].count('*')}"
        key = f"{rows[row['vervar_id']]}{var}0{year - 1900}{30 + int(row['periode'][6])}"
        figures.setdefault(year, {})[key] = row["nilai"]
    vervar = {int(number): id_ for id_, number in rows.items()}
    return {
        year: Reply(
            answer(
                var=int(var),
                vervar=vervar,
                tahun={year - 1900: labels[year]},
                turtahun=QUARTERS,
                figures=figures[year],
            )
        )
        for year in figures
    }
