"""Changing one cell is reported for exactly the results whose figures changed, with that cell."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from iku_engine import Engine
from iku_engine.reports.to_manifest import to_manifest
from iku_engine.results.from_manifest import read_manifest
from iku_engine.results.model import Results
from iku_engine.results.verification import Verification
from tests.properties.catalogs import Declared, engine_of

YEARS = range(2018, 2022)
QUARTERS = tuple(f"{year}-Q{quarter}" for year in (2020, 2021) for quarter in range(1, 5))
figures = st.one_of(st.none(), st.integers(-3, 6).map(Fraction))
present = st.integers(1, 6).map(Fraction)
tables = st.fixed_dictionaries(
    {name: st.fixed_dictionaries(dict.fromkeys(YEARS, figures)) for name in "abc"}
)
quarterly = st.fixed_dictionaries(
    {name: st.fixed_dictionaries(dict.fromkeys(QUARTERS, figures)) for name in "abc"}
)
LINES: dict[str, str | Declared] = {
    "jumlah": "a + b",
    "bagian": "share(a, a + b)",
    "lalu": "a - b[t-1]",
    "terbesar": "max(a, c)",
    "dipilih": "if(a > 3, b, c)",
    "tumbuh": "growth_rate(jumlah)",
    "jauh": "jumlah[t-1] * 2 + terbesar",
    "dijanjikan": {
        "formula": "a",
        "polarity": "higher",
        "targets": {"start": {"2018": "4"}, "rule": "target[t-1] + c"},
    },
}
ENGINE = engine_of(LINES, ("a", "b", "c"), periods="2018..2021")
OF_QUARTERS = Engine.from_text(
    {
        "iku": "1",
        "owner": "d",
        "owners": {"d": {"title": "D"}},
        "periods": "2020..2021",
        "variables": {
            "a": {"label": "A", "unit": "kali", "consolidation": "sum"},
            "b": {"label": "B", "unit": "kali", "consolidation": "last"},
            "c": {"label": "C", "unit": "kali"},
        },
        "indicators": {
            "jumlah": {
                "name": "J",
                "formula": "a",
                "unit": "kali",
                "polarity": "higher",
                "phasing": "cumulative",
                "targets": dict(zip(QUARTERS, range(1, 9), strict=True)),
            },
            "bagian": {"name": "B", "formula": "share(a, b)", "unit": "%"},
            "rata": {"name": "R", "formula": "c + 1", "unit": "kali", "consolidation": "mean"},
            "sampai": {"name": "S", "formula": "ytd(a)", "unit": "kali"},
            "tumbuh": {"name": "T", "formula": "growth_rate(a, over: year)", "unit": "%"},
        },
    },
    discover=False,
)
OF_PLACES = Engine.from_text(
    {
        "iku": "1",
        "owner": "d",
        "owners": {"d": {"title": "D"}},
        "periods": "2020",
        "dimensions": {"tempat": {"label": "T", "members": {m: {"label": m} for m in "PQR"}}},
        "sources": {
            "s": {"file": "s.csv", "period": "p", "dimensions": ["tempat"], "numbers": "en"}
        },
        "variables": {
            "a": {"label": "A", "unit": "orang", "source": "s", "column": "a"},
            "b": {"label": "B", "unit": "orang", "source": "s", "column": "b"},
        },
        "records": {
            "unit": {
                "label": "U",
                "source": "s",
                "key": "k",
                "unknown": "exclude",
                "fields": {
                    "n": {"column": "n"},
                    "lipat": {"formula": "n * 2"},
                },
            }
        },
        "indicators": {
            "jumlah": {"name": "J", "formula": "a", "unit": "orang"},
            "rata": {"name": "R", "formula": "mean(a / b over tempat)", "unit": ""},
            "bagian": {"name": "B", "formula": "a / total(a over tempat)", "unit": ""},
            "hitung": {"name": "H", "formula": "count(unit where lipat > 4)", "unit": ""},
            "isi": {"name": "I", "formula": "sum(unit.n) + a", "unit": ""},
        },
    },
    discover=False,
)


def said(results: Results) -> Mapping[tuple[object, ...], tuple[object, ...]]:
    """All figures of every result, without going through a manifest."""
    return {
        (one.indicator.id, str(one.period), one.place): (
            one.exact, one.status, one.reasons, one.target, one.achievement,
            one.achievement_status, one.achievement_reasons, one.quality,
        )
        for one in results
    }  # fmt: skip


def holds(
    engine: Engine, table: object, other: object, cell: str, *, by: str = "", to_date: bool = False
) -> Verification:
    """Verified is what differs, and the cell lies behind all of it.

    Nothing else does. Where no formula reads the cell and only its presence counts, the data as
    a whole are named.
    """
    split = [by] if by else []
    before, after = (
        said(engine.compute(data=data, by=split, to_date=to_date)) for data in (table, other)
    )
    manifest = engine.manifest(data=table, by=split, to_date=to_date)
    found = engine.verify(read_manifest(to_manifest(manifest)), data=other)
    assert {each.result.key for each in found.changes} == {
        key for key in after if after[key] != before[key]
    }
    for change in found.changes:
        assert [each.subject for each in change.causes] in ([cell], ["memory"])
    return found


@given(tables, st.sampled_from("abc"), st.sampled_from(YEARS), figures)
def test_one_changed_cell_is_reported_where_figures_changed(
    table: dict[str, dict[int, Fraction | None]], variable: str, year: int, value: Fraction | None
) -> None:
    other = copy.deepcopy(table)
    other[variable][year] = value
    holds(ENGINE, table, other, f"{variable} {year}")


@given(quarterly, st.sampled_from("abc"), st.sampled_from(QUARTERS), figures, st.booleans())
def test_so_it_is_over_quarters_and_to_date(
    table: dict[str, dict[str, Fraction | None]],
    variable: str,
    quarter: str,
    value: Fraction | None,
    to_date: bool,
) -> None:
    other = copy.deepcopy(table)
    other[variable][quarter] = value
    holds(OF_QUARTERS, table, other, f"{variable} {quarter}", to_date=to_date)


@given(
    st.fixed_dictionaries({name: st.tuples(present, present, present) for name in "abn"}),
    st.sampled_from("abn"),
    st.sampled_from(range(3)),
    figures,
    st.sampled_from(["", "tempat"]),
)
def test_so_it_is_over_places_and_records(
    columns: dict[str, tuple[Fraction, ...]],
    column: str,
    place: int,
    value: Fraction | None,
    by: str,
) -> None:
    def table(changed: dict[str, list[Fraction | None]]) -> dict[str, list[dict[str, object]]]:
        data: dict[str, list[dict[str, object]]] = {
            name: [
                {"period": 2020, "tempat": member, "value": figure}
                for member, figure in zip("PQR", changed[name], strict=True)
            ]
            for name in "ab"
        }
        data["unit"] = [
            {"period": 2020, "tempat": member, "k": f"K{member}", "n": figure}
            for member, figure in zip("PQR", changed["n"], strict=True)
        ]
        return data

    before: dict[str, list[Fraction | None]] = {name: [*each] for name, each in columns.items()}
    after = copy.deepcopy(before)
    after[column][place] = value
    where = f"2020 tempat={'PQR'[place]}"
    cell = f"unit {where} K{'PQR'[place]} n" if column == "n" else f"{column} {where}"
    holds(OF_PLACES, table(before), table(after), cell, by=by)


@given(tables)
def test_a_manifest_survives_being_written_and_read(
    table: dict[str, dict[int, Fraction | None]],
) -> None:
    manifest = ENGINE.manifest(data=table)
    text = to_manifest(manifest)
    assert read_manifest(text) == manifest
    assert to_manifest(read_manifest(text)) == text
    assert ENGINE.verify(manifest, data=table).is_reproduced
