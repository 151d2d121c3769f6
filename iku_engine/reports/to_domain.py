"""The domain of a formula -> words: when it is undefined, as a sentence and as a formula."""

from __future__ import annotations

from dataclasses import dataclass

from iku_engine.analysis.domain import Cause, Domain, Somewhere, Undefined, Unless, Where
from iku_engine.language.model import (
    At,
    Based,
    Binary,
    Call,
    Compare,
    Lag,
    Logic,
    Member,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Over,
    Percent,
    Text,
    rebuilt,
)
from iku_engine.language.to_text import binding, to_text
from iku_engine.reports.labels import Language, label
from iku_engine.reports.names import Names

MOST_CONDITIONS = 8
"""How many conditions a text lists; the JSON form lists all."""

_COMPARED = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_OPERATORS = {"*": "×", "/": "/", "+": "+", "-": "-"}


def domain_texts(domain: Domain, names: Names, language: Language) -> list[str]:
    """A line a condition: in words, and as symbols in brackets; the first ones of many."""
    words = _Words(names, language)
    shown = [
        words.condition(condition)
        if condition.cause in (Cause.HOLE, Cause.OPAQUE)
        else f"{words.condition(condition)} ({condition_symbols(condition)})"
        for condition in domain.conditions[:MOST_CONDITIONS]
    ]
    left = len(domain.conditions) - len(shown)
    return [*shown, label("domain.more", language, count=str(left))] if left > 0 else shown


def condition_symbols(condition: Undefined) -> str:
    """The condition as a formula: `c > 0 and b = 0`; a reduction stands before a colon."""
    parts: list[str] = []
    text = ""
    for step in condition.path:
        match step:
            case Where(condition=inner):
                parts.append(_joined(inner))
            case Unless(condition=inner):
                parts.append(f"not ({to_text(inner)})")
            case Somewhere():
                text += f"{' and '.join(parts)}: " if parts else ""
                text += f"{_somewhere_symbol(step)}: "
                parts = []
    if condition.holes or condition.test is None:
        parts.append(_beyond(condition))
    else:
        parts.append(to_text(condition.test))
    return text + " and ".join(parts)


def condition_words(condition: Undefined, names: Names, language: Language) -> str:
    """The condition as a sentence with the labels of a catalog."""
    return _Words(names, language).condition(condition)


def _joined(condition: Node) -> str:
    """A condition inside a row of `and`."""
    text = to_text(condition)
    return f"({text})" if isinstance(condition, Logic) and condition.operator == "or" else text


def _somewhere_symbol(step: Somewhere) -> str:
    if isinstance(step.reduction, Over):
        return f"over {step.reduction.dimension.name}"
    return step.reduction.name


def _beyond(condition: Undefined) -> str:
    """What no tree says in short: a value in a hole of a scale, a function that gives none."""
    shown = to_text(condition.subject)
    if not condition.scale:
        return shown
    ranges = " or ".join(hole.range_text() for hole in condition.holes)
    return f"{condition.scale}(x = {shown}): {ranges}".removesuffix(": ")


@dataclass(frozen=True, slots=True)
class _Words:
    names: Names
    language: Language

    def condition(self, condition: Undefined) -> str:
        subject = self.noun(condition.subject)
        key = f"domain.{condition.cause.value}"
        ranges = [hole.range_text() for hole in condition.holes]
        or_ = f" {self._label('domain.or')} "
        parts = {
            "subject": subject,
            "scale": self.names.subject(condition.scale) if condition.scale else "",
            "holes": or_.join(ranges),
        }
        if condition.cause is Cause.HOLE and not ranges:
            key = "domain.hole_unknown"
        text = self._label(key, **parts)
        for step in reversed(condition.path):
            text = self._step(step, text)
        return text

    def _step(self, step: Where | Unless | Somewhere, text: str) -> str:
        match step:
            case Where(condition=condition):
                return self._label("domain.where", text=text, condition=self.truth(condition))
            case Unless(condition=condition):
                return self._label("domain.unless", text=text, condition=self.truth(condition))
        if isinstance(step.reduction, Over):
            dimension = self.names.dimension(step.reduction.dimension.name)
            return self._label("domain.over", text=text, dimension=dimension)
        return self._label(f"domain.{_somewhere_symbol(step)}", text=text)

    def truth(self, node: Node) -> str:
        """A condition in words."""
        match node:
            case Compare(operator=operator, left=left, right=right):
                sides = {"left": self.noun(left), "right": self.noun(right)}
                return self._label(f"domain.{_COMPARED[operator]}", **sides)
            case Logic(operator=operator, left=left, right=right):
                return f"{self._within(left)} {self._label(f'domain.{operator}')} " + (
                    self._within(right)
                )
            case Not(operand=operand):
                return self._label("domain.not", text=self.truth(operand))
        return self.noun(node)

    def _within(self, node: Node) -> str:
        text = self.truth(node)
        return f"({text})" if isinstance(node, Logic) else text

    def noun(self, node: Node) -> str:
        """A figure in words: labels in the place of ids, lags as words, operators as signs."""
        match node:
            case Name(name=name):
                return self.names.series.get(name) or name
            case Member(records=records, name=name):
                return self.names.fields.get(f"{records}.{name}") or name
            case Number() | Percent() | Text():
                return to_text(node)
            case Lag():
                return self._lagged(node)
            case At(operand=operand, period=period):
                when = period.name if isinstance(period, Name) else str(period)
                return f"{self._operand(operand, node)} {when}"
            case Negate(operand=operand):
                return f"-{self._operand(operand, node)}"
            case Based(operand=operand):
                return self.noun(operand)
            case Binary(operator=operator, left=left, right=right) if operator in _OPERATORS:
                sign = _OPERATORS[operator]
                tighter = operator in ("-", "/")
                return f"{self._operand(left, node)} {sign} " + (
                    self._operand(right, node, tighter=tighter)
                )
        return to_text(self._labelled(node))

    def _lagged(self, node: Lag) -> str:
        text = self._operand(node.operand, node)
        for count, unit in ((node.periods, "period"), (node.years, "year")):
            if count:
                key = f"domain.{unit}_before" if count == 1 else f"domain.{unit}s_before"
                text = self._label(key, text=text, count=str(count))
        return text

    def _operand(self, node: Node, above: Node, *, tighter: bool = False) -> str:
        text = self.noun(node)
        is_words = isinstance(node, Lag | At) and not isinstance(above, Lag | At)
        fits = binding(node) >= binding(above) + tighter and not is_words
        return text if fits else f"({text})"

    def _labelled(self, node: Node) -> Node:
        """Ids of series inside a call as their labels; scales and dimensions keep their ids."""
        match node:
            case Name(name=name):
                return Name(self.names.series.get(name) or name)
            case Call(arguments=(first, *others)) if node.name in ("score", "rating"):
                return Call(node.name, (self._labelled(first), *others))
        return rebuilt(node, self._labelled)

    def _label(self, key: str, **parts: str) -> str:
        return label(key, self.language, **parts)
