"""The headings of a table of definitions: which field of a definition each column holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from iku_engine.catalog.forms import (
    Form,
    IndicatorForm,
    OwnerForm,
    PlanNodeForm,
    RatingForm,
    VariableForm,
)
from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import ScalarNode
from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.periods import Period

Path: TypeAlias = tuple[str, ...]
"""Where a value stands in a definition: `("targets", "2018")`."""

FORMS: Mapping[str, type[Form]] = {
    "indicators": IndicatorForm,
    "variables": VariableForm,
    "owners": OwnerForm,
    "plan": PlanNodeForm,
}
KEYED = ("targets", "where", "rating", "budget", "spent", "accept")
"""Fields that are mappings: a column for one of their keys, or `KEY: value; KEY: value`."""

OF_FIGURES = ("targets", "budget", "spent")
"""Those of them whose values are figures by period."""

LISTED = ("functions",)
"""Fields that are lists: their items stand in one cell, parted by `;`."""

ALONE = {"rating": ("rating", "scale")}
"""What a cell without a key says of a field that is a mapping."""

OF_THE_RULE = ("rule", "round")
"""What stands in targets besides figures of periods."""

_ID = "id"
_TARGETS = ("target_", "targets_", "target ")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its position in a row, the field its cells hold, and that field as a key."""

    position: int
    path: Path
    key: ScalarNode


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a table; `id` is the position of the identifiers."""

    id: int
    columns: tuple[Column, ...]
    nameless: frozenset[int]


def headings_of(cells: list[ScalarNode], section: str, mistakes: Mistakes) -> Headings | None:
    """The columns by their headings, each wrong one told once; None without a column `id`."""
    columns: list[Column] = []
    seen: dict[Path, ScalarNode] = {}
    for position, cell in enumerate(cells):
        if not cell.text:
            continue
        path = path_of(cell.text)
        if path in seen:
            message = f"the column {quoted(cell.text)} stands twice"
            mistakes.add("IKU003", message, cell.location, "remove one of them, or rename it")
        elif _is_known(path, cell, section, mistakes):
            seen[path] = cell
            columns.append(Column(position, path, replace(cell, text=path[-1])))
    ids = [column.position for column in columns if column.path == (_ID,)]
    if not ids:
        message = "the table has no column `id`"
        advice = "its first row names the columns; `id` holds the identifiers"
        mistakes.add("IKU102", message, cells[0].location, advice)
        return None
    nameless = frozenset(position for position, cell in enumerate(cells) if not cell.text)
    return Headings(ids[0], tuple(one for one in columns if one.path != (_ID,)), nameless)


def path_of(heading: str) -> Path:
    """The field a heading names: `target 2018`, `targets_2018`, `where nama kolom`, `unit`."""
    for beginning in _TARGETS:
        if heading.startswith(beginning):
            heading = f"targets {heading.removeprefix(beginning)}"
            break
    for field in ("budget", "spent"):
        if heading.startswith(f"{field}_"):
            heading = f"{field} {heading.removeprefix(f'{field}_')}"
    field, _, key = heading.partition(" ")
    return (field, *keys_of(field, key.strip())) if field in KEYED and key.strip() else (heading,)


def keys_of(field: str, key: str) -> Path:
    """A key of a field that is a mapping; `start 2018` of targets leads into its `start`."""
    first, _, rest = key.partition(" ")
    return (first, rest.strip()) if field == "targets" and first == "start" and rest else (key,)


def _is_known(path: Path, cell: ScalarNode, section: str, mistakes: Mistakes) -> bool:
    known: list[str] = [_ID, *FORMS[section].model_fields]
    if path[0] not in known:
        return _refuse_heading(cell, section, known, mistakes)
    if len(path) == 1:
        return True
    if path[0] == "rating" and path[1] not in RatingForm.model_fields:
        words = [f"rating {name}" for name in RatingForm.model_fields]
        return _refuse_heading(cell, section, words, mistakes)
    return path[0] not in OF_FIGURES or _is_period(path, cell, mistakes)


def _refuse_heading(cell: ScalarNode, section: str, known: list[str], mistakes: Mistakes) -> bool:
    def advice() -> str:
        near = did_you_mean(cell.text.lower(), known)
        return near or f"known: {', '.join(f'`{name}`' for name in known)}"

    message = f"{quoted(cell.text)} is not a column of a table of {section}"
    mistakes.add("IKU101", message, cell.location, advice)
    return False


def _is_period(path: Path, cell: ScalarNode, mistakes: Mistakes) -> bool:
    """Whether a heading names a part of the rule or a period."""
    if path[0] == "targets" and path[1] in OF_THE_RULE:
        return True
    try:
        Period.parse(path[-1])
    except ValueError as problem:
        message = f"the column {quoted(cell.text)} names no period"
        mistakes.add("IKU105", message, cell.location, f"{problem}, as in `{path[0]} 2018`")
        return False
    return True
