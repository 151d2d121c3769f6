"""Aggregates over records against a plain loop over the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.engine import Engine
from iku_engine.evaluation.model import Status
from iku_engine.results.model import Result
from tests.properties.catalogs import definitions, sound

FUNCTIONS = ("count", "sum", "mean", "min", "max", "stdev", "stdev_pop")
UNKNOWN_NAMED = 10


@dataclass(frozen=True)
class Row:
    """One record: a status, a loan and a capital, each of which may be missing."""

    status: str | None
    loan: Fraction | None
    capital: Fraction | None

    @property
    def ratio(self) -> Fraction | None:
        """The computed field; None also where there is no capital to divide by."""
        if self.loan is None or not self.capital:
            return None
        return self.loan / self.capital * 100


figure = st.integers(-3, 9).map(Fraction) | st.fractions(-1000, 1000, max_denominator=30)
some = st.one_of(*[figure] * 12, st.none())
records = st.builds(Row, st.sampled_from(["macet", "lancar", "lancar", None]), some, some)
sound_records = st.builds(Row, st.sampled_from(["macet", "lancar"]), figure, figure.filter(bool))
tables = st.lists(sound_records, max_size=8) | st.lists(records, max_size=16)

CONDITIONS: dict[str, Callable[[Row], bool | None]] = {
    "": lambda row: True,
    ' where status = "macet"': lambda row: None if row.status is None else row.status == "macet",
    " where loan > 2": lambda row: None if row.loan is None else row.loan > 2,
    ' where loan > 2 or status = "macet"': lambda row: _either(
        None if row.loan is None else row.loan > 2,
        None if row.status is None else row.status == "macet",
    ),
    " where ratio < 50 and loan >= 0": lambda row: _both(
        None if row.ratio is None else row.ratio < 50, None if row.loan is None else row.loan >= 0
    ),
}


def _either(left: bool | None, right: bool | None) -> bool | None:
    if left or right:
        return True
    return None if left is None or right is None else False


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def catalog(formula: str, unknown: str) -> Engine:
    field: dict[str, object] = {"unit": ""}
    return sound(
        Engine.from_text(
            definitions(
                {"hasil": formula},
                (),
                sources={
                    "neraca": {
                        "title": "Neraca", "file": "x.csv", "period": "tahun", "numbers": "en",
                    }
                },
                records={
                    "koperasi": {
                        "label": "Koperasi",
                        "source": "neraca",
                        "key": "id",
                        "unknown": unknown,
                        "fields": {
                            "status": {"type": "text"},
                            "loan": field,
                            "capital": field,
                            "ratio": {"formula": "loan / capital * 100"},
                        },
                    }
                },
            ),
            discover=False,
        )
    )  # fmt: skip


def result_of(engine: Engine, rows: Sequence[Row]) -> Result:
    data = [
        {
            "id": f"K{number}",
            "period": "2020",
            "status": row.status,
            "loan": row.loan,
            "capital": row.capital,
        }
        for number, row in enumerate(rows)
    ]
    return engine.compute("2020", data={"koperasi": data}).rows[0]


def reduced(function: str, values: Sequence[Fraction]) -> Fraction | None:
    """What the aggregate comes to; None where it is not defined."""
    if function == "count":
        return Fraction(len(values))
    if function == "sum":
        return sum(values, Fraction(0))
    if len(values) < (2 if function == "stdev" else 1):
        return None
    if function in ("min", "max"):
        return min(values) if function == "min" else max(values)
    mean = sum(values, Fraction(0)) / len(values)
    if function == "mean":
        return mean
    divisor = len(values) - 1 if function == "stdev" else len(values)
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / divisor
    with localcontext() as context:
        context.prec = 60
        root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
    return Fraction(root)


@given(
    tables,
    st.sampled_from(FUNCTIONS),
    st.sampled_from(list(CONDITIONS)),
    st.sampled_from(["loan", "ratio"]),
    st.sampled_from(["refuse", "exclude"]),
)
def test_an_aggregate_is_a_loop_over_the_records(
    rows: list[Row], function: str, condition: str, field: str, unknown: str
) -> None:
    operand = "koperasi" if function == "count" else f"koperasi.{field}"
    result = result_of(catalog(f"{function}({operand}{condition})", unknown), rows)
    if not rows:
        assert result.status is Status.MISSING
        assert [str(reason) for reason in result.reasons] == ["no_records:koperasi@2020"]
        return
    holds = [CONDITIONS[condition](row) for row in rows]
    values = [
        Fraction(1) if function == "count" else getattr(row, field)
        for row, held in zip(rows, holds, strict=True)
        if held
    ]
    left_out = holds.count(None) + values.count(None)
    if left_out and unknown == "refuse":
        assert result.status is Status.MISSING
        assert len(result.reasons) == min(left_out, UNKNOWN_NAMED) + (left_out > UNKNOWN_NAMED)
        return
    expected = reduced(function, [value for value in values if value is not None])
    if expected is None:
        assert result.status is Status.UNDEFINED
        return
    assert result.exact is not None
    if "approximate" in result.quality:
        assert function in ("stdev", "stdev_pop")
        assert abs(result.exact - expected) <= abs(expected) / 10**49
    else:
        assert abs(result.exact - expected) <= abs(expected) / 10**55
        assert function in ("stdev", "stdev_pop") or result.exact == expected
    assert (f"partial {len(rows) - left_out}/{len(rows)}" in result.quality) == bool(left_out)


@pytest.mark.parametrize("unknown", ["refuse", "exclude"])
def test_the_order_of_records_changes_no_digit(unknown: str) -> None:
    rows = [Row("macet", Fraction(n * 7919 % 101, 1 + n % 13), Fraction(n + 1)) for n in range(60)]
    for function in FUNCTIONS[1:]:
        engine = catalog(f"{function}(koperasi.ratio)", unknown)
        assert result_of(engine, rows).exact == result_of(engine, rows[::-1]).exact
