"""Where a formula is tried: its calls read, expanded and compiled, without any catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.invariants import check_tree
from iku_engine.algebra.model import Kind, OverMembers, OverRecords, Program, Readable, Scope
from iku_engine.diagnostics import text_alone
from iku_engine.evaluation.certainty import decided
from iku_engine.evaluation.examples import example_outcome
from iku_engine.evaluation.model import Outcome, Reason, missing
from iku_engine.evaluation.steps import evaluate
from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.expand import Expander
from iku_engine.formulas.model import Formula, Function, Library, Refused
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Call, Name, Node, rebuilt, walk
from iku_engine.language.vocabulary import FUNCTIONS
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.quantities import parse_decimal, round_half_away
from iku_engine.scales import Scale

Figures: TypeAlias = Callable[[str, Period], Fraction | None]
"""The figure of an input in a period, None where it is missing."""

NOW = Period.of(2024, month=6)
"""The period in which formulas are tried: a month, so that every lag is another period."""


@dataclass(frozen=True, slots=True)
class Called:
    """A call as it is written, the tree of its text, and what it stands for.

    `inputs` are the names it reads; `program` is None for a call over records or members.
    """

    text: str
    tree: Node
    expanded: Node
    inputs: tuple[str, ...]
    program: Program | None


@dataclass(frozen=True, slots=True)
class Bench:
    """Formulas, functions and scales that calls may name, those of the engine among them."""

    library: Library
    scales: Mapping[str, Scale] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, formulas: Iterable[Formula | Function], scales: Iterable[Scale] = ()) -> Bench:
        """A bench with the formulas of the engine, and those given, which win."""
        known = (*BUILT_IN, *formulas)
        return cls(
            Library(
                {one.name: one for one in known if isinstance(one, Formula)},
                {one.name: one for one in known if isinstance(one, Function)},
            ),
            {scale.name: scale for scale in scales},
        )

    def called(self, text: str) -> Called:
        """A call ready to be tried. Raises `ValueError` for one that cannot be read."""
        located = text_alone(text)
        tree, found = parse_formula(located)
        expanded, more = self._expander.expand(tree, located) if tree else (None, ())
        if tree is None or expanded is None:
            raise ValueError("; ".join(d.message for d in (*found, *more)))
        names = inputs_of(expanded)
        if _reads_sets(expanded):
            return Called(text, tree, expanded, names, None)
        functions = {name: one.unit for name, one in self.library.functions.items()}
        scope = Scope({name: Readable() for name in names}, scales=self.scales, functions=functions)
        problem = next(check_tree(expanded, scope, located, Kind.NUMBER), None)
        if problem is not None:
            raise ValueError(problem.message)
        return Called(text, tree, expanded, names, compile_tree(expanded, scope))

    def outcome(self, called: Called, figures: Figures, period: Period = NOW) -> Outcome:
        """What the engine makes of a call with these figures."""
        assert called.program is not None
        program, world = called.program, _World(figures, self.library.functions)
        return decided(lambda: evaluate(program, world, period, ()))

    @property
    def _expander(self) -> Expander:
        return Expander(self.library, {})


def check_examples(
    formula: Formula | Function,
    others: Sequence[Formula | Function] = (),
    scales: Sequence[Scale] = (),
) -> list[str]:
    """Run the examples of a formula or function; what does not hold, as sentences.

    `others` are formulas and functions that its body calls, besides those of the engine, and
    `scales` those it names.
    """
    bench = Bench.of((*others, formula), scales)
    problems = []
    for example in formula.examples:
        given = {
            name: parse_decimal(text) if text else None for name, text in example.given.items()
        }
        try:
            called = bench.called(example.call)
            assert called.program is not None, "the examples of a formula read no records"
            outcome = example_outcome(called.program, given, bench.library)
        except (ValueError, AssertionError) as mistake:
            problems.append(f"{example.call}: {mistake}")
            continue
        got = _answer(outcome, example.value)
        if got != example.value:
            problems.append(
                f"{example.call} with {dict(example.given)}: {got}, not {example.value}"
            )
    return problems


def outcome_of(
    call: str,
    given: Mapping[str, Fraction | int | str | None],
    formulas: Sequence[Formula | Function] = (),
    scales: Sequence[Scale] = (),
) -> Outcome:
    """What a call gives for its inputs: `outcome_of("f(x)", {"x": 5, "x[t-1]": "2.5"}, [F])`.

    An input that is not given, or given as None, is missing. Raises `ValueError` for a call that
    cannot be read.
    """
    bench = Bench.of(formulas, scales)
    called = bench.called(call)
    if called.program is None:
        raise ValueError(f"{call} reads records or members: try it in a case")
    figures = {name: None if figure is None else Fraction(figure) for name, figure in given.items()}
    return example_outcome(called.program, figures, bench.library)


def calls_of(formula: Formula | Function, bench: Bench) -> Iterator[Called]:
    """Calls to try a formula with: those of its examples, and the plain one for each choice.

    Of calls that only name their inputs otherwise there is one. Raises `ValueError` for an
    example that cannot be read.
    """
    texts = [example.call for example in formula.examples]
    seen: set[Node] = set()
    for text in dict.fromkeys([*texts, *_plain_calls(formula)]):
        try:
            called = bench.called(text)
        except ValueError:
            if text in texts:
                raise
            continue  # a plain call may be one that the formula refuses
        meant = _with_names(called.expanded, {n: str(at) for at, n in enumerate(called.inputs)})
        if meant not in seen:
            seen.add(meant)
            yield called


def _plain_calls(formula: Formula | Function) -> Iterator[str]:
    """`f(a, b)` with an input a parameter, once for each word of a choice."""
    needed = [one for one in formula.parameters if one.default is None]
    if any(one.kind != "expression" for one in needed):
        return
    inputs = ", ".join(one.name for one in needed)
    yield f"{formula.name}({inputs})"
    for parameter in formula.parameters:
        for word in parameter.choices:
            yield f"{formula.name}({inputs}, {parameter.name}: {word})"


class _World:
    """Figures by name and period, and functions; nothing else."""

    def __init__(self, figures: Figures, functions: Mapping[str, Function]) -> None:
        self._figures, self._functions = figures, functions

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        figure = self._figures(name, period)
        return missing(Reason("missing", name, period)) if figure is None else Outcome(figure)

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome:
        raise AssertionError("a call on the bench has no members")

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        raise AssertionError("a call on the bench has no records")

    @property
    def opaque(self) -> Callable[[str, Sequence[Fraction]], Fraction | str]:
        return self._call

    def _call(self, function: str, arguments: Sequence[Fraction]) -> Fraction | str:
        answer = self._functions[function].compute(*arguments)
        return answer.reason if isinstance(answer, Refused) else Fraction(answer)


def inputs_of(tree: Node) -> tuple[str, ...]:
    """The names a tree reads, without those of scales."""
    scales = {
        id(node.arguments[position])
        for node in walk(tree)
        if isinstance(node, Call) and node.name in FUNCTIONS
        for position in FUNCTIONS[node.name].scale
        if position < len(node.arguments)
    }
    names = (node.name for node in walk(tree) if isinstance(node, Name) and id(node) not in scales)
    return tuple(dict.fromkeys(names))


def _with_names(tree: Node, names: Mapping[str, str]) -> Node:
    if isinstance(tree, Name):
        return Name(names.get(tree.name, tree.name))
    return rebuilt(tree, lambda node: _with_names(node, names))


def _reads_sets(tree: Node) -> bool:
    return any(type(node).__name__ in ("Over", "Aggregate", "Member") for node in walk(tree))


def _answer(outcome: Outcome, expected: str) -> str:
    """The outcome as an example writes it, with as many decimals."""
    if not outcome.ok:
        return outcome.status.value
    rounded = round_half_away(outcome.number, len(expected.partition(".")[2]))
    try:
        return expected if parse_decimal(expected) == rounded else str(outcome.value)
    except ValueError:
        return str(outcome.value)
