"""Expression tree -> LaTeX, for documents; user text is escaped, never interpreted."""

from __future__ import annotations

from collections.abc import Mapping

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
)
from iku_engine.language.to_text import AND, LAG, SIGN, SUM, binding
from iku_engine.quantities import decimal_text

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_COMPARISONS = {"=": "=", "!=": r"\neq", "<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq"}
_FENCES = {"abs": (r"\left|", r"\right|")}
_OPERATOR_NAMES = {"ln": r"\ln", "log10": r"\log_{10}", "exp": r"\exp"}


def to_latex(node: Node, labels: Mapping[str, str] | None = None) -> str:
    """The tree as LaTeX math; `labels` replaces ids by the words a reader knows them by."""
    return _Printer(labels or {}).print(node)


def escape_latex(text: str) -> str:
    """Text that LaTeX prints as it stands; line ends become blanks."""
    return "".join(_ESCAPES.get(sign, sign) for sign in " ".join(text.split()))


class _Printer:
    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def print(self, node: Node) -> str:
        match node:
            case Number(value=value):
                return decimal_text(value)
            case Percent(value=value):
                return rf"{decimal_text(value)}\%"
            case Text(value=value):
                return rf"\text{{``{escape_latex(value)}''}}"
            case Name(name=name):
                return self._word(name)
            case Member(records=records, name=name):
                return f"{self._word(name)}_{{{self._word(records)}}}"
            case Lag(operand=operand, periods=periods, years=years):
                steps = [f"t-{periods}"] * bool(periods) + [f"y-{years}"] * bool(years)
                return f"{self._within(operand, LAG)}_{{{','.join(steps)}}}"
            case At(operand=operand, period=period):
                shown = self._word(period.name) if isinstance(period, Name) else str(period)
                return f"{self._within(operand, LAG)}_{{{shown}}}"
            case Based(operand=operand):
                return self.print(operand)
            case _:
                return self._operation(node)

    def _operation(self, node: Node) -> str:
        match node:
            case Negate(operand=operand):
                return f"-{self._within(operand, SIGN)}"
            case Binary(operator="/", left=left, right=right):
                return rf"\frac{{{self.print(left)}}}{{{self.print(right)}}}"
            case Binary(operator="^", left=left, right=right):
                return f"{self._within(left, LAG)}^{{{self.print(right)}}}"
            case Binary(operator=operator, left=left, right=right):
                sign = r"\times" if operator == "*" else operator
                least = binding(node)
                return f"{self._within(left, least)} {sign} {self._within(right, least + 1)}"
            case Compare(operator=operator, left=left, right=right):
                sign = _COMPARISONS[operator]
                return f"{self._within(left, SUM)} {sign} {self._within(right, SUM)}"
            case Not(operand=operand):
                return rf"\neg {self._within(operand, LAG)}"
            case Logic(operator=operator, left=left, right=right):
                least = binding(node)
                sign = r"\land" if least == AND else r"\lor"
                return f"{self._within(left, least)} {sign} {self._within(right, least + 1)}"
            case If(condition=condition, then=then, otherwise=otherwise):
                branches = rf"{self.print(then)} & \text{{if }} {self.print(condition)} \\ "
                other = rf"{self.print(otherwise)} & \text{{otherwise}}"
                return rf"\begin{{cases}} {branches}{other} \end{{cases}}"
            case _:
                return self._function(node)

    def _function(self, node: Node) -> str:
        match node:
            case Call(name="sqrt", arguments=(operand,)):
                return rf"\sqrt{{{self.print(operand)}}}"
            case Call(name="root", arguments=(operand, degree)):
                return rf"\sqrt[{self.print(degree)}]{{{self.print(operand)}}}"
            case Call(name=name, arguments=arguments, named=named):
                parts = [self.print(argument) for argument in arguments]
                parts += [rf"\text{{{escape_latex(key)}: }}{self.print(v)}" for key, v in named]
                left, right = _FENCES.get(name, (r"\left(", r"\right)"))
                title = "" if name in _FENCES else _OPERATOR_NAMES.get(name, _named(name))
                return f"{title}{left}{', '.join(parts)}{right}"
            case Over(function="total", operand=operand, dimension=dimension):
                return rf"\sum_{{{self._word(dimension.name)}}} {self._within(operand, SIGN)}"
            case Over(function=function, operand=operand, dimension=dimension):
                below = rf"_{{{self._word(dimension.name)}}}"
                return rf"{_named(function)}{below}\left({self.print(operand)}\right)"
            case Aggregate(function=function, operand=operand, condition=None):
                return rf"{_named(function)}\left({self.print(operand)}\right)"
            case Aggregate(function=function, operand=operand, condition=condition) if condition:
                inner = rf"{self.print(operand)} \mid {self.print(condition)}"
                return rf"{_named(function)}\left({inner}\right)"
        raise AssertionError(f"unknown node {node!r}")

    def _within(self, node: Node, least: int) -> str:
        text = self.print(node)
        return text if binding(node) >= least else rf"\left({text}\right)"

    def _word(self, name: str) -> str:
        return rf"\text{{{escape_latex(self._labels.get(name, name))}}}"


def _named(name: str) -> str:
    return rf"\operatorname{{{escape_latex(name)}}}"
