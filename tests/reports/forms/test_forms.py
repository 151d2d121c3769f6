"""The four forms of the real documents: every row once, headings, totals, and safe pages."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from iku_engine import Engine
from iku_engine.catalog.model import Level
from iku_engine.errors import UsageError
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.quantities import NumberFormat, parse_figure
from iku_engine.reports.forms import build as forms
from iku_engine.reports.forms.built_in import FORMS
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.model import Cell, Column, Form, Kind, heading_spans
from iku_engine.reports.forms.to_csv import to_csv
from iku_engine.reports.forms.to_html import to_html
from iku_engine.reports.forms.to_text import to_text
from iku_engine.reports.labels import Language

DEFINITIONS = Path(__file__).parents[3] / "definitions"
REAL = [
    ("buleleng_2023", "laporan-capaian"),
    ("lampung_barat", "iku"),
    ("lampung_barat", "iki"),
    ("rencana_aksi_2024", "rencana-aksi"),
    ("buleleng_2021", "rencana-aksi"),
]
each_real = pytest.mark.parametrize(("catalog", "name"), REAL)


def filled(engine: Engine, language: Language = Language.ID) -> Content:
    results = engine.compute()
    plan = engine.plan()
    run = ExactEvaluation(engine.binding, engine.data())
    return Content(engine.catalog, results, plan, run, language)


def content_of(catalog: str, language: Language = Language.ID) -> Content:
    return filled(Engine.open(DEFINITIONS / catalog, discover=False), language)


def build(name: str, content: Content) -> Form:
    form = forms.build(name, content, {one.name: one for one in FORMS})
    assert isinstance(form, Form)
    return form


def form_of(catalog: str, name: str, language: Language = Language.ID) -> Form:
    return build(name, content_of(catalog, language))


class _Page(HTMLParser):
    """What stands in a page: its tags and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.values: set[str] = set()
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        self.values |= {value or "" for _, value in attrs}
        if tag not in ("meta", "col", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read_page(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    assert page.open == []
    return page


@each_real
def test_every_row_has_a_cell_for_every_column(catalog: str, name: str) -> None:
    for section in form_of(catalog, name):
        assert section.rows
        assert {len(row.cells) for row in section.rows} == {len(section.columns)}


@each_real
@pytest.mark.parametrize("language", list(Language))
def test_a_page_is_whole_loads_nothing_and_runs_nothing(
    catalog: str, name: str, language: Language
) -> None:
    text = to_html(form_of(catalog, name, language), language)
    page = read_page(text)
    assert not page.tags.keys() & {"script", "link", "img", "iframe", "a", "form", "object"}
    assert not page.attributes & {"style", "href", "src", "onclick", "onload"}
    assert any(value.startswith("default-src 'none'; style-src") for value in page.values)
    assert f'lang="{language.value}"' in text
    assert page.tags["caption"] == page.tags["table"] == page.tags["thead"]


@each_real
def test_a_page_has_as_many_rows_as_the_form(catalog: str, name: str) -> None:
    form = form_of(catalog, name)
    page = read_page(to_html(form, Language.ID))
    rows = sum(len(section.rows) + section.depth + section.is_numbered for section in form)
    assert page.tags["tr"] == rows


@each_real
def test_headings_cover_every_column_of_every_level(catalog: str, name: str) -> None:
    for section in form_of(catalog, name):
        covered = Counter[int]()
        taken = [0] * len(section.columns)
        for level in range(section.depth):
            spans = heading_spans(section.columns, level)
            at = 0
            for _, across, down in spans:
                while taken[at] > level:
                    at += 1
                for column in range(at, at + across):
                    taken[column] = level + down
                    covered[column] += down
                at += across
        assert set(covered.values()) == {section.depth}


def test_the_achievement_report_holds_every_node_line_and_the_total_once() -> None:
    content = content_of("buleleng_2023")
    (section,) = build("laporan-capaian", content).sections
    kinds = Counter(row.kind for row in section.rows)
    assert kinds[Kind.PROGRAM] == 15
    assert kinds[Kind.KEGIATAN] == 21
    assert kinds[Kind.SUB_KEGIATAN] == 39
    assert kinds[Kind.TOTAL] == 1
    codes = Counter(row.cells[0].text for row in section.rows if row.cells[0].text)
    assert codes == Counter(node.code for node in content.catalog.plan.values())
    names = [row.cells[2].text for row in section.rows if row.cells[2].text]
    indicators = content.catalog.indicators.values()
    assert Counter(names) == Counter(indicator.name for indicator in indicators)


def test_the_achievement_report_prints_the_totals_of_the_document() -> None:
    form = form_of("buleleng_2023", "laporan-capaian")
    assert {field.label: field.lines for field in form.fields[-3:]} == {
        "JUMLAH PROGRAM": ("15",),
        "JUMLAH KEGIATAN": ("21",),
        "JUMLAH SUB KEGIATAN": ("39",),
    }
    total = form.sections[0].rows[-1]
    shown = [cell.shown(NumberFormat.ID) for cell in total.cells]
    assert shown[1] == "JUMLAH TOTAL"
    assert (shown[3], shown[5], shown[8]) == ("14.052.383.491", "13.245.552.743", "94,26")
    assert [field.lines for field in form.sections[0].narrative] == [(), ()]


def test_the_action_plan_of_quarters_holds_every_indicator_once() -> None:
    content = content_of("rencana_aksi_2024")
    (section,) = build("rencana-aksi", content).sections
    names = [row.cells[at].text for row in section.rows for at in (1, 5, 9) if row.cells[at].text]
    indicators = content.catalog.indicators.values()
    assert Counter(names) == Counter(indicator.name for indicator in indicators)
    first = [cell.text for cell in section.rows[0].cells]
    assert first[3] == "TW 1 = 95\nTW 2 = 95\nTW 3 = 95\nTW 4 = 95"
    assert first[7].startswith("TW 1 = 7,8")
    assert first[12] == "Kepala Bidang Perdagangan"


def test_the_action_plan_of_months_has_a_column_a_month_and_a_table_of_staff() -> None:
    tree, staff = form_of("buleleng_2021", "rencana-aksi").sections
    for section in (tree, staff):
        months = [c.headings[-1] for c in section.columns if c.headings[0] == "TARGET"]
        assert months == [str(month) for month in range(1, 13)]
    assert len(staff.rows) == 73


def test_every_position_has_a_sheet_of_its_own() -> None:
    content = content_of("lampung_barat")
    iki = build("iki", content)
    iku = build("iku", content)
    held = sum(len(section.rows) for section in (*iki, *iku))
    assert held == len(content.catalog.indicators) == 70
    assert len(iki.sections) == 21
    secretary = iki.sections[1]
    assert secretary.fields[0].lines[0].startswith("Sekretaris Dinas")
    assert [line[:2] for line in secretary.fields[2].lines] == ["a.", "b.", "c.", "d."]


def test_one_owner_may_be_asked_for() -> None:
    engine = Engine.open(DEFINITIONS / "lampung_barat", discover=False)
    owner = next(one.id for one in engine.catalog.owners.values() if one.parent)
    form, _ = engine.report("iki", owners=[owner])
    assert form is not None
    assert len(form.sections) == 1
    with pytest.raises(UsageError, match="there is no owner"):
        engine.report("iki", owners=["nobody"])


@each_real
def test_figures_read_back_from_csv_are_those_of_the_form(catalog: str, name: str) -> None:
    form = form_of(catalog, name)
    figures = [c.figure for s in form for r in s.rows for c in r.cells if c.figure is not None]
    for locale in NumberFormat:
        sign = ";" if locale is NumberFormat.ID else ","
        text = to_csv(form, locale).removeprefix("\ufeff")
        read = list(csv.reader(io.StringIO(text), delimiter=sign))
        cells = [cell for row in read for cell in row if re.fullmatch(r"-?\d+([.,]\d+)?", cell)]
        found = Counter(_plain(cell, locale) for cell in cells)
        shown = Counter(
            _plain(c.plain.replace(".", ",") if locale is NumberFormat.ID else c.plain, locale)
            for s in form
            for r in s.rows
            for c in r.cells
            if c.figure is not None
        )
        assert not shown - found
        assert len(figures) == sum(shown.values())


def _plain(cell: str, locale: NumberFormat) -> Fraction:
    return parse_figure(cell, locale)


@each_real
@pytest.mark.parametrize("width", [100, 160, 240])
def test_the_terminal_table_has_every_heading(catalog: str, name: str, width: int) -> None:
    form = form_of(catalog, name)
    text = to_text(form, Language.ID, width)
    assert form.title in text
    for section in form:
        assert all(column.headings[-1].split()[0][:5] in text for column in section.columns)


def test_words_of_a_catalog_never_become_markup() -> None:
    engine = Engine.from_text(
        {
            "iku": "1",
            "owner": "d",
            "periods": "2024",
            "owners": {"d": {"title": "<script>alert(1)</script>"}},
            "document": {"title": '"><img src=x>', "header": {"<b>A": "B\u202e</td>"}},
            "variables": {"x": {"label": "X", "unit": "kali"}},
            "indicators": {
                "i": {
                    "name": "</td><script>",
                    "objective": "a & b",
                    "formula": "x",
                    "unit": "<i>",
                    "polarity": "higher",
                    "targets": {"2024": "1"},
                }
            },
        },
        discover=False,
    )
    text = to_html(build("iku", filled(engine)), Language.ID)
    page = read_page(text)
    assert not page.tags.keys() & {"script", "img", "i", "b"}
    shown = "".join(page.text)
    assert "</td><script>" in shown
    assert "a & b" in shown
    assert "\u202e" not in text


def test_a_form_that_the_catalog_cannot_fill_is_refused() -> None:
    content = content_of("lampung_barat")
    with pytest.raises(UsageError, match="shows a plan"):
        build("laporan-capaian", content)
    with pytest.raises(UsageError, match="did you mean `iku`"):
        build("ikuu", content)
    with pytest.raises(UsageError, match="nothing that the form"):
        build("iki", content_of("kepulauan_tanimbar"))


def test_forms_are_a_table() -> None:
    assert [one.name for one in FORMS] == ["iku", "iki", "rencana-aksi", "laporan-capaian"]
    assert set(Kind) >= {Kind(level.value) for level in Level}


def test_shared_headings_span_their_columns() -> None:
    columns = (Column(("A",)), Column(("B", "C")), Column(("B", "D")), Column(("E", "F")))
    assert heading_spans(columns, 0) == [("A", 1, 2), ("B", 2, 1), ("E", 1, 1)]
    assert heading_spans(columns, 1) == [("C", 1, 1), ("D", 1, 1), ("F", 1, 1)]


def test_a_cell_shows_its_figure_in_the_format_of_its_reader() -> None:
    cell = Cell("", Fraction(12345678, 100), 2)
    assert cell.shown(NumberFormat.ID) == "123.456,78"
    assert cell.shown(NumberFormat.EN) == "123,456.78"
    assert cell.plain == "123456.78"


def test_who_answers_stands_beside_the_first_line_of_a_node() -> None:
    form = form_of("buleleng_2023", "rencana-aksi")
    rows = [[cell.text for cell in row.cells] for row in form.sections[0].rows]
    described = [bool(row[8]) for row in rows]
    assert [bool(row[12]) for row in rows if row[8]] == [True] * sum(described)
    assert not any(row[12] for row in rows if row[9] and not row[8])


def test_formulations_are_shown_without_markup() -> None:
    form = form_of("lampung_barat", "iku")
    formulations = [row.cells[3].text for row in form.sections[0].rows]
    assert "\\" not in "".join(formulations)
    assert formulations[1].startswith("(Jumlah UMKM Tahun n - UMKM Tahun n - 1) / ")
