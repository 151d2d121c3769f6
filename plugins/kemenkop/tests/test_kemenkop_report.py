"""Ten made-up cooperatives on every edge of every table and beside it, graded and printed.

Each cooperative has an edge of each table in 2022, a thousandth less in 2021, a thousandth more in
2023; what they must score is in `by_hand.csv`.
"""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from functools import cache
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import iku_plugin_kemenkop
from iku_engine import Engine
from iku_engine.cli import main
from iku_engine.quantities import to_decimal_text
from iku_plugin_kemenkop.aspects import ASPECTS, PERDEP06
from iku_plugin_kemenkop.kkpkk import KKPKK
from iku_plugin_kemenkop.management import PARTS
from iku_plugin_kemenkop.ratios import RATIOS
from iku_plugin_kemenkop.worksheet import Worksheet, items_of, worksheet

HERE = Path(__file__).parent
PLUGIN = Path(iku_plugin_kemenkop.__file__).parent
EXAMPLE = PLUGIN / "catalogs" / "kesehatan_koperasi"
NEAR = Fraction(1, 1000)
YEARS = {"2021": (-NEAR, "below"), "2022": (Fraction(0), "at"), "2023": (NEAR, "above")}
SLOTS = range(10)
Figures = dict[str, Fraction]


class Edge(NamedTuple):
    """An edge, and what scores just below it, on it and just above it."""

    edge: Fraction
    below: str
    at: str
    above: str


UNREACHED = {
    "perdep06_pinjaman_berisiko", "perdep06_pinjaman_dana", "perdep06_partisipasi_bruto",
    "kkpkk_ekuitas_aset",
}  # fmt: skip
"""Where a ratio of 0 leaves another one nothing to divide by; `test_kemenkop_formulas` has it."""


def edges() -> dict[str, list[Edge]]:
    """The edges of every scored table, in its order."""
    found: dict[str, list[Edge]] = {}
    with (HERE / "by_hand.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            edge = Edge(Fraction(row["edge"]), row["below"], row["at"], row["above"])
            if edge.edge or row["table"] not in UNREACHED:
                found.setdefault(row["table"], []).append(edge)
    return found


EDGES = edges()


def aimed(scale: str, slot: int, side: Fraction) -> Fraction:
    """The ratio that cooperative `slot` is to have: an edge of the table, or just beside it."""
    own = [one.edge for one in EDGES[scale]]
    if slot < len(own):
        return own[slot] + side
    later = [edge for edge in own if edge > 0]
    return later[slot % len(later)] + side


def of_perdep06(slot: int, side: Fraction) -> Figures:
    """The balance sheet of a cooperative whose ratios are those aimed at."""
    want = {one.id: aimed(one.scale, slot, side) for one in RATIOS if one.regulation == PERDEP06}
    at_risk, funds = want["pinjaman_berisiko"], want["pinjaman_dana"]
    if want["modal_aset"] > 0:
        capital = want["modal_aset"] * want["modal_pinjaman_berisiko"] * at_risk * funds
        assets = 100 * capital / want["modal_aset"]
        risky = 100 * capital / want["modal_pinjaman_berisiko"]
    else:  # no capital, or less than none
        assets = risky = at_risk * funds * 100
        capital = want["modal_aset"] * assets / 100
    loans = 100 * risky / at_risk
    gross, expense = want["partisipasi_bruto"] * 1000, want["beban_usaha"] * 1000
    return {
        "modal_sendiri": capital,
        "total_aset": assets,
        "pinjaman_berisiko": risky,
        "modal_tertimbang": want["kecukupan_modal"] * 1000,
        "atmr": Fraction(100_000),
        "volume_pinjaman_anggota": want["pinjaman_anggota"] * 1000,
        "volume_pinjaman": Fraction(100_000),
        "kurang_lancar": want["pinjaman_bermasalah"] * loans / 100,
        "diragukan": Fraction(0),
        "macet": want["pinjaman_bermasalah"] * loans / 200,
        "pinjaman_diberikan": loans,
        "cadangan_risiko": want["cadangan_risiko"] * 10,
        "pinjaman_bermasalah": Fraction(1000),
        "beban_operasi_anggota": want["beban_operasi"] * gross / 100,
        "partisipasi_bruto": gross,
        "beban_usaha": expense,
        "shu_kotor": Fraction(100_000),
        "biaya_karyawan": want["efisiensi_pelayanan"] * 1000,
        "kas_bank": want["kas"] * 700,
        "kewajiban_lancar": Fraction(70_000),
        "dana_diterima": 100 * loans / funds,
        "shu_sebelum_pajak": want["rentabilitas_aset"] * assets / 100,
        "shu_bagian_anggota": want["rentabilitas_modal"] * capital / 100,
        "partisipasi_neto": want["kemandirian_operasional"] * (expense + 5000) / 100,
        "beban_perkoperasian": Fraction(5000),
        "pendapatan": 100_000 - gross,
        "promosi_ekonomi_anggota": want["promosi_ekonomi"] * 30,
        "simpanan_pokok": Fraction(1000),
        "simpanan_wajib": Fraction(2000),
        **{
            part.item: Fraction((3 * slot + 4 + int(side / NEAR)) % (part.questions + 1))
            for part in PARTS
        },
    }


def of_kkpkk(slot: int, side: Fraction) -> Figures:
    """Other figures of the same kind: a set of records of its own, for items that both use."""
    want = {one.id: aimed(one.scale, slot, side) for one in RATIOS if one.regulation == KKPKK}
    whole = Fraction(100_000)
    equity, growth = want["ekuitas_aset"], want["pertumbuhan_ekuitas"]
    return {
        "piutang_pinjaman": want["piutang_aset_produktif"] * 1000,
        "total_aset_produktif": whole,
        "shu_setelah_pajak": want["roe"] * 1000,
        "modal_sendiri": whole,
        "partisipasi_neto": want["kemandirian_operasional"] * 1000,
        "beban_usaha": whole / 4,
        "beban_perkoperasian": whole * 3 / 4,
        "pinjaman_bermasalah": want["pinjaman_bermasalah"] * 1000,
        "total_pinjaman": whole,
        "ekuitas": equity * (100 + growth) * 1000,
        "ekuitas_tahun_lalu": equity * 100 * 1000,
        "biaya_pembinaan": want["biaya_pembinaan"] * 1000,
        "shu": whole,
        "total_aset": (100 + growth) * whole,
    }


MADE = {PERDEP06: of_perdep06, KKPKK: of_kkpkk}


@cache
def sheets(regulation: str) -> tuple[tuple[str, str, Figures, Worksheet], ...]:
    """Key, year, figures and worksheet of each cooperative, year by year."""
    made = [
        (f"K{slot}", year, MADE[regulation](slot, side))
        for year, (side, _) in YEARS.items()
        for slot in SLOTS
    ]
    return tuple((*one, worksheet(one[2], regulation=regulation)) for one in made)


@pytest.mark.parametrize("regulation", MADE)
def test_ten_cooperatives_lie_on_every_edge_and_beside_it_and_score_as_by_hand(
    regulation: str,
) -> None:
    seen: dict[tuple[str, Fraction | None], set[Fraction | None]] = {}
    for _, _, _, sheet in sheets(regulation):
        for line in sheet.lines:
            seen.setdefault((line.scale, line.value), set()).add(line.score)
    for ratio in RATIOS:
        for edge in EDGES[ratio.scale] if ratio.regulation == regulation else ():
            for side, name in YEARS.values():
                said = getattr(edge, name)
                expected = None if said == "-" else Fraction(said)
                # Where an amount is below 0 that cannot be, there is no ratio either.
                otherwise = {None} if expected is None else set()
                scores = seen.get((ratio.scale, edge.edge + side), otherwise)
                assert scores == {expected}, (ratio.scale, edge)


def test_ten_cooperatives_give_every_number_of_answers() -> None:
    for part in PARTS:
        counts = {figures[part.item] for _, _, figures, _ in sheets(PERDEP06)}
        assert counts == set(range(part.questions + 1))


# A catalog of them -----------------------------------------------------------------------------


def in_full(figure: Fraction) -> str:
    """A figure as a decimal where it is one, otherwise as near as twenty decimals are."""
    decimals = next((n for n in range(60) if (figure * 10**n).denominator == 1), 20)
    return to_decimal_text(figure, decimals)


def written(folder: Path, regulation: str) -> None:
    """The ten cooperatives as a planner keeps them: a table, and how it is read."""
    items = items_of(regulation)
    lines = [",".join(("tahun", "id", "nama", *items))]
    for key, year, figures, _ in sheets(regulation):
        lines.append(",".join((year, key, "=1+1", *(in_full(figures[item]) for item in items))))
    (folder / "koperasi.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    aspects = {one.id: f"{one.score.name}({', '.join(one.items)})" for one in ASPECTS}
    fields: dict[str, dict[str, str]] = {"nama": {"type": "text"}, **{item: {} for item in items}}
    indicators = {"n": {"name": "N", "formula": "count(koperasi)", "unit": "koperasi"}}
    if regulation == PERDEP06:
        fields |= {f"s_{name}": {"formula": formula} for name, formula in aspects.items()}
        total = ", ".join(f"s_{name}" for name in aspects)
        fields["skor"] = {"formula": f"perdep06_total({total})"}
        fields["predikat"] = {"type": "text", "formula": "rating(skor, perdep06_predikat)"}
        healthy = 'count(koperasi where predikat = "Sehat")'
        indicators |= {
            "sehat": {"name": "A", "formula": healthy, "unit": "koperasi"},
            "bagian": {"name": "B", "formula": f"share({healthy}, count(koperasi))", "unit": "%"},
            "rata_rata": {"name": "C", "formula": "mean(koperasi.skor)", "unit": "skor"},
        }
    catalog = {
        "iku": 1,
        "owner": "d",
        "periods": "2021..2023",
        "owners": {"d": {"title": "D"}},
        "sources": {
            "s": {"title": "S", "file": "koperasi.csv", "period": "tahun", "numbers": "en"}
        },
        "records": {
            "koperasi": {"source": "s", "key": "id", "unknown": "exclude", "fields": fields}
        },
        "indicators": indicators,
    }
    (folder / "iku.yaml").write_text(json.dumps(catalog), encoding="utf-8")


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ten")
    written(folder, PERDEP06)
    return folder


def report(folder: Path, *options: str) -> str:
    asked = ["report", str(folder), "--plugin", str(PLUGIN), "--no-cache", *options]
    done = CliRunner(env={"COLUMNS": "200"}).invoke(main, asked)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_catalog_counts_what_the_worksheets_rate(ten: Path) -> None:
    engine = Engine.open(ten, plugins=[PLUGIN], discover=False)
    assert not engine.diagnostics
    results = engine.compute()
    made = sheets(PERDEP06)
    for year in YEARS:
        rated = [sheet for _, when, _, sheet in made if when == year and sheet.total is not None]
        totals = [sheet.total for sheet in rated if sheet.total is not None]
        healthy = [sheet for sheet in rated if sheet.rating == "Sehat"]
        assert 0 < len(rated) < len(SLOTS) + 1
        assert results.get("sehat", year).exact == len(healthy)
        assert results.get("bagian", year).exact == Fraction(len(healthy) * 100, len(SLOTS))
        assert results.get("rata_rata", year).exact == sum(totals) / len(totals)


def points(score: Fraction | None) -> str:
    return "" if score is None else to_decimal_text(score, 2)


def test_the_form_prints_every_figure_ratio_score_aspect_total_and_rating(ten: Path) -> None:
    text = report(ten, "--form", "kertas-kerja-koperasi", "--format", "csv", "--lang", "en")
    rows = list(csv.DictReader(StringIO(text)))
    made = sheets(PERDEP06)
    parts = 17 + 5 + 38 + 5  # ratios and questionnaire, their figures
    assert len(rows) == len(made) * (parts + 7 + 1)
    for at, (key, year, figures, sheet) in enumerate(made):
        own = rows[at * (parts + 8) : (at + 1) * (parts + 8)]
        assert {row["section"] for row in own} == {f"{key} =1+1, {year}"}
        by_number = {row["No"]: row for row in own}
        assert len(by_number) == len(own)
        for number, aspect in enumerate(sheet.aspects, 1):
            assert by_number[str(number)]["Score"] == points(aspect.score)
            for within, line in enumerate(sheet.lines_of(aspect.id), 1):
                row = by_number[f"{number}.{within}"]
                assert row["Score"] == points(line.score)
                assert row["Band"] == (line.band.range_text() if line.band else "")
                assert bool(row["Remark"]) == (line.score is None)
                for letter, (item, figure) in zip("abcde", line.figures, strict=False):
                    shown = by_number[f"{number}.{within}.{letter}"]
                    assert figure == figures[item]
                    assert abs(Fraction(shown["Figure"]) - figures[item]) <= Fraction(1, 10**8)
                    assert shown["Remark"] == f"koperasi.csv, row {at + 2}"
        last = by_number[""]
        assert (last["Score"], last["At most"]) == (points(sheet.total), "100.00")
        assert last["Remark"] == (sheet.rating or "cannot be rated")


def test_a_ratio_beside_an_edge_is_not_shown_on_it(ten: Path) -> None:
    text = report(ten, "--form", "kertas-kerja-koperasi", "--format", "csv", "--periods", "2023")
    for row in csv.DictReader(StringIO(text)):
        if row["Rentang"]:
            band = row["Rentang"]
            value = Fraction(row["Rasio (%)"])
            limits = [part.strip() for part in band.replace("<=", "<").split("<")]
            if len(limits) == 3 and f"{limits[0]} < x" in band:
                assert value > Fraction(limits[0]), row


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", ("Kas dan bank", "belum ada data", "pembagi bernilai 0", "tidak dapat dinilai",
                "di luar tabel", "tabel belum dicocokkan dengan peraturannya")),
        ("en", ("cash and bank", "no data yet", "the divisor is 0", "cannot be rated",
                "outside the table", "tables not verified against the regulation")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["table", "html", "csv"])
def test_what_has_no_score_says_why(
    tmp_path: Path, language: str, words: tuple[str, ...], form: str
) -> None:
    written(tmp_path, PERDEP06)
    file = tmp_path / "koperasi.csv"
    head, first, *_ = file.read_text(encoding="utf-8").splitlines()
    row = dict(zip(head.split(","), first.split(","), strict=True))
    row |= {"kas_bank": "", "dana_diterima": "0", "ya_umum": "13", "nama": "<b>Maju</b>"}
    file.write_text(f"{head}\n{','.join(row.values())}\n", encoding="utf-8")
    options = ("--form", "kertas-kerja-koperasi", "--periods", "2021", "--lang", language)
    text = " ".join(report(tmp_path, *options, "--format", form).replace("|", " ").split())
    said = words if form != "csv" else words[:-1]  # the head is not part of a CSV
    assert [word for word in said if word not in text] == []
    if form == "html":
        assert "<b>" not in text
        assert "&lt;b&gt;Maju" in text


def test_kkpkk_lists_its_ratios_and_says_that_it_makes_no_total(tmp_path: Path) -> None:
    written(tmp_path, KKPKK)
    options = ("--form", "kertas-kerja-kkpkk", "--lang", "en")
    text = report(tmp_path, *options, "--format", "csv")
    rows = [row for row in csv.DictReader(StringIO(text)) if row["No"].isdigit()]
    scores = [points(line.score) for *_, sheet in sheets(KKPKK) for line in sheet.lines]
    assert [row["Score"] for row in rows] == scores
    values = {row["Score"]: row["Remark"] for row in rows if row["Score"]}
    assert values == {f"{5 - value}.00": f"value {value}" for value in range(1, 5)}
    assert "No total and no rating" in report(tmp_path, *options)


def test_a_catalog_without_such_records_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "iku.yaml").write_text(
        "iku: 1\nowner: d\nperiods: 2022\nowners: {d: {title: D}}\n"
        "variables: {a: {label: A, unit: u}}\nindicators: {i: {name: I, formula: a, unit: u}}\n",
        encoding="utf-8",
    )
    asked = ["report", str(tmp_path), "--plugin", str(PLUGIN), "--form", "kertas-kerja-koperasi"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 2
    assert "no record set has the items of a ratio" in done.output


def test_the_example_agrees_with_its_worksheets() -> None:
    engine = Engine.open(EXAMPLE, plugins=[PLUGIN], discover=False)
    assert not engine.check()
    results = engine.compute()
    text = report(EXAMPLE, "--form", "kertas-kerja-koperasi", "--format", "csv")
    rated = [row for row in csv.DictReader(StringIO(text)) if not row["No"]]
    for year in ("2022", "2023"):
        own = [row for row in rated if row["section"].endswith(year)]
        healthy = [row for row in own if row["Keterangan"] == "Sehat"]
        assert len(own) == 10
        assert results.get("koperasi_sehat", year).exact == len(healthy)
        assert results.get("persentase_sehat", year).exact == Fraction(len(healthy) * 100, 10)
