"""Located tree -> form: pydantic's findings in our words, each at the key or value it is about.

A field that is wrong is left out and the rest of the definition is read without it, so that one
mistake costs one figure and not its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import MappingNode, Node, Plain, ScalarNode, SequenceNode, kind_of
from iku_engine.catalog.nodes import to_plain as plain_tree
from iku_engine.diagnostics import Location, did_you_mean, quoted

_Form = TypeVar("_Form", bound=BaseModel)
_Path: TypeAlias = tuple[str | int, ...]

_MOST_ROUNDS = 8
_KEY = "[key]"
_WANTED = {
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "list_type": "a list",
    "string_type": "text",
}


@dataclass(frozen=True, slots=True)
class Definition:
    """One mapping to be read: what it is called in a sentence, and where its key stands."""

    what: str  # "the indicator `umkm`"
    node: MappingNode
    key: Location
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Shaped(Generic[_Form]):
    """The form without what is wrong, None where nothing usable is left.

    `faulty` names the fields of the definition in which a mistake was found.
    """

    form: _Form | None
    faulty: frozenset[str]
    only_unknown: bool = True


def shaped(form: type[_Form], definition: Definition, mistakes: Mistakes) -> Shaped[_Form]:
    """Read a definition as a form; each mistake of its shape is reported once."""
    plain = plain_tree(definition.node)
    faulty: set[str] = set()
    only_unknown = True
    for attempt in range(_MOST_ROUNDS):
        try:
            return Shaped(form.model_validate(plain), frozenset(faulty), only_unknown)
        except ValidationError as invalid:
            errors = invalid.errors(include_url=False, include_input=False)
        for error in errors:
            if attempt == 0:
                _report(error, form, definition, mistakes)
            only_unknown = only_unknown and error["type"] == "extra_forbidden"
            faulty.update(str(part) for part in error["loc"][:1])
        for path in {_to_remove(error, definition.node) for error in errors}:
            if not path:
                return Shaped(None, frozenset(faulty), only_unknown)
            _remove(plain, path)
    return Shaped(None, frozenset(faulty), only_unknown)


def _report(
    error: ErrorDetails, form: type[BaseModel], definition: Definition, mistakes: Mistakes
) -> None:
    path = _path_in(definition.node, error["loc"])
    node, name, key = _found(definition, path)
    subject = definition.subject
    if isinstance(node, ScalarNode) and node.spoiled:
        return
    kind = error["type"]
    if kind == "missing":
        field = str(error["loc"][-1])
        whole = _whole(definition, path)
        mistakes.add("IKU102", f"{whole} has no `{field}`", key, f"add `{field}`", subject)
    elif kind == "extra_forbidden":
        whole = _whole(definition, path[:-1])
        known = _fields_at(form, error["loc"][:-1])
        message = f"{quoted(name)} is not a field of {whole}"
        mistakes.add("IKU101", message, key, lambda: _known_fields(name, known), subject)
    elif kind in _WANTED:
        if isinstance(node, ScalarNode) and node.is_empty:
            mistakes.add("IKU102", f"{quoted(name)} is empty", node.location, "", subject)
            return
        message = f"{quoted(name)} is {kind_of(node)}, not {_WANTED[kind]}"
        mistakes.add("IKU103", message, node.location, "", subject)
    else:
        _report_leaf(error, node, name, key, definition, mistakes)


def _report_leaf(
    error: ErrorDetails,
    node: Node,
    name: str,
    key: Location,
    definition: Definition,
    mistakes: Mistakes,
) -> None:
    """What a reader of `leaves.py` refused."""
    context = error.get("ctx", {})
    message, advice = str(context.get("message", error["msg"])), str(context.get("help", ""))
    code = error["type"] if error["type"].startswith("IKU") else "IKU103"
    if message.startswith("is "):
        message = f"{quoted(name)} of {definition.what} {message}"
    if message.endswith("is empty") and name == "unit":
        advice = 'write `unit: ""` where there is none'
    location = key if error["loc"][-1:] == (_KEY,) else node.location
    mistakes.add(code, message, location, advice, definition.subject)


def _whole(definition: Definition, path: _Path) -> str:
    """What a sentence calls the mapping at a path."""
    names = [part for part in path if isinstance(part, str)]
    return f"{quoted(names[-1])} of {definition.what}" if names else definition.what


def _found(definition: Definition, path: _Path) -> tuple[Node, str, Location]:
    """The node at a path, the key it is called by, and where that key stands."""
    node: Node = definition.node
    name, key = definition.what, definition.key
    for part in path:
        if isinstance(node, MappingNode):
            entry = node.entries[str(part)]
            node, name, key = entry.value, entry.key.text, entry.key.location
        elif isinstance(node, SequenceNode):
            node = node.items[int(part)]
            key = node.location
    return node, name, key


def _path_in(root: Node, loc: Sequence[str | int]) -> _Path:
    """The part of pydantic's path that exists in the tree: without tags and missing fields."""
    node = root
    path: list[str | int] = []
    for part in loc:
        if isinstance(node, MappingNode) and isinstance(part, str) and part in node.entries:
            node = node.entries[part].value
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            continue
        path.append(part)
    return tuple(path)


def _to_remove(error: ErrorDetails, root: MappingNode) -> _Path:
    """What to leave out so that the rest can be read; empty for all of it."""
    path = _path_in(root, error["loc"])
    if error["type"] == "missing" and path and path[-1] == error["loc"][-1]:
        path = path[:-1]  # it stands in the file and was left out in an earlier round
    # A list without one of its items would say something else: it goes as a whole.
    items = [number for number, part in enumerate(path) if isinstance(part, int)]
    return path[: items[0]] if items else path


def _remove(plain: Plain, path: _Path) -> None:
    target: Plain = plain
    for part in path[:-1]:
        target = target.get(str(part)) if isinstance(target, dict) else None
    if isinstance(target, dict):
        target.pop(str(path[-1]), None)


def _known_fields(word: str, known: Mapping[str, object]) -> str:
    return did_you_mean(word, known) or f"known: {', '.join(f'`{field}`' for field in known)}"


def _fields_at(form: type[BaseModel], loc: Sequence[str | int]) -> Mapping[str, object]:
    """The fields of the form at pydantic's path inside a form."""
    for part in loc:
        field = form.model_fields.get(str(part))
        if field is not None:
            form = _form_in(field.annotation) or form
    return form.model_fields


def _form_in(annotation: object) -> type[BaseModel] | None:
    """The form an annotation such as `list[BandForm] | None` speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _form_in(argument)
        if found is not None:
            return found
    return None
