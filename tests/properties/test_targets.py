"""A rule of targets is a plain loop, with the rounding that makes each figure a promise."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from iku_engine.evaluation.model import Status
from iku_engine.testing.stepwise import rounded
from tests.properties.catalogs import engine_of, sound


def _text(figure: Fraction) -> str:
    """A figure of at most three decimals as a definition writes it."""
    thousandths = figure * 1000
    assert thousandths.denominator == 1
    sign = "-" if thousandths < 0 else ""
    digits = str(abs(thousandths.numerator)).rjust(4, "0")
    return f"{sign}{digits[:-3]}.{digits[-3:]}"


thousandths = st.integers(-(10**9), 10**9).map(lambda number: Fraction(number, 1000))


@given(
    thousandths,
    st.integers(1, 2000).map(lambda number: Fraction(number, 1000)),
    thousandths,
    st.sampled_from([None, -2, 0, 1, 2, 5]),
    st.dictionaries(st.integers(2019, 2024), thousandths, max_size=2),
)
def test_a_rule_of_targets_is_a_loop(
    start: Fraction,
    factor: Fraction,
    plus: Fraction,
    digits: int | None,
    printed: dict[int, Fraction],
) -> None:
    """A printed target in between is taken as printed, and the rule goes on from it."""
    given_ = {"2018": _text(start), **{str(year): _text(one) for year, one in printed.items()}}
    rule: dict[str, object] = {
        "start": given_,
        "rule": f"target[t-1] * {_text(factor)} + ({_text(plus)})",
    }
    if digits is not None:
        rule["round"] = str(digits)
    indicator = {"formula": "a", "polarity": "higher", "targets": rule}
    engine = sound(engine_of({"hasil": indicator}))
    results = engine.compute("2017..2025", data={"a": {}})
    assert results.get("hasil", "2017").target is None
    assert results.get("hasil", "2017").achievement_status is Status.NO_TARGET
    expected = start
    for year in range(2018, 2026):
        if year > 2018:
            expected = printed.get(year, _next(expected, factor, plus, digits))
        assert results.get("hasil", str(year)).target == expected, year


def _next(last: Fraction, factor: Fraction, plus: Fraction, digits: int | None) -> Fraction:
    figure = last * factor + plus
    return figure if digits is None else rounded(figure, digits)


@given(st.integers(1, 10**6), st.integers(-(10**6), 10**6), st.integers(0, 10**6))
def test_achievement_is_the_written_method_and_never_touches_the_actual(
    target: int, actual: int, other: int
) -> None:
    methods = {
        "naik": ("higher", "ratio", Fraction(actual * 100, target)),
        "turun": ("lower", "linear", Fraction((2 * target - actual) * 100, target)),
    }
    indicators = {
        name: {
            "formula": "a",
            "polarity": polarity,
            "achievement": method,
            "targets": {"2020": str(target), "2021": "0", "2022": "-"},
        }
        for name, (polarity, method, _) in methods.items()
    }
    data = {"a": {"2020": actual, "2021": other, "2022": other}}
    results = sound(engine_of(indicators)).compute("2020..2022", data=data)
    for name, (_, _, expected) in methods.items():
        assert results.get(name, "2020").achievement == expected
        zero, none = results.get(name, "2021"), results.get(name, "2022")
        assert zero.exact == other
        assert none.exact == other
        assert zero.achievement_status is Status.UNDEFINED
        assert [str(reason) for reason in zero.achievement_reasons] == ["zero:target"]
        assert none.achievement_status is Status.NO_TARGET
