"""A table of definitions -> the located tree that the same definitions in YAML would have.

One row is one definition, a column is a field. Lines at the head that begin with `#` hold what
the head of a YAML file holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from iku_engine.catalog.cells import Row, Scanner, delimiter_of, rows_of
from iku_engine.catalog.characters import without_forbidden
from iku_engine.catalog.files import MAX_TABLE_BYTES
from iku_engine.catalog.forms import DefaultsForm, HeaderForm
from iku_engine.catalog.headings import (
    KEYED,
    LISTED,
    OF_FIGURES,
    OF_THE_RULE,
    Headings,
    Path,
    headings_of,
    keys_of,
)
from iku_engine.catalog.located import Tree
from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import (
    Entry,
    MappingNode,
    ScalarNode,
    SequenceNode,
    SourceText,
    Span,
    Style,
)
from iku_engine.catalog.table_figures import figure_in
from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.quantities import NumberFormat

MAX_ROWS = 100_000
"""The most rows of one table."""
MAX_COLUMNS = 500

_HEAD = re.compile(r"(?P<quote>\"?)#(?!#)\s*(?P<key>\w+)\s*:(?P<value>.*)")
_NUMBERS = "numbers"
_NONE = "-"
_MONEY = ("budget", "spent")


@dataclass(slots=True)
class _Table:
    """What holds for every row while a table is read."""

    section: str
    source: SourceText
    mistakes: Mistakes
    numbers: NumberFormat | None = None
    complete: bool = True


def tree_of_table(text: str, file: str, section: str, mistakes: Mistakes) -> Tree:
    """The located tree of a table; every mistake of its spelling goes to `mistakes`."""
    if len(text) > MAX_TABLE_BYTES:
        source = SourceText(file, ("",))
        message = f"a table of more than {MAX_TABLE_BYTES // 1_000_000} MB"
        mistakes.add("IKU005", message, source.location(_START), "split it into several tables")
        return Tree(None, source, complete=False)
    clean, source = without_forbidden(text, file, mistakes)
    table = _Table(section, source, mistakes)
    scanner = Scanner(clean, source)
    entries = _head(scanner, table)
    rows = _rows(scanner, table)
    if rows is None:
        table.complete = False
    else:
        key = _word(section, source)
        entries[section] = Entry(key, MappingNode(rows, _START, source))
    return Tree(MappingNode(entries, _START, source), source, table.complete)


_START = Span(0, 0, 0, 1)


def _word(text: str, source: SourceText) -> ScalarNode:
    """A word that the file does not spell, because its name or its format says it."""
    return ScalarNode(text, _START, source, Style.CELL)


def _head(scanner: Scanner, table: _Table) -> dict[str, Entry]:
    """The lines before the headings: `# owner: dinas`; what YAML nests under `defaults` too."""
    entries: dict[str, Entry] = {}
    defaults: dict[str, Entry] = {}
    while not scanner.at_end:
        line = table.source.line(scanner.line)
        if line.strip(" ,;\t") and not line.startswith(("#", '"#')):
            break
        found = _HEAD.match(line)
        if found:
            _take(found, scanner.line, table, entries, defaults)
        scanner.next_line()
    version = _word("1", table.source)
    entries.setdefault("iku", Entry(version, version))
    if defaults:
        first = next(iter(defaults.values())).key
        node = MappingNode(defaults, first.span, table.source)
        entries["defaults"] = Entry(ScalarNode("defaults", first.span, table.source), node)
    return entries


def _take(
    found: re.Match[str],
    line: int,
    table: _Table,
    entries: dict[str, Entry],
    defaults: dict[str, Entry],
) -> None:
    key = _part(found, "key", line, table)
    value = _part(found, "value", line, table)
    known = [*HeaderForm.model_fields, *DefaultsForm.model_fields, _NUMBERS]
    known.remove("defaults")
    if key.text not in known:
        message = f"{quoted(key.text)} is not a field of the head of a table"
        near = did_you_mean(key.text.lower(), known)
        advice = near or f"known: {', '.join(f'`{one}`' for one in known)}"
        table.mistakes.add("IKU101", message, key.location, f"{advice}; a remark begins with `##`")
    elif key.text == _NUMBERS:
        table.numbers = _numbers(value, table.mistakes)
    else:
        kept = defaults if key.text in DefaultsForm.model_fields else entries
        if key.text in kept:
            message = f"the key {quoted(key.text)} stands twice in the head of a table"
            table.mistakes.add("IKU003", message, key.location)
        kept.setdefault(key.text, Entry(key, value))


def _part(found: re.Match[str], name: str, line: int, table: _Table) -> ScalarNode:
    text = found[name]
    if name == "value":
        # A spreadsheet fills the line up with delimiters, and quotes it where it holds one.
        text = text.rstrip(" ,;\t")
        text = text.removesuffix('"').replace('""', '"') if found["quote"] else text
    begin = found.start(name) + len(text) - len(text.lstrip())
    text = text.strip()
    span = Span(line, begin, line, begin + len(text))
    return ScalarNode(text, span, table.source, Style.CELL if text else Style.PLAIN)


def _numbers(value: ScalarNode, mistakes: Mistakes) -> NumberFormat | None:
    try:
        return NumberFormat(value.text)
    except ValueError:
        message = f"`numbers` of the table is `id` or `en`, not {quoted(value.text)}"
        mistakes.add("IKU103", message, value.location, "`id` is 1.234,5 and `en` is 1,234.5")
        return None


def _rows(scanner: Scanner, table: _Table) -> dict[str, Entry] | None:
    """The definitions by identifier; None where nothing can be read."""
    heading = table.source.line(scanner.line) if not scanner.at_end else ""
    rows = rows_of(scanner, delimiter_of(heading), table.mistakes)
    first = next(rows, None)
    if first is None:
        message = "the table is empty"
        location = table.source.location(_START)
        table.mistakes.add("IKU102", message, location, "its first row names the columns")
        return None
    if len(first.cells) > MAX_COLUMNS:
        message = f"a table of more than {MAX_COLUMNS} columns"
        table.mistakes.add("IKU005", message, first.cells[0].location)
        return None
    headings = headings_of(first.cells, table.section, table.mistakes) if first.whole else None
    if headings is None:
        return None
    found: dict[str, Entry] = {}
    for number, row in enumerate(rows):
        if number == MAX_ROWS:
            message = f"a table of more than {MAX_ROWS:,} rows"
            location = table.source.location(Span(row.line, 0, row.line, 1))
            table.mistakes.add("IKU005", message, location, "split it into several tables")
            table.complete = False
            break
        if any(cell.text for cell in row.cells) or not row.whole:
            _add(row, headings, len(first.cells), table, found)
    return found


def _add(row: Row, headings: Headings, width: int, table: _Table, found: dict[str, Entry]) -> None:
    """Take the definition of a row; one whose cells may be shifted is not used."""
    if not row.whole or _is_shifted(row, headings, width, table.mistakes):
        table.complete = False
        return
    key = row.cells[headings.id] if headings.id < len(row.cells) else row.cells[0]
    if headings.id >= len(row.cells) or not key.text:
        message = f"a row of the table of {table.section} has no `id`"
        place = next(cell for cell in row.cells if cell.text)
        table.mistakes.add("IKU102", message, place.location, "add one, or remove the row")
        return
    first = found.get(key.text)
    if first is not None:
        line = first.key.span.line + 1
        message = f"{quoted(key.text)} stands twice in the column `id`"
        advice = f"rename it, or remove one of the two: the other stands in line {line}"
        table.mistakes.add("IKU107", message, key.location, advice, key.text)
        return
    found[key.text] = Entry(key, _definition(row, headings, key, table))


def _is_shifted(row: Row, headings: Headings, width: int, mistakes: Mistakes) -> bool:
    """Whether a row holds text where there is no heading."""
    beyond = [cell for cell in row.cells[width:] if cell.text]
    nameless = [row.cells[at] for at in headings.nameless if at < len(row.cells)]
    beside = [cell for cell in nameless if cell.text]
    if beyond:
        message = f"a row has {len(row.cells)} cells under {width} headings"
        advice = "put text that holds the delimiter, such as `if(a, b, c)` or `10,5`, in quotes"
        mistakes.add("IKU002", message, beyond[0].location, advice)
    elif beside:
        message = f"{quoted(beside[0].text)} stands in a column without a heading"
        mistakes.add("IKU101", message, beside[0].location, "name the column, or empty the cell")
    return bool(beyond or beside)


def _definition(row: Row, headings: Headings, key: ScalarNode, table: _Table) -> MappingNode:
    entries: dict[str, Entry] = {}
    for column in headings.columns:
        if column.position >= len(row.cells) or not row.cells[column.position].text:
            continue
        cell = row.cells[column.position]
        path = column.path
        if path == ("unit",) and cell.text == _NONE:
            cell = replace(cell, text="")
        if path[0] in LISTED:
            entries[path[0]] = Entry(column.key, _items(cell))
        elif path[0] not in KEYED:
            entries[path[0]] = Entry(column.key, cell)
        elif len(path) > 1:
            _set(entries, path, Entry(column.key, cell), table)
        elif path[0] == "rating" and ":" not in cell.text:
            _set(entries, ("rating", "scale"), Entry(column.key, cell), table)
        elif path[0] in _MONEY and ":" not in cell.text:
            figure = figure_in(cell, table.numbers, table.mistakes)
            entries[path[0]] = Entry(column.key, figure)
        else:
            for pair, entry in _pairs(path[0], cell, key.text, table.mistakes):
                _set(entries, pair, entry, table)
    return MappingNode(entries, key.span, table.source)


def _items(cell: ScalarNode) -> SequenceNode:
    """The items of a list that stands in one cell, parted by `;` or line ends."""
    items = [
        replace(cell, text=text) for part in re.split(r"[;\n]", cell.text) if (text := part.strip())
    ]
    return SequenceNode(tuple(items), cell.span, cell.source)


def _pairs(field: str, cell: ScalarNode, id_: str, mistakes: Mistakes) -> list[tuple[Path, Entry]]:
    """The values of a cell `2018: 10; 2019: 12`, each with its place."""
    found = []
    located = cell.located
    for match in re.finditer(r"[^;\n]+", cell.text):
        if mistakes.overflowed:
            break
        written, colon, value = match[0].partition(":")
        if not match[0].strip():
            continue
        if not colon or not written.strip():
            message = f"{quoted(match[0].strip())} of `{field}` is not `KEY: value`"
            advice = "write `2018: 10; 2019: 12`" if field == "targets" else "write `KEY: value`"
            mistakes.add("IKU103", message, cell.location, advice, id_)
            continue
        text = value.strip()
        begin = match.start() + len(written) + 1 + len(value) - len(value.lstrip())
        place = located.at(begin, begin + len(text))
        line, column = place.line - 1, place.column - 1
        span = Span(line, column, line, column + place.length)
        style = Style.CELL if text else Style.PLAIN
        node = ScalarNode(text, span, cell.source, style)
        path = (field, *keys_of(field, written.strip()))
        found.append((path, Entry(replace(node, text=path[-1]), node)))
    return found


def _set(entries: dict[str, Entry], path: Path, entry: Entry, table: _Table) -> None:
    """Put a value of a field that is a mapping where its path says, once."""
    key, value = entry
    assert isinstance(value, ScalarNode)
    if path[0] in OF_FIGURES and path[1] not in OF_THE_RULE:
        value = figure_in(value, table.numbers, table.mistakes)
    for name in path[:-1]:
        if name not in entries:
            above = ScalarNode(name, value.span, value.source, Style.CELL)
            entries[name] = Entry(above, MappingNode({}, value.span, value.source))
        below = entries[name].value
        if not isinstance(below, MappingNode):
            return _report_repeated(path, value, table.mistakes)
        entries = below.entries
    if path[-1] in entries:
        return _report_repeated(path, value, table.mistakes)
    entries[path[-1]] = Entry(key, value)
    return None


def _report_repeated(path: Path, value: ScalarNode, mistakes: Mistakes) -> None:
    message = f"{quoted(' '.join(path))} stands twice in one row"
    mistakes.add("IKU003", message, value.location, "keep one of them")
