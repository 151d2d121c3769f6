"""Figures as agencies have them, drawn by hypothesis, which is imported here and in the laws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from iku_engine.periods import Period
from iku_engine.testing.bench import Figures

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Pool: TypeAlias = Mapping[str, Sequence[Fraction | None]]
"""A handful of figures for each input, of which each period has one."""

SEVERAL = 5
"""Figures of an input that is read in several periods: a year ago, 12 periods, is another one."""


def require_hypothesis() -> None:
    """Raise `ModuleNotFoundError` that says what to install where hypothesis is not there."""
    try:
        import hypothesis  # noqa: F401
    except ModuleNotFoundError:
        message = 'laws need hypothesis: pip install "iku-engine[test]"'
        raise ModuleNotFoundError(message, name="hypothesis") from None


def figures() -> SearchStrategy[Fraction]:
    """A strategy of exact figures: zeros, counts, shares, rupiah, negatives and thirds.

    Needs hypothesis, as the extra `test` installs it.
    """
    require_hypothesis()
    from hypothesis import strategies as st

    return st.one_of(
        st.integers(-3, 12).map(Fraction),
        st.integers(-200, 5_000).map(Fraction),
        st.integers(-10_000, 20_000).map(lambda n: Fraction(n, 100)),
        st.fractions(-60, 60, max_denominator=40),
        st.integers(0, 9_999_999_999_999).map(Fraction),
        st.just(Fraction(0)),
    )


def pools(inputs: Sequence[str], size: int = SEVERAL) -> SearchStrategy[Pool]:
    """So many figures for each input, some of them missing."""
    from hypothesis import strategies as st

    mostly = st.one_of(*[figures()] * 8, st.none())
    row = st.lists(mostly, min_size=size, max_size=size)
    return st.fixed_dictionaries(dict.fromkeys(inputs, row))


def figures_in(pool: Pool) -> Figures:
    """A figure for every input in every period of any frequency, from its pool."""

    def figure(name: str, period: Period) -> Fraction | None:
        return pool[name][(period.year * 12 + period.within_year) % len(pool[name])]

    return figure
