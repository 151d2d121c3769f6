"""What must hold for a tree before it is compiled: every name known, every kind in its place."""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.algebra.constants import literal_value, whole
from iku_engine.algebra.model import Kind, Scope
from iku_engine.diagnostics import Diagnostic, LocatedText, did_you_mean, quoted
from iku_engine.language.bounds import MAX_EXPONENT
from iku_engine.language.model import (
    Aggregate,
    At,
    Based,
    Binary,
    Call,
    Compare,
    If,
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
    children,
    rebuilt,
    walk,
)
from iku_engine.language.to_text import to_text

MAX_ROUNDING = 30
_WORDS = {Kind.NUMBER: "a figure", Kind.TEXT: "a text", Kind.TRUTH: "a condition"}


class Checker:
    """Collects the mistakes of one formula; `kind` says what an expression yields."""

    def __init__(self, text: LocatedText) -> None:
        self._text = text
        self.found: list[Diagnostic] = []

    def kind(self, node: Node, scope: Scope) -> Kind:  # noqa: C901, PLR0911, PLR0912 - an arm a node
        """The kind of the value; a mistake below is noted and taken for a figure."""
        match node:
            case Number() | Percent():
                return Kind.NUMBER
            case Text():
                return Kind.TEXT
            case Name(name=name):
                return self._name(node, name, scope)
            case Member():
                return self._member(node, scope)
            case Lag(operand=operand) | At(operand=operand):
                if scope.of_record:
                    self._note("IKU211", "a record knows no other period", node)
                elif isinstance(node, At) and isinstance(node.period, Name):
                    self._no_period(node.period)
                return self.kind(operand, scope)
            case Negate(operand=operand) | Based(operand=operand):
                self._want(operand, Kind.NUMBER, scope)
                return Kind.NUMBER
            case Binary():
                return self._binary(node, scope)
            case Compare():
                return self._compare(node, scope)
            case Not() | Logic():
                for operand in children(node):
                    self._want(operand, Kind.TRUTH, scope)
                return Kind.TRUTH
            case If():
                return self._choice(node, scope)
            case Over():
                return self._over(node, scope)
            case Aggregate():
                return self._aggregate(node, scope)
            case Call():
                return self._call(node, scope)

    def _name(self, node: Node, name: str, scope: Scope) -> Kind:
        if name in scope.series:
            return scope.series[name].kind
        for group, what in (
            (scope.records, "a record set: count it, or name one of its fields"),
            (scope.scales, "a scale: it stands in `score` and `rating`"),
            (scope.dimensions, "a dimension: it stands behind `over`"),
        ):
            if name in group:
                self._note("IKU211", f"{quoted(name)} is {what}", node)
                return Kind.NUMBER
        what = "the field" if scope.of_record else "the name"
        known = (*scope.series, *scope.records)
        self._note("IKU206", f"{what} {quoted(name)} is not declared", node, name, known)
        return Kind.NUMBER

    def _no_period(self, name: Name) -> None:
        """Only a formula's own parameter may stand for a period, and it is filled in by now."""
        shown = quoted(name.name.rpartition(":")[2])
        help_ = "write `x[t-1]`, `x[y-1]` or `x[2018]`"
        self._note("IKU211", f"{shown} is no period", name, help_=help_)

    def _member(self, node: Member, scope: Scope) -> Kind:
        fields = scope.records.get(node.records)
        if fields is None:
            message = f"the record set {quoted(node.records)} is not declared here"
            self._note("IKU206", message, node, node.records, tuple(scope.records))
            return Kind.NUMBER
        if node.name not in fields:
            message = f"the record set `{node.records}` has no field {quoted(node.name)}"
            self._note("IKU206", message, node, node.name, tuple(fields))
            return Kind.NUMBER
        if not scope.of_record:
            message = f"{quoted(to_text(node))} stands outside an aggregate such as `sum(...)`"
            self._note("IKU211", message, node)
        return fields[node.name].kind

    def _binary(self, node: Binary, scope: Scope) -> Kind:
        self._want(node.left, Kind.NUMBER, scope)
        if node.operator != "^":
            self._want(node.right, Kind.NUMBER, scope)
            return Kind.NUMBER
        exponent = literal_value(node.right)
        if exponent is None:
            self._note("IKU213", "an exponent is a figure written out", node.right)
        elif max(abs(exponent.numerator), exponent.denominator) > MAX_EXPONENT:
            message = f"an exponent whose parts are larger than {MAX_EXPONENT}"
            self._note("IKU213", message, node.right)
        return Kind.NUMBER

    def _compare(self, node: Compare, scope: Scope) -> Kind:
        left, right = self.kind(node.left, scope), self.kind(node.right, scope)
        if left is not right:
            message = f"{_WORDS[left]} is compared with {_WORDS[right]}"
            self._note("IKU211", message, node)
        elif left is Kind.TRUTH or (left is Kind.TEXT and node.operator not in ("=", "!=")):
            message = f"`{node.operator}` does not compare {_WORDS[left]} with another"
            self._note("IKU211", message, node)
        return Kind.TRUTH

    def _choice(self, node: If, scope: Scope) -> Kind:
        self._want(node.condition, Kind.TRUTH, scope)
        then, otherwise = self.kind(node.then, scope), self.kind(node.otherwise, scope)
        if then is not otherwise:
            message = f"one branch is {_WORDS[then]}, the other {_WORDS[otherwise]}"
            self._note("IKU211", message, node)
        return then

    def _over(self, node: Over, scope: Scope) -> Kind:
        if scope.of_record:
            self._note("IKU211", "a record knows no other members of a dimension", node)
        elif node.dimension.name not in scope.dimensions:
            name = node.dimension.name
            message = f"the dimension {quoted(name)} is not declared"
            self._note("IKU206", message, node.dimension, name, tuple(scope.dimensions))
        self._want(node.operand, Kind.NUMBER, scope)
        return Kind.NUMBER

    def _aggregate(self, node: Aggregate, scope: Scope) -> Kind:
        records = aggregated_records(node, scope)
        if scope.of_record or records is None:
            message = f"`{node.function}` runs over one declared record set"
            first = next(iter(scope.records), "")
            help_ = f"write `count({first} where ...)`" if first else ""
            self._note("IKU211", message, node, help_=help_)
            return Kind.NUMBER
        inner = scope.of(records)
        if node.function == "count":
            if not isinstance(node.operand, Name):
                self._note("IKU211", "`count` takes the name of a record set", node)
        else:
            self._want(unqualified(node.operand, records), Kind.NUMBER, inner)
        if node.condition is not None:
            self._want(unqualified(node.condition, records), Kind.TRUTH, inner)
        return Kind.NUMBER

    def _call(self, node: Call, scope: Scope) -> Kind:
        if node.name in ("score", "rating"):
            self._want(node.arguments[0], Kind.NUMBER, scope)
            self._scale(node.arguments[1], node.name, scope)
            return Kind.TEXT if node.name == "rating" else Kind.NUMBER
        if node.name in ("root", "round"):
            self._literal(node)
            self._want(node.arguments[0], Kind.NUMBER, scope)
            return Kind.NUMBER
        if node.name in ("ytd", "annual"):
            self._year_to_date(node, scope)
        for argument in node.arguments:
            self._want(argument, Kind.NUMBER, scope)
        return Kind.NUMBER

    def _literal(self, node: Call) -> None:
        if node.name == "root" and whole(node.arguments[1], 2, MAX_EXPONENT) is None:
            message = f"the degree of a root is a whole number from 2 to {MAX_EXPONENT}"
            self._note("IKU213", message, node.arguments[1])
        digits = node.arguments[1:] if node.name == "round" else ()
        if any(whole(digit, -MAX_ROUNDING, MAX_ROUNDING) is None for digit in digits):
            message = f"digits are a whole number from -{MAX_ROUNDING} to {MAX_ROUNDING}"
            self._note("IKU213", message, node.arguments[1])

    def _scale(self, node: Node, function: str, scope: Scope) -> None:
        if not isinstance(node, Name):
            self._note("IKU211", f"`{function}` takes the name of a scale", node)
        elif node.name not in scope.scales:
            message = f"the scale {quoted(node.name)} is not declared"
            self._note("IKU206", message, node, node.name, tuple(scope.scales))
        elif function == "score" and any(b.score is None for b in scope.scales[node.name].bands):
            message = f"the scale `{node.name}` has bands without a score"
            self._note("IKU211", message, node)

    def _year_to_date(self, node: Call, scope: Scope) -> None:
        if scope.of_record:
            self._note("IKU211", "a record knows no other period", node)
        if is_own_change(node.arguments[0]):
            return
        ratio = next((part for part in walk(node.arguments[0]) if _is_ratio(part)), None)
        if ratio is not None and node.name == "ytd":
            message = f"`ytd` of the ratio {quoted(to_text(ratio))} adds what cannot be added"
            help_ = "write `ytd(a) / ytd(b)` rather than `ytd(a / b)`"
            self._note("IKU212", message, node, help_=help_)

    def _want(self, node: Node, kind: Kind, scope: Scope) -> None:
        before = len(self.found)
        actual = self.kind(node, scope)
        if actual is not kind and len(self.found) == before:
            message = f"{quoted(to_text(node))} is {_WORDS[actual]} where {_WORDS[kind]} belongs"
            self._note("IKU211", message, node)

    def _note(
        self, code: str, message: str, node: Node, word: str = "",
        known: tuple[str, ...] = (), *, help_: str = "",
    ) -> None:  # fmt: skip
        where = self._text.at(node.span.start, node.span.end)
        help_ = help_ or did_you_mean(word, known)
        self.found.append(Diagnostic(code, message, where, help_, subject=word))


def check_tree(tree: Node, scope: Scope, text: LocatedText, wanted: Kind) -> Iterator[Diagnostic]:
    """Everything that keeps an expanded tree from being compiled, each once."""
    checker = Checker(text)
    kind = checker.kind(tree, scope)
    if kind is not wanted and not checker.found:
        where = text.at(tree.span.start, tree.span.end)
        message = f"the formula yields {_WORDS[kind]}, not {_WORDS[wanted]}"
        checker.found.append(Diagnostic("IKU211", message, where))
    yield from dict.fromkeys(checker.found)


def aggregated_records(node: Aggregate, scope: Scope) -> str | None:
    """The one record set an aggregate runs over; None where it names none, or several."""
    if isinstance(node.operand, Name) and node.operand.name in scope.records:
        return node.operand.name
    named = {part.records for part in walk(node.operand) if isinstance(part, Member)}
    return named.pop() if len(named) == 1 and named <= set(scope.records) else None


def unqualified(node: Node, records: str) -> Node:
    """The fields of a record set by their own names, as the record itself knows them."""
    if isinstance(node, Member) and node.records == records:
        return Name(node.name, node.span)
    return rebuilt(node, lambda child: unqualified(child, records))


def is_own_change(node: Node) -> bool:
    """Whether a tree is `e - e[t-1]`, what something changed by since the period before.

    Such changes add up whatever `e` is: over the periods of a year to what `e` changed by since
    the last period of the year before, which is how an index is compared with December.
    """
    return isinstance(node, Binary) and node.operator == "-" and node.right == Lag(node.left, 1, 0)


def _is_ratio(node: Node) -> bool:
    """A division by something that changes, which a sum over periods must not contain."""
    return (
        isinstance(node, Binary)
        and node.operator == "/"
        and literal_value(node.right) is None
        and not isinstance(node.right, Percent)
    )
