"""Statements that read: columns of one table or of a chain of steps, grouped and ordered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlglot import exp

from iku_engine.language.sql.dialects import Dialect
from iku_engine.language.sql.expressions import Sql

Columns: TypeAlias = Sequence[tuple[str, Sql]]
"""Pairs of a name and what stands under it."""

_MOST_INLINE = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One `SELECT` from a table, given by the parts of its name, or from the step of that name."""

    columns: Columns
    table: Sequence[str]
    everything: bool = False
    where: Sql | None = None
    group: Sequence[Sql] = ()
    having: Sql | None = None
    order: Sequence[Sql] = ()
    limit: int | None = None
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A last step, and those before it by name, each reading the one before or a table."""

    last: Step
    before: Sequence[tuple[str, Step]] = field(default=())


def printed(statement: Statement, dialect: Dialect) -> str:
    """A statement as text, a clause a line.

    A long chain of steps is made one by one: databases would otherwise put one expression into
    the other over and over, and take minutes to plan what takes a second to run.
    """
    tree = _select(statement.last)
    deep = len(statement.before) > _MOST_INLINE
    for name, step in statement.before:
        table = exp.CTE(
            this=_select(step), alias=exp.TableAlias(this=_named(name)), materialized=deep or None
        )
        clause = tree.args.get("with_")
        if clause is None:
            tree.set("with_", exp.With(expressions=[table]))
        else:
            clause.append("expressions", table)
    return tree.sql(dialect=dialect.name, pretty=True, comments=False)


def rows() -> Sql:
    """How many rows there are."""
    return exp.Count(this=exp.Star())


def how_many(condition: Sql) -> Sql:
    """For how many rows a condition holds; NULL for no rows."""
    one, none = exp.Literal.number("1"), exp.Literal.number("0")
    return exp.Sum(this=exp.Case(ifs=[exp.If(this=condition, true=one)], default=none))


def total(operand: Sql) -> Sql:
    """The sum of those that are known."""
    return exp.Sum(this=operand)


def least(operand: Sql) -> Sql:
    """The smallest of those that are known."""
    return exp.Min(this=operand)


def largest(operand: Sql) -> Sql:
    """The largest of those that are known."""
    return exp.Max(this=operand)


def position(within: Sequence[Sql], order: Sequence[Sql], dialect: Dialect) -> Sql:
    """The number of a row within those that have some expressions in common, from 1."""
    first = dialect.nulls_first  # said as the database has it anyway
    listed = [exp.Ordered(this=one, nulls_first=first) for one in order]
    window = exp.Window(this=exp.RowNumber())
    if listed:
        window.set("order", exp.Order(expressions=listed))
    if within:
        window.set("partition_by", list(within))
    return window


def _select(step: Step) -> exp.Select:
    listed: list[exp.Expression] = [exp.Star()] if step.everything else []
    listed += [exp.Alias(this=one, alias=_named(name)) for name, one in step.columns]
    tree = exp.Select(expressions=listed)
    tree.set("from_", exp.From(this=_table(step.table)))
    if step.where is not None:
        tree.set("where", exp.Where(this=step.where))
    if step.group:
        tree.set("group", exp.Group(expressions=list(step.group)))
    if step.having is not None:
        tree.set("having", exp.Having(this=step.having))
    if step.order:
        tree.set("order", exp.Order(expressions=[exp.Ordered(this=one) for one in step.order]))
    if step.limit is not None:
        tree.set("limit", exp.Limit(expression=exp.Literal.number(str(step.limit))))
    if step.distinct:
        tree.set("distinct", exp.Distinct())
    return tree


def _table(parts: Sequence[str]) -> exp.Table:
    names = [_named(part) for part in parts]
    schema = names[-2] if len(names) > 1 else None
    catalog = names[-3] if len(names) > 2 else None
    return exp.Table(this=names[-1], db=schema, catalog=catalog)


def _named(name: str) -> exp.Identifier:
    return exp.Identifier(this=name, quoted=True)
