"""Forms that plugins bring: filled from a run, its records among it, or told when they fail."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from iku_engine import Engine
from iku_engine.cli import main
from iku_engine.errors import UsageError
from iku_engine.reports.forms.to_csv import to_csv
from tests.plugins.building import plugin

DEFINITIONS = """
iku: 1
owner: dinas
periods: 2021..2022
owners: {dinas: {title: Dinas}}
sources: {isian: {title: Isian, file: isian.csv, period: tahun, numbers: en}}
records:
  koperasi:
    label: Koperasi
    source: isian
    key: id
    fields:
      aset: {label: Aset, unit: rupiah}
      modal: {label: Modal, unit: rupiah}
      rasio: {label: Rasio, unit: "%", formula: "share(modal, aset)"}
indicators:
  sehat: {name: Koperasi sehat, formula: "count(koperasi where rasio >= 50)", unit: koperasi}
"""
ROWS = "id,tahun,aset,modal\na,2021,10,4\na,2022,10,5\nb,2022,8,\nc,2022,4,3\n"
FORM = """
from iku_engine.hooks import hookimpl
from iku_engine.reports.forms.model import Cell, Column, Form, ReportForm, Row, Section

IKU_CONTRACT = 1

def fill(content):
    columns = (Column(("KOPERASI",)), Column(("RASIO",), figures=True), Column(("BARIS",)))
    sections = []
    for period in content.periods:
        rows = []
        for world in content.records("koperasi", period):
            ratio = world.field("rasio")
            cell = Cell("", ratio.number, 1) if ratio.ok else Cell(str(ratio.reasons[0].kind))
            origin = world.record.cells["aset"].origin
            rows.append(Row((Cell(world.record.key), cell, Cell(str(origin.row)))))
        sections.append(Section(columns, tuple(rows), str(period)))
    return Form("kertas-kerja", "KERTAS KERJA", (), tuple(sections))

@hookimpl
def iku_reports():
    return [ReportForm("kertas-kerja", "Worksheet", "Kertas kerja", fill)]
"""


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "katalog"
    folder.mkdir(exist_ok=True)
    (folder / "iku.yaml").write_text(DEFINITIONS, encoding="utf-8")
    (folder / "isian.csv").write_text(ROWS, encoding="utf-8")
    return folder


def engine_with(tmp_path: Path, text: str) -> Engine:
    return Engine.open(folder_of(tmp_path), plugins=[plugin(tmp_path, text)], discover=False)


def test_a_form_of_a_plugin_reads_records_with_their_computed_fields(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, FORM)
    form, found = engine.report("kertas-kerja")
    assert form is not None
    assert to_csv(form).splitlines() == [
        "section,KOPERASI,RASIO,BARIS",
        "2021,a,40.0,2",
        "2022,a,50.0,3",
        "2022,b,missing,4",
        "2022,c,75.0,5",
    ]
    assert not found
    assert list(engine.forms) == ["iku", "iki", "rencana-aksi", "laporan-capaian", "kertas-kerja"]


def test_a_form_may_explain_results_and_read_data(tmp_path: Path) -> None:
    fill = """
def fill(content):
    result = content.results.get("sehat", "2021")
    explained = content.explain(result)
    data = content.run.data
    cells = (Cell(explained.figures), Cell(str(len(data.records["koperasi"]))))
    return Form("f", "F", (), (Section((Column(("A",)), Column(("B",))), (Row(cells),)),))
""".replace("explained.formula_shown()", "explained.indicator.name")
    start, end = FORM.index("def fill"), FORM.index("@hookimpl")
    form, _ = engine_with(tmp_path, FORM[:start] + fill + FORM[end:]).report("kertas-kerja")
    assert form is not None
    assert [cell.text for cell in form.sections[0].rows[0].cells] == [
        "count(koperasi where rasio >= 50)", "4",
    ]  # fmt: skip


def test_forms_of_plugins_are_printed_in_every_format(tmp_path: Path) -> None:
    folder, path = folder_of(tmp_path), plugin(tmp_path, FORM)
    for form, word in (("table", "KERTAS KERJA"), ("csv", "75.0"), ("html", "<caption>")):
        arguments = ["report", str(folder), "--form", "kertas-kerja", "--plugin", str(path)]
        done = CliRunner().invoke(main, [*arguments, "--format", form])
        assert done.exit_code == 0, done.output
        assert word in done.stdout


BROKEN = {
    "raises": ("    sections = []\n", "    raise ValueError('rusak')\n", "ValueError: rusak"),
    "exits": ("    sections = []\n", "    raise SystemExit(0)\n", "SystemExit: 0"),
    "gives text": ("return Form(", "return str(", "failed: TypeError"),
    "gives no form": ('return Form("kertas-kerja"', "return list(()) or list((1", "TypeError"),
    "forgets a cell": (", Cell(str(origin.row))", ",", "a row of 2 cells under 3 columns"),
    "puts a figure as text": ("Cell(world.record.key)", "Cell(3)", "neither text nor an exact"),
    "puts a float": ("ratio.number, 1", "float(ratio.number), 1", "neither text nor an exact"),
    "has no columns": ("Section(columns", "Section(()", "a section without columns"),
    "gives a text for sections": ("(), tuple(sections))", "(), 'abc')", "a str as a section"),
    "gives a heading that is no text": ('Column(("BARIS",))', "Column((3,))", "has no headings"),
    "gives a heading of no width": ('Column(("BARIS",))', 'Column(("B",), 0)', "or width"),
    "gives a title that is none": ('"KERTAS KERJA"', "None", "name or title"),
    "gives lines that are none": ('"KERTAS KERJA", ()', '"K", (1,)', "no label with lines"),
    "asks for endless decimals": ("ratio.number, 1", "ratio.number, 10**9", "its decimals"),
    "asks in vain": ('records("koperasi"', 'records.get("x"', "AttributeError"),
}


@pytest.mark.parametrize(("old", "new", "problem"), BROKEN.values(), ids=BROKEN)
def test_a_form_that_fails_is_told_and_the_exit_code_is_1(
    old: str, new: str, problem: str, tmp_path: Path
) -> None:
    if new.startswith("return list("):
        new, old = "return 3 or Form(", "return Form("
    path = plugin(tmp_path, FORM.replace(old, new))
    arguments = ["report", str(folder_of(tmp_path)), "--plugin", str(path), "--form"]
    done = CliRunner().invoke(main, [*arguments, "kertas-kerja"])
    assert done.exit_code == 1, done.output
    assert done.stdout == ""
    assert "IKU903 the form `kertas-kerja` of the plugin `p` failed: " in done.stderr
    assert problem in done.stderr
    assert CliRunner().invoke(main, [*arguments, "iku"]).exit_code == 0


def test_a_form_that_a_catalog_cannot_fill_says_what_it_lacks(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, FORM.replace('records("koperasi"', 'records("usaha"'))
    with pytest.raises(UsageError, match="no record set `usaha`"):
        engine.report("kertas-kerja")


def test_an_unknown_form_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"did you mean `kertas-kerja`\? the forms are `iku`, "):
        engine_with(tmp_path, FORM).report("kertaskerja")
    with pytest.raises(UsageError, match="the language is"):
        engine_with(tmp_path, FORM).report("iku", language="jv")


def test_a_name_of_a_built_in_form_is_kept(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, FORM.replace('ReportForm("kertas-kerja"', 'ReportForm("iki"'))
    assert [one.code for one in engine.diagnostics] == ["IKU902"]
    assert engine.forms["iki"].origin == "iku-engine"


def test_a_document_may_name_the_form_of_a_plugin(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    text = DEFINITIONS + "document: {title: Kertas, form: kertas-kerja}\n"
    (folder / "iku.yaml").write_text(text, encoding="utf-8")
    engine = Engine.open(folder, plugins=[plugin(tmp_path, FORM)], discover=False)
    form, _ = engine.report()
    assert form is not None
    assert form.title == "KERTAS KERJA"


def test_data_in_memory_fill_a_form(tmp_path: Path) -> None:
    engine = Engine.from_text(
        "iku: 1\nowner: d\nperiods: 2020\nowners: {d: {title: D}}\n"
        "variables: {x: {label: X, unit: u}}\n"
        "indicators:\n  y: {name: Y, formula: x, unit: u, polarity: higher, targets: {2020: 3}}\n",
        discover=False,
    )
    form, _ = engine.report("iku", data={"x": {2020: 5}})
    assert form is not None
    assert form.sections[0].rows[0].cells[4].figure == Fraction(3)
