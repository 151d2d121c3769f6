"""The laws every formula keeps, tried with drawn figures: an author gets them for free."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import NamedTuple, TypeAlias

from iku_engine.diagnostics import text_alone
from iku_engine.evaluation.model import Outcome, Status
from iku_engine.formulas.model import Formula, Function, Refused
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import At, Based, Binary, Call, Lag, Node, Number, rebuilt, walk
from iku_engine.language.to_text import to_text
from iku_engine.scales import Scale, decimals_of
from iku_engine.testing.bench import NOW, Bench, Called, calls_of, check_examples
from iku_engine.testing.figures import SEVERAL, Pool, figures, figures_in, pools, require_hypothesis
from iku_engine.testing.scaling import Mixed, degree_of
from iku_engine.testing.stepwise import Stepwise, TooBig, knows

_INSTEAD = (Fraction(0), Fraction(7, 3), Fraction(-40))
"""What is put in the place of missing figures."""

_FACTORS = (Fraction(1000), Fraction(3), Fraction(1, 7))


_Holds: TypeAlias = Callable[[Bench, Called, Pool], None]


@dataclass(frozen=True, slots=True)
class Law:
    """One law of one formula: `check()` raises `AssertionError` where it does not hold."""

    formula: str
    name: str
    check: Callable[[], None]

    def __str__(self) -> str:
        return f"{self.formula}: {self.name}"


def laws_of(
    formula: Formula | Function,
    others: Sequence[Formula | Function] = (),
    scales: Sequence[Scale] = (),
) -> tuple[Law, ...]:
    """The laws that a formula or function has to keep.

    `others` and `scales` are what its body calls besides the formulas of the engine. A formula is
    tried as its examples call it, and plainly. Of a formula:

    - `examples`: each gives its value.
    - `print and parse`: what is printed of it is read back as the same tree.
    - `missing inputs`: a missing input never becomes a figure: a value that is there in spite of
      it is the same whatever the figure is.
    - `stepwise`: the engine gives exactly what walking the tree step by step gives. Left out for
      roots and logarithms, which are no exact figures.
    - `scaling`: with every input k times as large a ratio stays, an amount is k times as large.
      Left out where amounts are added to or compared with plain figures.

    Of a function: `examples`, `exact answers` and `same answers` to the same arguments. What runs
    over records or members is not tried but for its examples. Raises `ValueError` for an example
    that cannot be read.
    """
    bench = Bench.of((*others, formula), scales)
    laws = [Law(formula.name, "examples", partial(_examples, formula, others, scales))]
    if isinstance(formula, Function):
        laws += _laws_of_function(formula)
    else:
        laws += _laws_of_calls(formula.name, bench, tuple(calls_of(formula, bench)))
    return tuple(laws)


def check_laws(
    formula: Formula | Function,
    others: Sequence[Formula | Function] = (),
    scales: Sequence[Scale] = (),
) -> None:
    """Try every law of a formula or function; `AssertionError` for the first that does not hold."""
    for law in laws_of(formula, others, scales):
        law.check()


def _laws_of_calls(name: str, bench: Bench, calls: Sequence[Called]) -> Iterator[Law]:
    yield Law(name, "print and parse", partial(_read_back, calls))
    for drawn in _DRAWN:
        tried = [one for one in calls if one.program is not None and drawn.applies(bench, one)]
        if tried:
            yield Law(name, drawn.name, partial(_try, bench, tried, drawn.holds))


def _laws_of_function(function: Function) -> Iterator[Law]:
    yield Law(function.name, "exact answers", partial(_try_function, function, _is_exact))
    yield Law(function.name, "same answers", partial(_try_function, function, _is_repeated))


def _try(
    bench: Bench, calls: Sequence[Called], holds: Callable[[Bench, Called, Pool], None]
) -> None:
    """Try a law with figures that hypothesis draws, as often as its profile says."""
    for called in calls:
        _with_pools(called, partial(holds, bench, called))


def _with_pools(called: Called, holds: Callable[[Pool], None]) -> None:
    require_hypothesis()
    from hypothesis import given, settings

    @settings(deadline=None)  # the first figures wait for the algebra to be loaded
    @given(pools(called.inputs, SEVERAL if _reads_other_periods(called.expanded) else 1))
    def drawn(pool: Pool) -> None:
        holds(pool)

    drawn()


def _reads_other_periods(tree: Node) -> bool:
    calls = ("ytd", "annual")
    return any(
        isinstance(node, Lag | At) or (isinstance(node, Call) and node.name in calls)
        for node in walk(tree)
    )


def _try_function(
    function: Function, holds: Callable[[Function, Sequence[Fraction]], None]
) -> None:
    require_hypothesis()
    from hypothesis import given, settings
    from hypothesis import strategies as st

    @settings(deadline=None)
    @given(st.tuples(*[figures() for _ in function.parameters]))
    def drawn(arguments: tuple[Fraction, ...]) -> None:
        holds(function, arguments)

    drawn()


def _examples(
    formula: Formula | Function,
    others: Sequence[Formula | Function],
    scales: Sequence[Scale],
) -> None:
    problems = check_examples(formula, others, scales)
    assert not problems, "\n".join(problems)


def _read_back(calls: Sequence[Called]) -> None:
    """Both the call and what it stands for are printed and read again."""
    for called in calls:
        for tree in (called.tree, _as_written(called.expanded)):
            printed = to_text(tree)
            read, found = parse_formula(text_alone(printed))
            assert read == tree, f"{called.text} is printed as {printed}, read as {read} {found}"


def _missing_inputs(bench: Bench, called: Called, pool: Pool) -> None:
    found = bench.outcome(called, figures_in(pool))
    assert found.status is not Status.ERROR, _told(called, pool, found)
    if not found.ok or all(figure is not None for row in pool.values() for figure in row):
        return
    for instead in _INSTEAD:
        filled = {n: [instead if f is None else f for f in row] for n, row in pool.items()}
        other = bench.outcome(called, figures_in(filled))
        assert other.value == found.value, (
            f"{_told(called, pool, found)}, and with {instead} for what is missing {other.value}"
        )


def _stepwise(bench: Bench, called: Called, pool: Pool) -> None:
    found = bench.outcome(called, figures_in(pool))
    functions = {name: one.compute for name, one in bench.library.functions.items()}
    try:
        expected = Stepwise(figures_in(pool), bench.scales, functions).of(called.expanded, NOW)
    except TooBig:
        return
    if found.status is not Status.TOO_LARGE:
        assert (found.status.value, found.value) == (expected.status, expected.value), (
            f"{_told(called, pool, found)}, step by step {expected.status} {expected.value}"
        )


def _scaling(bench: Bench, called: Called, pool: Pool) -> None:
    degree = degree_of(called.expanded)
    found = bench.outcome(called, figures_in(pool))
    for factor in _FACTORS:
        larger = {n: [None if f is None else f * factor for f in row] for n, row in pool.items()}
        other = bench.outcome(called, figures_in(larger))
        if Status.TOO_LARGE in (found.status, other.status):
            continue
        expected = found.value
        if found.ok and isinstance(degree, int):
            expected = found.number * factor**degree
        assert (other.status, other.value) == (found.status, expected), (
            f"{_told(called, pool, found)}, and {other.value} with all of it times {factor}"
        )


def _has_degree(_: Bench, called: Called) -> bool:
    try:
        degree_of(called.expanded)
    except Mixed:
        return False
    return True


def _is_stepwise(bench: Bench, called: Called) -> bool:
    return knows(called.expanded, bench.library.functions)


class _Drawn(NamedTuple):
    """A law that is tried with drawn figures, and the calls that it applies to."""

    name: str
    applies: Callable[[Bench, Called], bool]
    holds: _Holds


_DRAWN = (
    _Drawn("missing inputs", lambda *_: True, _missing_inputs),
    _Drawn("stepwise", _is_stepwise, _stepwise),
    _Drawn("scaling", _has_degree, _scaling),
)


def _is_exact(function: Function, arguments: Sequence[Fraction]) -> None:
    answer: object = function.compute(*arguments)
    exact = isinstance(answer, int | Fraction) and not isinstance(answer, bool)
    given = ", ".join(map(str, arguments))
    assert exact or isinstance(answer, Refused), (
        f"{function.name}({given}) gave a {type(answer).__name__}, which is no exact number"
    )


def _is_repeated(function: Function, arguments: Sequence[Fraction]) -> None:
    first, second = function.compute(*arguments), function.compute(*arguments)
    given = ", ".join(map(str, arguments))
    assert first == second, f"{function.name}({given}) gave {first}, and then {second}"


def _as_written(tree: Node) -> Node:
    """The tree as text can write it: only expanding makes bases, and thirds of one piece."""
    inner = rebuilt(tree, _as_written)
    match inner:
        case Based(operand=operand):
            return operand
        case Number(value=value) if decimals_of(abs(value)) is None:
            over, under = Number(Fraction(value.numerator)), Number(Fraction(value.denominator))
            return Binary("/", over, under)
    return inner


def _told(called: Called, pool: Pool, found: Outcome) -> str:
    """What was tried, for the message of a law that does not hold."""
    given = {name: [*map(str, row)] for name, row in pool.items()}
    shown = found.value if found.ok else f"{found.status.value} {[*map(str, found.reasons)]}"
    return f"{called.text} with {given} at {NOW} is {shown}"
