"""The plugin's formulas and catalogs, computed a second time from the data files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iku_plugin_bps
from iku_engine import Engine
from iku_engine.formulas.model import Formula
from iku_engine.periods import Frequency, Period
from iku_engine.results.model import Results
from iku_engine.testing import Law, laws_of
from iku_plugin_bps import CATALOGS, FORMULAS

PLUGIN = Path(iku_plugin_bps.__file__).parent
FOLDER = PLUGIN / "catalogs"
YEARS = range(2022, 2025)


@pytest.mark.parametrize("law", [law for formula in FORMULAS for law in laws_of(formula)], ids=str)
def test_law_holds(law: Law) -> None:
    law.check()


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.name)
def test_a_formula_is_titled_in_both_languages_and_says_its_source(formula: Formula) -> None:
    assert formula.title != formula.title_id
    assert "Badan Pusat Statistik" in formula.reference


@pytest.mark.parametrize("library", CATALOGS, ids=lambda library: library.name)
def test_a_catalog_is_a_copy_that_checks_and_computes_at_once(
    library: object, tmp_path: Path
) -> None:
    for name, data in next(one for one in CATALOGS if one is library).files():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    engine = Engine.open(tmp_path, plugins=[PLUGIN], discover=False)
    assert engine.check() == ()
    results, found = engine.compute_with_findings()
    assert found == ()
    assert {one.status.value for one in results} == {"ok"}
    assert "rekaan" in (tmp_path / "iku.yaml").read_text(encoding="utf-8")


def read(file: str) -> dict[tuple[str, str], Fraction]:
    """Figures by period and row, read without the engine."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    found = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        figure = row["nilai"].replace(".", "").replace(",", ".")
        found[row["periode"].rstrip("*"), row["vervar_id"]] = Fraction(figure)
    return found


def computed(folder: str) -> Results:
    engine = Engine.open(FOLDER / folder, plugins=[PLUGIN], discover=False)
    by = ("industri",) if folder != "inflasi" else ()
    return engine.compute(by=by)


def growth(now: Fraction, before: Fraction) -> Fraction:
    return (now - before) / before * 100


def test_the_quarterly_catalog_says_what_its_files_say() -> None:
    adhb, adhk = read("pdrb_triwulanan/data/adhb.csv"), read("pdrb_triwulanan/data/adhk.csv")
    results = computed("pdrb_triwulanan")
    rows = {row for _, row in adhb}
    quarters = [(year, quarter) for year in YEARS for quarter in (1, 2, 3, 4)]
    compared = 0
    for at, (year, quarter) in enumerate(quarters[4:], start=4):
        now, last = f"{year}-Q{quarter}", "{}-Q{}".format(*quarters[at - 1])
        then = f"{year - 1}-Q{quarter}"
        for row in rows:
            index = {p: adhb[p, row] / adhk[p, row] * 100 for p in (now, last, then)}
            so_far = [
                sum(adhk[f"{of}-Q{one}", row] for one in range(1, quarter + 1))
                for of in (year, year - 1)
            ]
            expected = {
                "pdrb_adhb": adhb[now, row],
                "pdrb_adhk": adhk[now, row],
                "q_to_q": growth(adhk[now, row], adhk[last, row]),
                "y_on_y": growth(adhk[now, row], adhk[then, row]),
                "c_to_c": growth(Fraction(so_far[0]), Fraction(so_far[1])),
                "distribusi": adhb[now, row] / adhb[now, "PDRB"] * 100,
                "indeks_implisit": index[now],
                "laju_implisit": growth(index[now], index[last]),
                "laju_implisit_tahunan": growth(index[now], index[then]),
            }
            for name, value in expected.items():
                assert results.get(name, now, industri=row).exact == value, (name, now, row)
                compared += 1
    assert compared == 9 * 8 * 18 == len(list(results))


def test_the_yearly_catalog_says_what_its_files_say() -> None:
    adhb, adhk = read("pdrb_tahunan/data/adhb.csv"), read("pdrb_tahunan/data/adhk.csv")
    results = computed("pdrb_tahunan")
    for year in range(2021, 2025):
        now, last = str(year), str(year - 1)
        for row in {row for _, row in adhb}:
            index = {p: adhb[p, row] / adhk[p, row] * 100 for p in (now, last)}
            points = (adhk[now, row] - adhk[last, row]) / adhk[last, "PDRB"] * 100
            expected = {
                "pertumbuhan": growth(adhk[now, row], adhk[last, row]),
                "sumber_pertumbuhan": points,
                "distribusi": adhb[now, row] / adhb[now, "PDRB"] * 100,
                "indeks_implisit": index[now],
                "laju_implisit": growth(index[now], index[last]),
            }
            for name, value in expected.items():
                assert results.get(name, now, industri=row).exact == value, (name, now, row)


def test_quarters_and_years_of_the_shipped_figures_are_one_economy() -> None:
    for name in ("adhb", "adhk"):
        yearly, quarterly = (
            read(f"pdrb_tahunan/data/{name}.csv"),
            read(f"pdrb_triwulanan/data/{name}.csv"),
        )
        for (year, row), value in yearly.items():
            if int(year) >= 2022:
                assert value == sum(quarterly[f"{year}-Q{q}", row] for q in (1, 2, 3, 4))


def test_provisional_years_of_the_shipped_figures_are_marked() -> None:
    results = computed("pdrb_tahunan")
    marks = {str(one.period): one.quality for one in results if one.indicator.id == "pertumbuhan"}
    assert marks == {
        "2021": (), "2022": (), "2023": ("provisional",), "2024": ("very_provisional",)
    }  # fmt: skip


def test_inflation_is_against_the_month_the_year_and_december_before() -> None:
    index = {period: value for (period, _), value in read("inflasi/data/ihk.csv").items()}
    results = computed("inflasi")
    for year in (2023, 2024):
        for month in range(1, 13):
            now = Period.of(year, month=month)
            bases = {
                "inflasi_bulanan": now.shifted(-1),
                "inflasi_tahunan": now.shifted(years=-1),
                "inflasi_tahun_kalender": Period.of(year - 1, month=12),
            }
            for name, base in bases.items():
                expected = growth(index[str(now)], index[str(base)])
                assert results.get(name, now).exact == expected, (name, now)


SERIES = """
iku: 1
owner: d
owners: {d: {title: D}}
variables: {x: {label: X, unit: indeks}, k: {label: K, unit: rupiah}, b: {label: B, unit: rupiah}}
indicators:
  q: {name: Q, formula: q_to_q(k), unit: "%"}
  y: {name: Y, formula: y_on_y(k), unit: "%"}
  c: {name: C, formula: c_to_c(k), unit: "%"}
  ip: {name: IP, formula: "implicit_growth(b, k)", unit: "%"}
  iy: {name: IY, formula: "implicit_growth(b, k, over: year)", unit: "%"}
  m: {name: M, formula: inflation(x), unit: "%"}
  t: {name: T, formula: "inflation(x, over: year)", unit: "%"}
  k_y: {name: KY, formula: inflation_calendar_year(x), unit: "%"}
"""
ENGINE = Engine.from_text(SERIES, plugins=[PLUGIN], discover=False)
FIGURE = st.none() | st.fractions(-5, 500, max_denominator=100)


def gone(months: Mapping[Period, Fraction | None]) -> dict[str, Fraction | None]:
    """Only what is there."""
    return {str(period): value for period, value in months.items() if value is not None}


def rate(now: Fraction | None, base: Fraction | None) -> Fraction | str:
    """Growth of a figure, or why there is none."""
    if now is None or base is None:
        return "missing"
    return growth(now, base) if base else "undefined"


def added(figures: list[Fraction | None]) -> Fraction | None:
    known = [one for one in figures if one is not None]
    return sum(known, Fraction(0)) if len(known) == len(figures) else None


def divided(above: Fraction | None, below: Fraction | None) -> Fraction | str | None:
    if above is None or below is None:
        return None
    return above / below * 100 if below else "undefined"


def said(results: Results, name: str, period: Period) -> Fraction | str:
    result = results.get(name, period)
    return result.status.value if result.exact is None else result.exact


@given(
    st.lists(FIGURE, min_size=24, max_size=24),
    st.sampled_from([Frequency.QUARTER, Frequency.MONTH]),
)
def test_lags_follow_the_calendar_whatever_is_missing(
    figures: list[Fraction | None], frequency: Frequency
) -> None:
    """Two years of one series: a gap is a gap, never the figure before it."""
    assert ENGINE.diagnostics == ()
    first = Period(frequency, 2022 * frequency)
    series = {first.shifted(at): figures[at] for at in range(2 * frequency)}
    results = ENGINE.compute(
        [period for period in series if period.year == 2023],
        data={"x": gone(series), "k": gone(series), "b": gone(series)},
    )
    for now in list(series)[frequency:]:
        before, year_ago = now.shifted(-1), now.shifted(years=-1)
        so_far = added([series[one] for one in now.since_start_of_year()])
        then = added([series[one] for one in year_ago.since_start_of_year()])
        december = Period(frequency, 2023 * frequency - 1)
        between = [series[december], *(series[one] for one in now.since_start_of_year())]
        of_year = rate(series[now], series[december])
        expected = {
            "q": rate(series[now], series[before]),
            "y": rate(series[now], series[year_ago]),
            "c": rate(so_far, then),
            "m": rate(series[now], series[before]),
            "t": rate(series[now], series[year_ago]),
            "k_y": "missing" if added(between) is None else of_year,
        }
        for name, value in expected.items():
            assert said(results, name, now) == value, (name, now)


def test_a_base_below_zero_is_said_once_or_refused() -> None:
    definitions = SERIES.replace(
        "formula: y_on_y(k)", 'formula: "c_to_c(k, negative_base: undefined)"'
    )
    engine = Engine.from_text(definitions, plugins=[PLUGIN], discover=False)
    data = {name: {"2022-Q1": -5, "2022-Q4": -4, "2023-Q1": 5} for name in "kbx"}
    results = engine.compute("2023-Q1", data=data)
    assert results.get("c", "2023-Q1").exact == -200
    assert results.get("c", "2023-Q1").quality == ("negative_base:ytd(k)[y-1]@2023-Q1",)
    (of_december,) = results.get("k_y", "2023-Q1").quality
    assert of_december.startswith("negative_base:")
    assert said(results, "y", Period.of(2023, quarter=1)) == "undefined"


@given(st.lists(st.tuples(FIGURE, FIGURE), min_size=8, max_size=8))
def test_the_rate_of_the_implicit_index_compares_indices(
    figures: list[tuple[Fraction | None, Fraction | None]],
) -> None:
    quarters = [Period.of(2022 + at // 4, quarter=at % 4 + 1) for at in range(8)]
    current = dict(zip(quarters, (one for one, _ in figures), strict=True))
    constant = dict(zip(quarters, (one for _, one in figures), strict=True))
    results = ENGINE.compute(quarters[4:], data={"b": gone(current), "k": gone(constant)})
    index = {one: divided(current[one], constant[one]) for one in quarters}
    for now in quarters[4:]:
        for name, base in (("ip", now.shifted(-1)), ("iy", now.shifted(years=-1))):
            pair = (index[now], index[base])
            if None in pair:
                assert said(results, name, now) == "missing"
            elif isinstance(pair[0], Fraction) and isinstance(pair[1], Fraction) and pair[1]:
                assert said(results, name, now) == growth(pair[0], pair[1])
            else:
                assert said(results, name, now) == "undefined"


@given(st.lists(st.fractions(1, 10**6, max_denominator=10), min_size=2, max_size=6))
def test_a_distribution_adds_up_to_a_hundred(figures: list[Fraction]) -> None:
    engine = Engine.from_text(
        """
iku: 1
owner: d
owners: {d: {title: D}}
dimensions: {industri: {label: I}}
variables: {b: {label: B, unit: rupiah}}
indicators: {d: {name: D, formula: "distribution(b, industri)", unit: "%"}}
""",
        plugins=[PLUGIN],
        discover=False,
    )
    rows = [
        {"variable": "b", "period": "2024", "industri": f"i{at}", "value": one}
        for at, one in enumerate(figures)
    ]
    results = engine.compute("2024", by=("industri",), data=rows)
    assert sum(one.exact or 0 for one in results) == 100
    for at, one in enumerate(figures):
        assert results.get("d", "2024", industri=f"i{at}").exact == one / sum(figures) * 100
