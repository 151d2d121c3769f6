"""Expressions of SQL, built as trees and never as text.

sqlglot prints a tree as it stands and adds no parentheses, so that every compound made here is
wrapped in its own. Names are always quoted; figures and texts of a formula are typed literals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from sqlglot import exp

from iku_engine.language.sql.dialects import LARGEST_NARROW, Declined, Dialect

Sql: TypeAlias = exp.Expression

_COMPARISONS: dict[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
_ARITHMETIC: dict[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul}


def column(name: str, table: str = "") -> Sql:
    """A column by its name, whatever signs that has."""
    return exp.Column(this=_named(name), table=_named(table) if table else None)


def text(value: str) -> Sql:
    """A text literal. `Declined` for signs that databases cut a text at, or cannot hold."""
    if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Declined("odd_sign")
    return exp.Literal.string(value)


def whole(value: int, dialect: Dialect) -> Sql:
    """A whole number as a literal of a type that holds it."""
    size: Sql = exp.Literal.number(str(abs(value)))
    if abs(value) > LARGEST_NARROW:
        size = cast(exp.Literal.string(str(abs(value))), dialect.wide)
    return exp.Paren(this=exp.Neg(this=size)) if value < 0 else size


def null() -> Sql:
    """No value: what is not known."""
    return exp.Null()


def true() -> Sql:
    """What holds always."""
    return exp.Paren(this=exp.EQ(this=exp.Literal.number("1"), expression=exp.Literal.number("1")))


def arithmetic(operator: str, left: Sql, right: Sql) -> Sql:
    """A sum, difference or product."""
    return exp.Paren(this=_ARITHMETIC[operator](this=left, expression=right))


def negative(operand: Sql) -> Sql:
    """The number with the other sign."""
    return exp.Paren(this=exp.Neg(this=operand))


def whole_quotient(above: Sql, below: Sql, dialect: Dialect) -> Sql:
    """How often one whole number above or at 0 goes into another; a divisor of 0 gives none."""
    divisor = exp.Nullif(this=below, expression=exp.Literal.number("0"))
    if dialect.name == "sqlite":  # `/` of whole numbers is whole there; sqlglot goes by floats
        division = exp.Div(this=above, expression=divisor, typed=True, safe=True)
        return exp.Paren(this=division)
    return exp.Paren(this=exp.IntDiv(this=above, expression=divisor))


def compared(operator: str, left: Sql, right: Sql) -> Sql:
    """A comparison; unknown where a side is."""
    return exp.Paren(this=_COMPARISONS[operator](this=left, expression=right))


def both(conditions: Sequence[Sql]) -> Sql:
    """Kleene's `and` of one condition or more, which SQL's is."""
    return _joined(exp.And, conditions)


def either(conditions: Sequence[Sql]) -> Sql:
    """Kleene's `or` of one condition or more, which SQL's is."""
    return _joined(exp.Or, conditions)


def opposite(condition: Sql) -> Sql:
    """`not`; unknown stays unknown."""
    return exp.Paren(this=exp.Not(this=_wrapped(condition)))


def is_unknown(operand: Sql) -> Sql:
    """Whether there is no value."""
    return exp.Paren(this=exp.Is(this=_wrapped(operand), expression=exp.Null()))


def is_known(operand: Sql) -> Sql:
    """Whether there is a value."""
    return exp.Paren(this=exp.Not(this=is_unknown(operand)))


def one_of(operand: Sql, texts: Sequence[str]) -> Sql:
    """Whether a text is one of these."""
    listed = [text(each) for each in texts]
    return exp.Paren(this=exp.In(this=operand, expressions=listed))


def choice(branches: Sequence[tuple[Sql, Sql]], otherwise: Sql | None = None) -> Sql:
    """The value of the first condition that holds; without `otherwise` else no value."""
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Paren(this=exp.Case(ifs=ifs, default=otherwise))


def cast(operand: Sql, kind: str) -> Sql:
    """The operand as another type."""
    return exp.Cast(this=operand, to=exp.DataType.build(kind))


def call(function: str, *arguments: Sql) -> Sql:
    """A function of the database that all of those concerned call the same."""
    return exp.Anonymous(this=function, expressions=list(arguments))


def size_of(operand: Sql) -> Sql:
    """The number without its sign."""
    return exp.Abs(this=operand)


def trimmed(operand: Sql, signs: str) -> Sql:
    """A text without these signs around it."""
    return exp.Trim(this=operand, expression=text(signs))


def sign_by_sign(operand: Sql, dialect: Dialect) -> Sql:
    """A text that compares and sorts by its signs, whatever the column declares."""
    return collated(operand, dialect.collation)


def collated(operand: Sql, collation: str) -> Sql:
    """A text that compares and sorts by a collation; without one as it is."""
    if not collation:
        return operand
    return exp.Paren(this=exp.Collate(this=operand, expression=_named(collation)))


def lowered(operand: Sql, dialect: Dialect) -> Sql:
    """A text with the capitals A to Z made small, and no other sign changed."""
    if dialect.lower_is_ascii:
        return call("LOWER", operand)
    capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return call("TRANSLATE", operand, text(capitals), text(capitals.lower()))


def matches(operand: Sql, pattern: str, dialect: Dialect) -> Sql:
    """Whether a text is wholly of a pattern; only where the database has patterns."""
    if dialect.name == "duckdb":
        return call("REGEXP_FULL_MATCH", operand, text(pattern))
    anchored = text(f"^(?:{pattern})$")
    return exp.Paren(this=exp.RegexpLike(this=operand, expression=anchored))


def _wrapped(operand: Sql) -> Sql:
    """What binds as one: parentheses where the tree has none."""
    if isinstance(operand, exp.Column | exp.Literal | exp.Paren | exp.Func):
        return operand
    return exp.Paren(this=operand)


def _joined(kind: type[exp.Connector], conditions: Sequence[Sql]) -> Sql:
    """Connected as a tree of little depth: a long chain would recurse too far."""
    if len(conditions) == 1:
        return conditions[0]
    half = len(conditions) // 2
    left, right = _joined(kind, conditions[:half]), _joined(kind, conditions[half:])
    return exp.Paren(this=kind(this=left, expression=right))


def _named(name: str) -> exp.Identifier:
    return exp.Identifier(this=name, quoted=True)
