"""The Markdown form says what the text form says, and no word of a catalog is markup in it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from iku_engine import Engine
from iku_engine.analysis.domain import domain_of
from iku_engine.analysis.domain_findings import explained_domains
from iku_engine.cli import main
from iku_engine.evaluation.model import Status
from iku_engine.places import WHOLE
from iku_engine.reports.explanation_mapping import explanation_mapping
from iku_engine.reports.explanation_markdown import explanation_markdown
from iku_engine.reports.labels import Language
from iku_engine.reports.markdown import markdown_code, markdown_table, markdown_text
from iku_engine.reports.names import Names
from iku_engine.reports.to_explanation import MOST_CELLS, Extras, field_uses, to_explanation
from iku_engine.results.explanation import CountedRecord, ExplainedInput
from iku_engine.sources.model import Origin
from tests.properties.reading import parsed
from tests.reports.building import UMKM, missing, result, year
from tests.reports.test_to_explanation import GROWTH, NAMES, cell, read

DOMAINS = {UMKM.id: domain_of(parsed("(umkm - umkm[t-1]) / umkm[t-1]"))}
HEALTH = Path("tests/catalogs/empat_rasio")


def test_a_document_leads_from_the_figure_to_the_cell() -> None:
    shown = explanation_markdown(GROWTH, NAMES, extras=Extras(DOMAINS))
    assert shown == (
        r"""# Persentase Peningkatan Kemitraan UMKM (peningkatan\_umkm), 2020

- Realisasi: 10,00 % \*
- Nilai eksak: 10
- Mutu: angka sementara; angka pembanding di bawah 0: Jumlah UMKM 2019
- Formulasi: (n - n-1) / n-1 x 100%
- Rumus: `growth_rate(umkm)`
- Dijabarkan: `(umkm - umkm[t-1]) / umkm[t-1] * 100%`
- Dengan angka: `(1100 - 1000) / 1000 * 100%`
- Tak terdefinisi: bila Jumlah UMKM satu periode sebelumnya sama dengan 0 (umkm\[t-1\] = 0)
- Sumber data: Bidang UKM
- Target: 8,00 %
- Aturan target: `target[t-1] * 1.02`
- Capaian: 125,00 %
- Nilai eksak: 125
- Cara capaian: ratio
- Rumus capaian: `actual / target * 100%`
- Dengan angka: `10 / 8 * 100%`

$$
\frac{a}{b}
$$

**Masukan**

| Masukan | Periode | Angka | Satuan | Berkas | Baris | Kolom | Tanda |
| --- | --- | --- | --- | --- | --- | --- | --- |
| Jumlah UMKM `umkm` | 2020 | 1.100 | UMKM | data/umkm.csv | 4 | jumlah | \* |
| Jumlah UMKM `umkm` | 2019 | 1.000 | UMKM | data/umkm.csv | 3 | jumlah | \* |
"""
    )


def test_the_text_form_says_when_a_formula_is_undefined() -> None:
    text = to_explanation(GROWTH, NAMES, language=Language.EN, extras=Extras(DOMAINS))
    assert (
        "  Undefined            where Jumlah UMKM one period before is 0 (umkm[t-1] = 0)\n" in text
    )


def test_the_mapping_has_the_domain_in_symbols_and_both_languages() -> None:
    assert explanation_mapping(GROWTH)["domain"] is None
    assert explanation_mapping(GROWTH, DOMAINS, NAMES)["domain"] == {
        "needs": ["umkm", "umkm[t-1]"],
        "undefined_when": [
            {
                "cause": "zero",
                "symbols": "umkm[t-1] = 0",
                "id": "Jumlah UMKM satu periode sebelumnya sama dengan 0",
                "en": "Jumlah UMKM one period before is 0",
            }
        ],
    }


def test_an_indicator_inside_is_a_section_of_its_own() -> None:
    inner = ExplainedInput(
        "lain", "Lain", "%", year(2019), WHOLE, Status.OK, Fraction(10), parts=GROWTH
    )
    shown = explanation_markdown(replace(GROWTH, inputs=(inner,)), NAMES)
    assert shown.count("\n## Persentase Peningkatan") == 1
    assert "| Lain `lain` | 2019 | 10 | % |  |  |  |  |\n" in shown


def test_all_cells_are_rows_below_their_sum() -> None:
    cells = [cell(2020, 1, "1", f"{n:02d}") for n in range(40)]
    shown = explanation_markdown(replace(GROWTH, inputs=(read(2020, 40, *cells),)), NAMES)
    assert "| Jumlah UMKM `umkm` | 2020 |  | 40 | UMKM |  |  |  |  |\n" in shown
    assert shown.count("data/umkm.csv") == 40


def test_what_is_missing_is_said_in_its_row() -> None:
    row = result(UMKM, 2020, None, reasons=[missing("umkm", 2019)])
    lacking = replace(GROWTH, result=row, inputs=(read(2019, None),))
    shown = explanation_markdown(lacking, NAMES, language=Language.EN)
    assert r"| 2019 | \- (missing: Jumlah UMKM 2019) | UMKM |" in shown


def records(count: int) -> ExplainedInput:
    rows = [
        CountedRecord(
            f"K{n:02d}", n % 2 == 0, Origin("k.csv", "", n, "id"),
            (("skor", "80"), ("modal", "7"), ("nama", "A|B")),
        )
        for n in range(count)
    ]  # fmt: skip
    return ExplainedInput(
        "count(koperasi where skor >= 80)", "Koperasi", "", year(2020), WHOLE, Status.OK,
        Fraction(1), records=tuple(rows),
    )  # fmt: skip


def test_records_are_a_table_with_the_fields_of_the_aggregate() -> None:
    shown = explanation_markdown(replace(GROWTH, inputs=(records(3),)), NAMES, language=Language.EN)
    assert "`count(koperasi where skor >= 80)`: 2 counted, 1 not counted, 0 unknown\n" in shown
    assert "| Record | State | File | Row | `skor` |\n" in shown
    assert "| K00 | counted | k.csv | 0 | 80 |\n| K02 | counted" in shown


def test_all_records_come_with_all_that_their_fields_use() -> None:
    explanation = replace(GROWTH, inputs=(records(40),))
    few = to_explanation(explanation, NAMES)
    assert few.count("k.csv") == MOST_CELLS
    uses = {"skor": frozenset({"modal", "rating"}), "modal": frozenset({"skor"})}
    for written in (to_explanation, explanation_markdown):
        shown = written(explanation, NAMES, extras=Extras(uses=uses))
        assert shown.count("k.csv") == 40
        assert "modal" in shown
        assert "nama" not in shown


def test_scores_of_real_records_are_shown_when_asked_for() -> None:
    engine = Engine.open(HEALTH, discover=False)
    uses = field_uses(engine.catalog)
    assert any(uses.values())
    for name in engine.binding.indicators:
        period = engine.catalog.periods[-1]
        explanation = engine.explain(name, period)
        domains = explained_domains(explanation, engine.binding)
        names = Names.of(engine.catalog)
        few = explanation_markdown(explanation, names, extras=Extras(domains))
        whole = explanation_markdown(explanation, names, extras=Extras(domains, uses))
        assert len(whole) >= len(few)
        assert set(domains) >= {name}


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_the_command_shows_the_domain_in_every_form(form: str) -> None:
    asked = ["explain", "definitions/kepulauan_tanimbar", "pertumbuhan", "2022"]
    options = ["--at", "industri=1", "--no-cache", "--format", form, "--records", "all"]
    done = CliRunner().invoke(main, [*asked, *options])
    assert done.exit_code == 0, done.output
    assert re.search(r"satu periode sebelumnya sama dengan 0", done.output)


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("Jumlah UMKM (2020)", "Jumlah UMKM (2020)"),
        ("a_b * c", r"a\_b \* c"),
        ("[x](http://y)", r"\[x\](http\://y)"),
        ("www.contoh.id", r"www\.contoh.id"),
        ("<b>", r"\<b\>"),
        ("a | b", r"a \| b"),
        ("# 1", r"\# 1"),
        ("1. satu", r"1\. satu"),
        ("1.5 satu", "1.5 satu"),
        ("- butir", r"\- butir"),
        ("$$x$$", r"\$\$x\$\$"),
        ("&lt;", r"\&lt;"),
        ("satu\ndua", "satu dua"),
        ("\u202e", r"\\u\{202E\}"),
    ],
)
def test_words_print_as_they_stand(words: str, escaped: str) -> None:
    assert markdown_text(words) == escaped


@pytest.mark.parametrize(
    ("text", "span"), [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``x", "``` ``x ```")]
)
def test_nothing_ends_a_code_span(text: str, span: str) -> None:
    assert markdown_code(text) == span


@given(st.lists(st.text("ab|\\`", max_size=6), min_size=2, max_size=2))
def test_a_cell_stays_one_cell(texts: list[str]) -> None:
    cells = [markdown_text(texts[0]), markdown_code(texts[1])]
    line = markdown_table(["x", "y"], [cells]).splitlines()[2]
    assert len(re.split(r"(?<!\\)(?:\\\\)*\|", line)) == 4
