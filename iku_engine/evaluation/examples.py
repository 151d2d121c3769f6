"""Examples in definitions and formulas: inputs, and the value they must give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.invariants import check_tree
from iku_engine.algebra.model import (
    Input,
    Kind,
    OverMembers,
    OverRecords,
    Program,
    Readable,
    Scope,
)
from iku_engine.binding.model import Binding
from iku_engine.binding.read import Reader
from iku_engine.catalog.model import Catalog, Example, NamedFormula
from iku_engine.diagnostics import Diagnostic, quoted, text_alone
from iku_engine.evaluation.certainty import decided
from iku_engine.evaluation.model import Outcome, Reason, missing
from iku_engine.evaluation.steps import evaluate
from iku_engine.formulas.model import Function, Library, Refused
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import At, Call, Lag, Name, Node
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.quantities import round_half_away, to_decimal_text
from iku_engine.scales import Scale

NOW = Period.of(2999, month=1)
"""The period of an example: a month, so that `t-1` and `y-1` are different periods."""


class _NotAnExample(ValueError):
    """An example cannot say what this formula reads."""


def check_examples(
    catalog: Catalog,
    binding: Binding,
    library: Library,
    scales: Mapping[str, Scale] = MappingProxyType({}),
) -> Iterator[Diagnostic]:
    """Run every example of a catalog; one that gives another value is a diagnostic.

    `scales` are those of plugins, beside the catalog's own.
    """
    for name, indicator in catalog.indicators.items():
        program = binding.indicators[name].program
        if program is not None:
            yield from _checked(program, indicator.examples, name, library)
    reader = Reader(catalog, library)
    for name, formula in catalog.formulas.items():
        if not formula.examples:
            continue
        call = Call(name, tuple(Name(parameter) for parameter in formula.parameters))
        _, expanded, _ = reader.read(text_alone(to_text(call)))
        if expanded is None:
            continue
        scope = _scope_of_examples(catalog, formula, library, scales)
        problem = next(check_tree(expanded, scope, formula.body, Kind.NUMBER), None)
        if problem is None:
            yield from _checked(compile_tree(expanded, scope), formula.examples, name, library)
        else:
            message = f"the examples of `{name}` cannot be run: {problem.message}"
            yield Diagnostic("IKU112", message, formula.location, problem.help, name)


def _scope_of_examples(
    catalog: Catalog, formula: NamedFormula, library: Library, scales: Mapping[str, Scale]
) -> Scope:
    """What an example of a named formula may give: its parameters and the catalog's series."""
    names = (*catalog.variables, *catalog.indicators, *formula.parameters)
    known = {**scales, **{name: declared.scale for name, declared in catalog.scales.items()}}
    functions = {name: function.unit for name, function in library.functions.items()}
    return Scope({name: Readable() for name in names}, scales=known, functions=functions)


def example_outcome(
    program: Program, given: Mapping[str, Fraction | None], library: Library
) -> Outcome:
    """Evaluate a program with inputs named as a formula writes them: `x`, `x[t-1]`, `x[2018]`.

    Raises `ValueError` for a name that is no input, or a formula over records or members.
    """
    figures: dict[tuple[str, Period], Fraction | None] = {}
    for text, figure in given.items():
        figures[_point(text)] = figure
    return decided(lambda: evaluate(program, _World(figures, library.functions), NOW, ()))


def _checked(
    program: Program, examples: Sequence[Example], name: str, library: Library
) -> Iterator[Diagnostic]:
    for example in examples:
        try:
            outcome = example_outcome(program, dict(example.given), library)
        except (ValueError, _NotAnExample) as mistake:
            yield Diagnostic("IKU112", str(mistake), example.location, subject=name)
            continue
        problem = _difference(example, outcome)
        if problem:
            message = f"the example of `{name}` {problem}"
            yield Diagnostic("IKU112", message, example.location, subject=name)


def _difference(example: Example, outcome: Outcome) -> str:
    expected = example.value
    if isinstance(expected, str):
        if outcome.status.value == expected:
            return ""
        return f"is {_shown(outcome, 2)}, not {expected}"
    if outcome.ok and round_half_away(outcome.number, example.decimals) == expected:
        return ""
    wanted = to_decimal_text(expected, example.decimals)
    return f"gives {_shown(outcome, example.decimals)}, not {wanted}"


def _shown(outcome: Outcome, decimals: int) -> str:
    if outcome.ok:
        return to_decimal_text(outcome.number, decimals)
    return f"{outcome.status.value} ({';'.join(str(reason) for reason in outcome.reasons)})"


def _point(text: str) -> tuple[str, Period]:
    """The series and period that an input text means, seen from the example's period."""
    tree, _ = parse_formula(text_alone(text))
    names = _single_name(tree)
    if tree is None or names is None:
        raise ValueError(f"{quoted(text)} is no input of a formula: write `x` or `x[t-1]`")
    step = compile_tree(tree, Scope({names: Readable()})).steps[0]
    assert isinstance(step, Input)
    return names, step.shift.applied(NOW)


def _single_name(tree: Node | None) -> str | None:
    while isinstance(tree, Lag | At):
        tree = tree.operand
    return tree.name if isinstance(tree, Name) else None


class _World:
    """Figures by name and period, and nothing else."""

    def __init__(
        self,
        figures: Mapping[tuple[str, Period], Fraction | None],
        functions: Mapping[str, Function],
    ) -> None:
        self._figures, self._functions = figures, functions

    def series(self, name: str, period: Period, place: Place) -> Outcome:
        value = self._figures.get((name, period))
        return missing(Reason("missing", name, period)) if value is None else Outcome(value)

    def over_members(self, step: OverMembers, period: Period, place: Place) -> Outcome:
        raise _NotAnExample("an example cannot name the members of a dimension")

    def over_records(self, step: OverRecords, period: Period, place: Place) -> Outcome:
        raise _NotAnExample("an example cannot name records")

    @property
    def opaque(self) -> Callable[[str, Sequence[Fraction]], Fraction | str]:
        return self._call

    def _call(self, function: str, arguments: Sequence[Fraction]) -> Fraction | str:
        try:
            answer = self._functions[function].compute(*arguments)
        except Exception as failure:  # a plugin may raise anything
            return f"raised {type(failure).__name__}"
        return answer.reason if isinstance(answer, Refused) else answer
