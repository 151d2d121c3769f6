"""The arguments of one call, matched with the parameters of the formula it calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.formulas.model import Formula, Parameter, ParameterKind
from iku_engine.language.model import Call, Name, Negate, Node, Number, Percent, Span, Text
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period

_NEGATIVE_BASE = "negative_base"
_POLICIES = {"marked": True, "undefined": False}


class ArgumentError(ValueError):
    """A call that does not fit the formula's parameters, or a plugin's builder that failed."""

    def __init__(self, message: str, span: Span, help_: str = "", code: str = "IKU208") -> None:
        super().__init__(message)
        self.span, self.help, self.code = span, help_, code


@dataclass(frozen=True, slots=True)
class Bound:
    """What a call says: a tree for each parameter, the variant chosen, the policy for the base.

    `tree` is set where the formula builds its own tree from any number of arguments.
    """

    formula: str
    trees: Mapping[str, Node] = field(default_factory=dict)
    periods: Mapping[str, Period] = field(default_factory=dict)
    choice: str = ""
    marked: bool = True
    tree: Node | None = None


def signature(formula: Formula) -> str:
    """How a call of the formula is written."""
    parts = [
        parameter.name
        if parameter.default is None
        else f"{parameter.name}: {'|'.join(parameter.choices) or parameter.default}"
        for parameter in formula.parameters
    ]
    return f"{formula.name}({', '.join(parts)}{', ...' if formula.variadic else ''})"


def bind_arguments(formula: Formula, call: Call) -> Bound:
    """Match arguments with parameters; `ArgumentError` names the first that does not fit."""
    named = dict(call.named)
    marked = _policy(formula, named.pop(_NEGATIVE_BASE, None), call)
    if formula.variadic:
        return _variadic(formula, call, named)
    parameters = formula.parameters
    if len(call.arguments) > len(parameters):
        raise _misfit(f"`{formula.name}` takes at most {len(parameters)} arguments", formula, call)
    given = dict(zip((p.name for p in parameters), call.arguments, strict=False))
    for name, value in named.items():
        if name not in {parameter.name for parameter in parameters}:
            known = [*(parameter.name for parameter in parameters), _NEGATIVE_BASE]
            message = f"`{formula.name}` has no argument {quoted(name)}"
            raise ArgumentError(message, value.span, did_you_mean(name, known) or _help(formula))
        if name in given:
            raise _misfit(f"the argument `{name}` is given twice", formula, call)
        given[name] = value
    return _typed(formula, call, given, marked)


def _typed(formula: Formula, call: Call, given: Mapping[str, Node], marked: bool) -> Bound:
    trees: dict[str, Node] = {}
    periods: dict[str, Period] = {}
    choice = ""
    for parameter in formula.parameters:
        node = given.get(parameter.name)
        if node is None and parameter.default is None:
            raise _misfit(f"`{formula.name}` lacks the argument `{parameter.name}`", formula, call)
        match parameter.kind:
            case ParameterKind.CHOICE:
                choice = _chosen(parameter, node)
            case ParameterKind.PERIOD:
                assert node is not None or parameter.default is not None
                periods[parameter.name] = _period(parameter, node)
            case ParameterKind.NUMBER:
                trees[parameter.name] = _literal(parameter, node)
            case ParameterKind.DIMENSION:
                trees[parameter.name] = _dimension(parameter, node)
            case ParameterKind.EXPRESSION:
                assert node is not None
                trees[parameter.name] = node
    if callable(formula.body):
        given_trees = [trees[parameter.name] for parameter in formula.parameters]
        return Bound(formula.name, tree=_built(formula, given_trees, call))
    return Bound(formula.name, trees, periods, choice, marked)


def _variadic(formula: Formula, call: Call, named: Mapping[str, Node]) -> Bound:
    group = len(formula.parameters)
    if named or not call.arguments or len(call.arguments) % group:
        words = ", ".join(parameter.name for parameter in formula.parameters)
        raise _misfit(f"`{formula.name}` takes groups of {group} arguments: {words}", formula, call)
    return Bound(formula.name, tree=_built(formula, call.arguments, call))


def _built(formula: Formula, arguments: Sequence[Node], call: Call) -> Node:
    assert callable(formula.body)
    try:
        tree: object = formula.body(arguments)
    except ValueError as reason:
        raise _misfit(str(reason), formula, call) from None
    except (Exception, SystemExit) as failure:  # a plugin may raise anything
        what = f"raised {type(failure).__name__}"
    else:
        if isinstance(tree, Node):
            return tree
        what = f"gave a {type(tree).__name__}, not a tree"
    message = f"the formula `{formula.name}` of {formula.origin} {what}"
    raise ArgumentError(message, call.span, code="IKU903")


def _policy(formula: Formula, node: Node | None, call: Call) -> bool:
    if node is None:
        return True
    if not formula.base:
        raise _misfit(f"`{formula.name}` is measured against no base", formula, call)
    if isinstance(node, Name) and node.name in _POLICIES:
        return _POLICIES[node.name]
    message = "`negative_base` is `marked` or `undefined`"
    raise ArgumentError(message, node.span)


def _chosen(parameter: Parameter, node: Node | None) -> str:
    if node is None:
        return parameter.default or ""
    if isinstance(node, Name) and node.name in parameter.choices:
        return node.name
    words = " or ".join(f"`{word}`" for word in parameter.choices)
    raise ArgumentError(f"`{parameter.name}` is {words}", node.span)


def _period(parameter: Parameter, node: Node | None) -> Period:
    text = (parameter.default or "") if node is None else ""
    match node:
        case Number(value=value) if value.denominator == 1:
            text = str(value)
        case Text(value=value):
            text = value
    try:
        return Period.parse(text)
    except ValueError:
        span = node.span if node is not None else Span(0, 0)
        help_ = f'write `{parameter.name}: 2018` or `{parameter.name}: "2018-Q1"`'
        raise ArgumentError(f"`{parameter.name}` is a period", span, help_) from None


def _literal(parameter: Parameter, node: Node | None) -> Node:
    if node is None:
        return Number(Fraction(parameter.default or "0"))
    inner = node.operand if isinstance(node, Negate) else node
    if isinstance(inner, Number | Percent):
        return node
    message = f"`{parameter.name}` is a figure, not {quoted(to_text(node))}"
    raise ArgumentError(message, node.span)


def _dimension(parameter: Parameter, node: Node | None) -> Node:
    if isinstance(node, Name):
        return node
    span = node.span if node is not None else Span(0, 0)
    raise ArgumentError(f"`{parameter.name}` is the name of a dimension", span)


def _misfit(message: str, formula: Formula, call: Call) -> ArgumentError:
    return ArgumentError(message, call.span, _help(formula))


def _help(formula: Formula) -> str:
    return f"it is written `{signature(formula)}`"
