"""Cells of a relation as expressions: what the reader of records makes of each, said in SQL.

Whatever the reader would refuse, mark or read in another way than said here is looked for before
(`iku_engine.sources.survey`); a table that has such a cell is read row by row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from iku_engine.language.sql import expressions as sql
from iku_engine.language.sql.dialects import LARGEST_NARROW, Declined, Dialect
from iku_engine.language.sql.expressions import Sql
from iku_engine.language.sql.numbers import Whole
from iku_engine.quantities import NumberFormat
from iku_engine.sources.relations import ColumnKind, RelationColumn

BLANKS = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680))) + "".join(
    map(chr, (*range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)
"""What Python strips from a text, sign by sign: databases strip only the blank by themselves."""

_ESCAPED = ("=", "+", "-", "@", "\t", "\r")
_FOLDED = {"k": ("k", "\u212a"), "s": ("s", "\u017f")}
_LIGATURES = ("ss", "ff", "fi", "fl", "st")
_FEW_MARKS = 32
_MOST_MARKS = 256
MOST_DIGITS = 36
_SEPARATORS = {NumberFormat.ID: (".", ","), NumberFormat.EN: (",", ".")}


@dataclass(frozen=True, slots=True)
class NumberCell:
    """How a column gives whole numbers: all its figures times 10 to the power of `scale`."""

    column: RelationColumn
    scale: int = 0
    blanks: str = BLANKS
    low: int = 0
    high: int = 0

    @property
    def wide(self) -> bool:
        return max(abs(self.low), abs(self.high)) > LARGEST_NARROW


@dataclass(frozen=True, slots=True)
class TextCell:
    """How a column gives texts: which blanks any has around it, whether any is a missing mark."""

    column: RelationColumn
    blanks: str = BLANKS
    marks: bool = True


@dataclass(frozen=True, slots=True)
class TextReading:
    """How texts are read: the marks that stand for a missing one, the format of figures.

    Where there are few ways to write the marks they are all there; otherwise, with `lowered`,
    those in small letters.
    """

    missing: tuple[str, ...]
    numbers: NumberFormat
    lowered: bool = False


def text_reading(marks: Iterable[str], numbers: NumberFormat) -> TextReading:
    """The texts that a database holds for missing.

    `Declined` for marks of which other signs than `A` to `Z` make the same word.
    """
    folded = [mark.strip().casefold() for mark in marks]
    for mark in folded:
        cased = any(ord(s) > 127 and (s.lower() != s or s.upper() != s) for s in mark)
        if cased or any(pair in mark for pair in _LIGATURES):
            raise Declined("missing_marks")
    small = _written(folded, capitals=False)
    if len(small) > _MOST_MARKS:
        raise Declined("missing_marks")
    every = _written(folded, capitals=True)
    if len(every) > _FEW_MARKS:
        return TextReading(small, numbers, lowered=True)
    return TextReading(every, numbers)


def _written(marks: Iterable[str], *, capitals: bool) -> tuple[str, ...]:
    """The ways to write some marks, one more than too many at the most."""
    found: dict[str, None] = {"": None}
    for mark in marks:
        ways = [
            (*_FOLDED.get(sign, (sign,)), *([sign.upper()] if capitals and sign.isascii() else []))
            for sign in mark
        ]
        for each in product(*map(dict.fromkeys, ways)):
            found["".join(each)] = None
            if len(found) > _MOST_MARKS:
                break
    return tuple(found)


def raw(column: RelationColumn) -> Sql:
    """The column as it is."""
    return sql.column(column.name)


def word(cell: TextCell, dialect: Dialect) -> Sql:
    """The text of a cell without blanks around it; NULL stays NULL."""
    found = as_text(cell.column, dialect)
    return sql.sign_by_sign(sql.trimmed(found, cell.blanks) if cell.blanks else found, dialect)


def as_text(column: RelationColumn, dialect: Dialect) -> Sql:
    """The cell as a text."""
    if column.kind is not ColumnKind.TEXT or column.varies:
        return sql.cast(raw(column), dialect.text)
    return raw(column)


def has_around(cell: Sql, signs: str, dialect: Dialect) -> Sql:
    """Whether a text begins or ends with one of some signs; unknown for NULL."""
    one, last = sql.whole(1, dialect), sql.call("LENGTH", cell)
    ends = [sql.call("SUBSTR", cell, at, one) for at in (one, last)]
    return sql.either([sql.one_of(end, list(signs)) for end in ends])


def is_missing(cell: Sql, reading: TextReading, dialect: Dialect) -> Sql:
    """Whether a text stands for a missing one; unknown for NULL."""
    if not reading.lowered:
        return sql.one_of(cell, reading.missing)
    longest = max(map(len, reading.missing))  # a longer text need not be made small
    short = sql.compared("<=", sql.call("LENGTH", cell), sql.whole(longest, dialect))
    marked = sql.one_of(sql.lowered(cell, dialect), reading.missing)
    return sql.choice([(short, marked), (sql.opposite(short), sql.opposite(sql.true()))])


def text_cell(cell: TextCell, reading: TextReading, dialect: Dialect) -> Sql:
    """The text of a cell, NULL where it is missing."""
    found = word(cell, dialect)
    if not cell.marks:
        return found
    return sql.choice([(sql.opposite(is_missing(found, reading, dialect)), found)])


def is_peculiar(cell: Sql, dialect: Dialect) -> Sql:
    """Whether a text is one that our own writers escaped, which the reader would undo."""
    first = sql.call("SUBSTR", cell, sql.whole(1, dialect), sql.whole(1, dialect))
    second = sql.call("SUBSTR", cell, sql.whole(2, dialect), sql.whole(1, dialect))
    quoted = sql.compared("=", first, sql.text("'"))
    return sql.both([quoted, sql.one_of(second, _ESCAPED)])


def figure_pattern(numbers: NumberFormat) -> str:
    """What a figure of the format looks like, for databases that know patterns."""
    group, mark = _SEPARATORS[numbers]
    return rf"[+-]?([0-9]{{1,3}}([{group}][0-9]{{3}})+|[0-9]+)([{mark}][0-9]+)?"


def number_parts(cell: Sql, numbers: NumberFormat, dialect: Dialect) -> tuple[Sql, Sql]:
    """The whole part with its sign, and the decimals, of the text of a figure."""
    group, mark = _SEPARATORS[numbers]
    bare = sql.call("REPLACE", cell, sql.text(group), sql.text(""))
    bare = sql.call("REPLACE", bare, sql.text("+"), sql.text(""))
    parts = [sql.call("SPLIT_PART", bare, sql.text(mark), sql.whole(n, dialect)) for n in (1, 2)]
    return parts[0], parts[1]


def number_cell(cell: NumberCell, reading: TextReading, dialect: Dialect) -> Whole:
    """The whole number of a cell, NULL where it is missing."""
    kind = dialect.wide if cell.wide else dialect.narrow
    column = raw(cell.column)
    match cell.column.kind:
        case ColumnKind.TEXT:
            made = _of_text(cell, reading, dialect, kind)
        case ColumnKind.WHOLE if cell.column.varies:
            made = column  # of SQLite, where a cell is what it is; looked at before
        case ColumnKind.WHOLE:
            made = sql.cast(column, kind)
        case _:
            made = _of_decimal(cell, dialect, kind)
    return Whole(made, cell.low, cell.high, 3, False, cell.wide)


def _of_text(cell: NumberCell, reading: TextReading, dialect: Dialect, kind: str) -> Sql:
    text = word(TextCell(cell.column, cell.blanks), dialect)
    whole, decimals = number_parts(text, reading.numbers, dialect)
    scale = sql.whole(cell.scale, dialect)
    digits = sql.call("CONCAT", whole, sql.call("RPAD", decimals, scale, sql.text("0")))
    given = sql.opposite(is_missing(text, reading, dialect))
    return sql.choice([(given, sql.cast(digits, kind))])


def _of_decimal(cell: NumberCell, dialect: Dialect, kind: str) -> Sql:
    """The figure times its scale; as digits without the point where that may be too long."""
    column, digits = raw(cell.column), cell.column.digits
    if dialect.name == "duckdb" and (digits is None or digits + cell.scale >= MOST_DIGITS):
        bare = sql.call("REPLACE", sql.cast(column, dialect.text), sql.text("."), sql.text(""))
        return sql.cast(bare, kind)
    times = sql.arithmetic("*", column, sql.whole(10**cell.scale, dialect))
    if cell.wide and dialect.name == "postgres":
        return times  # a numeric is whole already, and may have any number of digits
    return sql.cast(times, kind)


def grouped(cell: Sql, column: RelationColumn, dialect: Dialect) -> Sql:
    """A cell of a column to group by: sign by sign where it is a text."""
    return sql.sign_by_sign(cell, dialect) if column.kind is ColumnKind.TEXT else cell
