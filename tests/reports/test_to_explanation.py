"""An explanation leads from the figure down to the cells, in text and in JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

from iku_engine.evaluation.model import Reason, Status
from iku_engine.places import WHOLE, place_of
from iku_engine.reports.explanation_mapping import explanation_mapping
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.to_explanation import MOST_CELLS, to_explanation
from iku_engine.reports.to_json import json_text
from iku_engine.results.explanation import CountedRecord, ExplainedInput, Explanation
from iku_engine.sources.model import Mark, Observation, Origin
from tests.reports.building import UMKM, missing, result, year

NAMES = Names(series={"umkm": "Jumlah UMKM"}, dimensions={"kecamatan": "Kecamatan"})


def cell(when: int, value: int | None, printed: str, place: str = "") -> Observation:
    where = place_of({"kecamatan": place}) if place else WHOLE
    origin = Origin("data/umkm.csv", "ab12", when - 2016, "jumlah")
    known = None if value is None else Fraction(value)
    return Observation("umkm", year(when), where, known, origin, Mark.PROVISIONAL, printed)


def read(when: int, value: int | None, *cells: Observation) -> ExplainedInput:
    known = None if value is None else Fraction(value)
    return ExplainedInput(
        "umkm", "Jumlah UMKM", "UMKM", year(when), WHOLE,
        Status.OK if known is not None else Status.MISSING, known,
        () if known is not None else (missing("umkm", when),), cells,
    )  # fmt: skip


GROWTH = Explanation(
    result(UMKM, 2020, 10, target=8, quality=["provisional", "negative_base:umkm@2019"]),
    "growth_rate(umkm)",
    "(umkm - umkm[t-1]) / umkm[t-1] * 100%",
    "(1100 - 1000) / 1000 * 100%",
    r"\frac{a}{b}",
    (read(2020, 1100, cell(2020, 1100, "1.100*")), read(2019, 1000, cell(2019, 1000, "1.000"))),
    target_rule="target[t-1] * 1.02",
    achievement_formula="actual / target * 100%",
    achievement_figures="10 / 8 * 100%",
    data_source="Bidang UKM",
    formulation="(n - n-1) / n-1 x 100%",
)


def test_an_explanation_reads_from_the_figure_to_the_cell() -> None:
    assert to_explanation(GROWTH, NAMES) == (
        """\
Persentase Peningkatan Kemitraan UMKM (peningkatan_umkm), 2020

  Realisasi      10,00 % *
  Nilai eksak    10
  Mutu           angka sementara; angka pembanding di bawah 0: Jumlah UMKM 2019
  Formulasi      (n - n-1) / n-1 x 100%
  Rumus          growth_rate(umkm)
  Dijabarkan     (umkm - umkm[t-1]) / umkm[t-1] * 100%
  Dengan angka   (1100 - 1000) / 1000 * 100%
  Sumber data    Bidang UKM
  Target         8,00 %
  Aturan target  target[t-1] * 1.02
  Capaian        125,00 %
  Nilai eksak    125
  Cara capaian   ratio
  Rumus capaian  actual / target * 100%
  Dengan angka   10 / 8 * 100%

  Masukan:
    Jumlah UMKM (umkm) 2020: 1.100 UMKM
      data/umkm.csv, baris 4, kolom jumlah: 1.100*
    Jumlah UMKM (umkm) 2019: 1.000 UMKM
      data/umkm.csv, baris 3, kolom jumlah: 1.000
"""
    )


def test_what_is_missing_is_said_where_it_is_missing() -> None:
    row = result(UMKM, 2020, None, target=8, reasons=[missing("umkm", 2019)])
    lacking = replace(GROWTH, result=row, inputs=(read(2019, None, cell(2019, None, "-")),))
    text = to_explanation(lacking, NAMES, language=Language.EN)
    assert "  Actual               -\n" in text
    assert "  Reasons              missing: Jumlah UMKM 2019\n" in text
    assert "    Jumlah UMKM (umkm) 2019: -\n      missing: Jumlah UMKM 2019\n" in text
    assert "column jumlah: -" in text


def test_an_input_that_is_an_indicator_is_explained_inside() -> None:
    inner = ExplainedInput(
        "lain", "Lain", "%", year(2019), WHOLE, Status.OK, Fraction(10), parts=GROWTH
    )
    text = to_explanation(replace(GROWTH, inputs=(inner,)), NAMES)
    assert "    Lain (lain) 2019: 10 %\n      Realisasi      10,00 % *\n" in text
    assert "          data/umkm.csv, baris 4" in text


def test_many_cells_are_counted_and_the_first_ones_shown() -> None:
    cells = [cell(2020, 1, "1", f"{n:02d}") for n in range(40)]
    text = to_explanation(replace(GROWTH, inputs=(read(2020, 40, *cells),)), NAMES)
    assert text.count("data/umkm.csv") == MOST_CELLS
    assert "(Kecamatan 00)" in text
    assert f"dan {40 - MOST_CELLS} sel lain (seluruhnya 40)" in text


def test_records_say_which_were_counted_and_why() -> None:
    rows = [
        CountedRecord(
            f"K{n:02d}", counted, Origin("k.csv", "", n, "id"), (("skor", "80"), ("nama", "A"))
        )
        for n, counted in enumerate([False, True, None])
    ]
    counted = ExplainedInput(
        "count(koperasi where skor >= 80)", "Koperasi", "", year(2020), WHOLE, Status.OK,
        Fraction(1), records=tuple(rows),
    )  # fmt: skip
    text = to_explanation(replace(GROWTH, inputs=(counted,)), NAMES, language=Language.EN)
    assert "1 counted, 1 not counted, 1 unknown" in text
    lines = [line.strip() for line in text.splitlines()]
    first = lines.index("K02 unknown [k.csv, row 2]: skor = 80")
    assert lines[first + 1 : first + 3] == [
        "K01 counted [k.csv, row 1]: skor = 80",
        "K00 not counted [k.csv, row 0]: skor = 80",
    ]


def test_a_value_without_an_end_is_marked() -> None:
    third = replace(GROWTH.inputs[0], value=Fraction(1, 3))
    assert ": ≈ 0,3333333333 UMKM" in to_explanation(replace(GROWTH, inputs=(third,)), NAMES)


def test_what_steers_a_terminal_is_shown() -> None:
    text = to_explanation(replace(GROWTH, formulation="\x1b[2J\u202e"), NAMES)
    assert r"\u{001B}[2J\u{202E}" in text


def test_the_mapping_holds_everything_as_text() -> None:
    whole = json.loads(json_text(explanation_mapping(GROWTH)))
    assert whole["actual"] == "10.00"
    assert whole["achievement_exact"] == "125"
    assert whole["figures"] == "(1100 - 1000) / 1000 * 100%"
    assert whole["target_rule"] == "target[t-1] * 1.02"
    (first, _) = whole["inputs"]
    assert first["value"] == "1100"
    assert first["cells"] == [
        {
            "variable": "umkm", "period": "2020", "place": {}, "value": "1100",
            "printed": "1.100*", "mark": "*", "published": None, "replaced": [],
                "file": "data/umkm.csv", "sha256": "ab12",
            "row": 4, "column": "jumlah",
        }
    ]  # fmt: skip


def test_the_mapping_goes_into_indicators() -> None:
    inner = ExplainedInput(
        "lain", "Lain", "%", year(2019), WHOLE, Status.UNDEFINED, None,
        (Reason("zero", "x", year(2019)),), parts=GROWTH,
    )  # fmt: skip
    whole = json.loads(json_text(explanation_mapping(replace(GROWTH, inputs=(inner,)))))
    assert whole["inputs"][0]["reasons"] == ["zero:x@2019"]
    assert whole["inputs"][0]["explanation"]["formula"] == "growth_rate(umkm)"


def test_figures_of_records_are_written_as_the_reader_writes_them_and_texts_are_not() -> None:
    row = CountedRecord("K1", True, None, (("skor", "1234.5"), ("kode", "1.1"), ("rasio", "1/3")))
    counted = ExplainedInput(
        "sum(koperasi.skor where kode > rasio)", "Koperasi", "", year(2020), WHOLE,
        Status.OK, Fraction(1), records=(row,),
    )  # fmt: skip
    explanation = replace(GROWTH, inputs=(counted,))
    names = replace(NAMES, numeric=frozenset({"skor", "rasio"}))
    shown = to_explanation(explanation, names)
    assert "skor = 1.234,5; kode = 1.1; rasio = 1/3" in shown
    english = to_explanation(explanation, names, language=Language.EN)
    assert "skor = 1,234.5; kode = 1.1" in english
