"""Which simple rule reproduces a row of printed targets, and which cells break it.

A rule goes from cell to cell: it copies, adds a constant step, or multiplies by a constant
growth, and rounds as the row is printed. Or the row phases a year: each cell is its share of the
last. The search is exact: a printed cell leaves an interval of steps or growths open, and a rule
is the shortest decimal that lies in the most of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from iku_engine.analysis.fit_intervals import candidates
from iku_engine.catalog.model import Catalog
from iku_engine.periods import Frequency, Period
from iku_engine.quantities import Rounding, decimal_text, rounded
from iku_engine.scales import decimals_of

LEAST_CELLS = 3
"""A row of two cells fits any step and any growth."""

MOST_CELLS = 600
"""Longer rows are not searched."""

_LONGEST_STEP = 6  # decimals of a step or growth that still counts as a simple rule
_WHOLE_PERCENT = 2  # decimals of a growth that a single cell may suggest


class RuleKind(StrEnum):
    """The simple rules, the simplest first."""

    COPY = "copy"
    STEP = "step"
    SHARE = "share"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell that a rule does not give: what is printed, and what the rule would print."""

    period: Period
    printed: Fraction
    expected: Fraction


@dataclass(frozen=True, slots=True)
class Fit:
    """A rule with how it rounds, the printed figures it starts from, and the cells that break it.

    `matched` counts the cells that the rule gives, its starts not among them. A cell that breaks
    the rule may be a start for those after it. `loose` says that the row is printed too coarsely
    to tell the growth from the next one: `26, 29, 33` fits 1.12 as well as 1.13.
    """

    kind: RuleKind
    rule: str
    start: tuple[tuple[Period, Fraction], ...]
    decimals: int
    mode: Rounding
    breaks: tuple[BrokenCell, ...]
    matched: int
    loose: bool = False

    @property
    def holds(self) -> bool:
        """Whether the rule gives at least two cells, and more than it does not.

        A growth may break as many as it gives, because two cells of several digits do not fit
        one by accident. A loose one has to give them all, and at least three.
        """
        if self.loose:
            return self.matched >= 3 and not self.breaks
        more = self.matched - len(self.breaks)
        return self.matched >= 2 and (more > 0 or (more == 0 and self.kind is RuleKind.GROWTH))

    @property
    def text(self) -> str:
        """The rule as `targets:` of a definition has it."""
        figures = ", ".join(f"{period}: {decimal_text(value)}" for period, value in self.start)
        mode = f", mode: {self.mode}"
        rounding = f"round: {{decimals: {self.decimals}{mode if self._shows_mode else ''}}}"
        if self.kind is RuleKind.SHARE:
            over = "month" if self.start[0][0].frequency is Frequency.MONTH else "quarter"
            year, value = self.start[0][0].year, decimal_text(self.start[0][1])
            return f"{{annual: {{{year}: {value}}}, over: {over}, {rounding}}}"
        return f'{{start: {{{figures}}}, rule: "{self.rule}", {rounding}}}'

    @property
    def _shows_mode(self) -> bool:
        return self.mode is not Rounding.HALF_UP


@dataclass(frozen=True, slots=True)
class FittedRow:
    """The row of targets of an indicator with the rules that fit it, best first.

    Where none holds, `nearest` is the rule that gives the most of its cells, if any gives one.
    """

    indicator: str
    decree: str
    cells: Mapping[Period, Fraction]
    fits: tuple[Fit, ...]
    nearest: Fit | None = None


Printed = Mapping[str, Mapping[Period, Fraction]]
"""Targets that a document prints, by indicator."""

_NOT_PRINTED: Printed = MappingProxyType({})


def fit_catalog(
    catalog: Catalog, indicators: Sequence[str] = (), printed: Printed = _NOT_PRINTED
) -> Iterator[FittedRow]:
    """Every row of at least three printed targets of a catalog, with the rules that fit it.

    Rows of years, quarters and months are rows of their own. `printed` are the targets of the
    document itself, where the definitions have a rule in their place.
    """
    for name, indicator in catalog.indicators.items():
        if indicators and name not in indicators:
            continue
        decrees = [("", indicator.targets)]
        decrees += [(revision.decree, revision.targets) for revision in indicator.revisions]
        for decree, targets in decrees:
            given = dict(targets.given) if targets is not None else {}
            given |= {} if decree else printed.get(name, {})
            for frequency in Frequency:
                row = {p: given[p] for p in sorted(given) if p.frequency is frequency}
                if LEAST_CELLS <= len(row) <= MOST_CELLS:
                    found = fits_of(row)
                    holding = tuple(fit for fit in found if fit.holds)
                    nearest = None if holding else next((f for f in found if _is_near(f)), None)
                    yield FittedRow(name, decree, row, holding, nearest)


def fits_of(cells: Mapping[Period, Fraction]) -> tuple[Fit, ...]:
    """All rules tried on a row of one frequency, the best first: few breaks, then simple rules.

    A rule that rounds alike in two modes is listed in the first of them.
    """
    row = [(period, cells[period]) for period in sorted(cells)]
    decimals = max((decimals_of(value) or 0 for _, value in row), default=0)
    found: dict[tuple[object, ...], Fit] = {}
    for mode in Rounding:
        for fit in (*_steps(row, decimals, mode), *_shares(row, decimals, mode)):
            found.setdefault((fit.kind, fit.rule, fit.start, fit.breaks), fit)
    return tuple(sorted(found.values(), key=_order))


def _order(fit: Fit) -> tuple[int, int, int, int]:
    """Few breaks and few starts first, then the simpler kind, then the shorter rule."""
    return len(fit.breaks), len(fit.start), list(RuleKind).index(fit.kind), len(fit.rule)


def _is_near(fit: Fit) -> bool:
    """Whether a rule that does not hold is worth naming: one step alone fits some rule always."""
    if fit.loose or (fit.kind is not RuleKind.GROWTH and len(fit.breaks) > fit.matched):
        return False
    if fit.kind is RuleKind.GROWTH and fit.matched == 1:
        factor = Fraction(fit.rule.rpartition(" ")[2])
        return (decimals_of(factor) or 0) <= _WHOLE_PERCENT
    return fit.matched >= 2


Row = Sequence[tuple[Period, Fraction]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """From one cell to the next: times `factor`, plus `step`, rounded."""

    factor: Fraction
    step: Fraction
    decimals: int
    mode: Rounding

    def after(self, value: Fraction, periods: int) -> Fraction:
        for _ in range(periods):
            value = rounded(value * self.factor + self.step, self.decimals, self.mode)
        return value

    def text(self) -> str:
        if self.factor != 1:
            return f"target[t-1] * {decimal_text(self.factor)}"
        if not self.step:
            return "target[t-1]"
        sign = "+" if self.step > 0 else "-"
        return f"target[t-1] {sign} {decimal_text(abs(self.step))}"


def _steps(row: Row, decimals: int, mode: Rounding) -> Iterator[Fit]:
    """A copy, and the best constant step and constant growth."""
    yield _walked(row, _Rule(Fraction(1), Fraction(0), decimals, mode), RuleKind.COPY)
    for kind in (RuleKind.STEP, RuleKind.GROWTH):
        tried = [_walked(row, rule, kind) for rule in _rules(row, decimals, mode, kind)]
        if tried:
            yield min(tried, key=lambda fit: (len(fit.breaks), len(fit.rule)))


def _rules(row: Row, decimals: int, mode: Rounding, kind: RuleKind) -> Iterator[_Rule]:
    """The rules of a kind that some of the steps between neighbours agree on."""
    open_ = [
        interval
        for (before, value), (period, printed) in pairwise(row)
        if period.number == before.number + 1
        for interval in _left_open(value, printed, decimals, mode, kind)
    ]
    for figure in candidates(open_, _LONGEST_STEP):
        if kind is RuleKind.STEP and figure:
            yield _Rule(Fraction(1), figure, decimals, mode)
        elif kind is RuleKind.GROWTH and figure > 0 and figure != 1:
            yield _Rule(figure, Fraction(0), decimals, mode)


def _left_open(
    value: Fraction, printed: Fraction, decimals: int, mode: Rounding, kind: RuleKind
) -> Iterator[tuple[Fraction, Fraction]]:
    """The steps or growths that lead from a value to a printed one, rounding included.

    Which end belongs to it is left to the walk; the interval is closed at both.
    """
    unit = Fraction(1, 10**decimals)
    ends = {
        Rounding.HALF_UP: (printed - unit / 2, printed + unit / 2),
        Rounding.DOWN: (printed, printed + unit) if printed >= 0 else (printed - unit, printed),
        Rounding.UP: (printed - unit, printed) if printed > 0 else (printed, printed + unit),
    }[mode]
    if kind is RuleKind.STEP:
        yield ends[0] - value, ends[1] - value
    elif value:
        low, high = sorted(end / value for end in ends)
        yield low, high


def _walked(row: Row, rule: _Rule, kind: RuleKind) -> Fit:
    """The fewest cells that break a rule along a row.

    After a cell that breaks it, the rule goes on from its own figure or from the printed one,
    whichever explains more of what follows.
    """
    ways: dict[Fraction, _Way] = {row[0][1]: _Way(starts=(row[0],))}
    for (before, _), (period, printed) in pairwise(row):
        following: dict[Fraction, _Way] = {}
        for base, way in ways.items():
            expected = rule.after(base, period.number - before.number)
            if expected == printed:
                _keep(following, printed, way)
                continue
            broken = (*way.breaks, BrokenCell(period, printed, expected))
            _keep(following, expected, _Way(broken, way.starts))
            _keep(following, printed, _Way(broken, (*way.starts, (period, printed))))
        ways = dict(sorted(following.items(), key=lambda item: item[1].cost)[:_MOST_WAYS])
    best = min(ways.values(), key=lambda way: way.cost)
    starts = tuple(s for s in best.starts if s == row[0] or _is_used(s, best, row))
    matched = len(row) - 1 - len(best.breaks)
    loose = kind is RuleKind.GROWTH and _is_loose(row, rule)
    return Fit(kind, rule.text(), starts, rule.decimals, rule.mode, best.breaks, matched, loose)


def _is_loose(row: Row, rule: _Rule) -> bool:
    """Whether another growth of as many decimals would print the same cells."""
    least = min(abs(value) for _, value in row)
    digits = rule.decimals - (decimals_of(rule.factor) or 0)
    return least * Fraction(10) ** digits <= 1


_MOST_WAYS = 8


@dataclass(frozen=True, slots=True)
class _Way:
    """One way through a row: what broke so far, and the printed figures it started from."""

    breaks: tuple[BrokenCell, ...] = ()
    starts: tuple[tuple[Period, Fraction], ...] = ()

    @property
    def cost(self) -> tuple[int, int]:
        return len(self.breaks), len(self.starts)


def _keep(ways: dict[Fraction, _Way], base: Fraction, way: _Way) -> None:
    known = ways.get(base)
    if known is None or way.cost < known.cost:
        ways[base] = way


def _is_used(start: tuple[Period, Fraction], way: _Way, row: Row) -> bool:
    """Whether the rule gives the cell after a start: otherwise starting there explains nothing."""
    periods = [period for period, _ in row]
    position = periods.index(start[0])
    broken = {cell.period for cell in way.breaks}
    return position + 1 < len(row) and periods[position + 1] not in broken


def _shares(row: Row, decimals: int, mode: Rounding) -> Iterator[Fit]:
    """Each year of a row as shares of its last cell: n twelfths, n quarters."""
    frequency = row[0][0].frequency
    if frequency is Frequency.YEAR:
        return
    for year in dict.fromkeys(period.year for period, _ in row):
        cells = [(period, value) for period, value in row if period.year == year]
        last, annual = cells[-1]
        if last.within_year != frequency or len(cells) < LEAST_CELLS or not annual:
            continue
        breaks = []
        for period, printed in cells[:-1]:
            expected = rounded(annual * Fraction(period.within_year, frequency), decimals, mode)
            if expected != printed:
                breaks.append(BrokenCell(period, printed, expected))
        start = ((last, annual),)
        rule = f"{decimal_text(annual)} * n / {frequency.value}"
        matched = len(cells) - 1 - len(breaks)
        yield Fit(RuleKind.SHARE, rule, start, decimals, mode, tuple(breaks), matched)
