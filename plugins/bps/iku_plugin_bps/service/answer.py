"""What the service answers with (its documented `model=data`), as plain records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from iku_engine.diagnostics import quoted
from iku_plugin_bps.service.asked import Asked
from iku_plugin_bps.service.codes import ServiceError
from iku_plugin_bps.service.labels import cleaned
from iku_plugin_bps.service.strict_json import Json, Numeral, read_json

_LONGEST_ID = 20
_MOST_ENTRIES = 100_000
_ONLY = (("0", ""),)  # what a list holds that parts nothing


class Item(NamedTuple):
    """One entry of a list of the service: the id that keys are built from, and its label."""

    id: str
    label: str


class How(StrEnum):
    """How a figure stands in an answer."""

    NUMBER = "n"
    TEXT = "t"
    NOTHING = "-"
    OTHER = "x"  # a truth, a list: no figure at all


class Given(NamedTuple):
    """A figure of an answer as it stands there, before it is read."""

    how: How
    text: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The lists that keys are built from, and the figures by key.

    `updated` is when the office says it changed them; it is no part of the digest, so that the
    same figures have the same one.
    """

    var: tuple[Item, ...]
    unit: str
    vervar: tuple[Item, ...]
    turvar: tuple[Item, ...]
    tahun: tuple[Item, ...]
    turtahun: tuple[Item, ...]
    figures: Mapping[str, Given]
    updated: str = ""

    @property
    def sha256(self) -> str:
        """The digest of everything that figures are made from."""
        return hashlib.sha256(json.dumps(self.as_plain(), sort_keys=True).encode()).hexdigest()

    def as_plain(self) -> dict[str, Json]:
        """The same as plain JSON, which `from_plain` reads back."""
        lists = {name: getattr(self, name) for name in _LISTS}
        return {
            "unit": self.unit,
            "figures": {key: [how.value, text] for key, (how, text) in self.figures.items()},
            **{name: [[item.id, item.label] for item in items] for name, items in lists.items()},
        }


_LISTS = ("var", "vervar", "turvar", "tahun", "turtahun")


def read_answer(content: bytes, asked: Asked) -> Answer:
    """The answer that bytes hold; `ServiceError` where there are no figures in it, and why."""
    answer = read_json(content)
    if not isinstance(answer, dict):
        raise _unusable("is no object")
    _check_status(answer, asked)
    lists = {name: _items(answer, name) for name in _LISTS}
    if not lists["vervar"] or not lists["tahun"] or not lists["var"]:
        raise _unusable("lists no variable, rows or years")
    found = Answer(
        unit=_unit(answer, asked),
        figures=_figures(answer.get("datacontent")),
        updated=_text(answer.get("last_update")),
        **lists,
    )
    _check_asked(found, asked)
    return found


def from_plain(plain: Json, updated: str) -> Answer:
    """An answer as `as_plain` gave it; any of the usual errors where it is not one."""
    if not isinstance(plain, dict):
        raise TypeError
    figures = plain["figures"]
    if not isinstance(figures, dict):
        raise TypeError
    lists = {name: tuple(Item(*_two(pair)) for pair in _list(plain[name])) for name in _LISTS}
    given = {}
    for key, pair in figures.items():
        how, text = _two(pair)
        given[key] = Given(How(how), text)
    return Answer(unit=_text(plain["unit"]), figures=given, updated=updated, **lists)


def _check_status(answer: dict[str, Json], asked: Asked) -> None:
    availability = _text(answer.get("data-availability")).casefold()
    if availability in ("not-available", "list-not-available"):
        message = f"the statistics office has no figures for `{asked.shown}`"
        raise ServiceError("BPS104", message, "check domain, variable and years")
    if _text(answer.get("status")).casefold() != "ok":
        message = f"the service refuses `{asked.shown}`"
        raise ServiceError("BPS103", message, "check the key that is configured")
    if availability not in ("available", ""):
        raise _unusable("says neither that there are figures nor that there are none")
    data = answer.get("data")
    first = data[0] if isinstance(data, list) and data else None
    for said in (answer, first):
        if isinstance(said, dict) and _text(said.get("pages", "1")) not in ("", "0", "1"):
            raise _unusable("is one page of several, so it is not whole")
    if "datacontent" not in answer:
        raise _unusable("has no figures in it (`datacontent`)")


def _items(answer: dict[str, Json], name: str) -> tuple[Item, ...]:
    """A list of the answer; one that parts nothing may be left out."""
    if name in ("turvar", "turtahun") and not answer.get(name):
        return tuple(Item(*pair) for pair in _ONLY)
    listed = answer.get(name)
    if not isinstance(listed, list) or len(listed) > _MOST_ENTRIES:
        raise _unusable(f"has no list `{name}`")
    items: dict[Item, None] = {}
    for entry in listed:
        value = entry.get("val") if isinstance(entry, dict) else None
        if not isinstance(value, str) or not _is_id(value):
            raise _unusable(f"has an entry without a number in the list `{name}`")
        assert isinstance(entry, dict)
        items[Item(str(value), _text(entry.get("label")))] = None
    return tuple(items)


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID


def _unit(answer: dict[str, Json], asked: Asked) -> str:
    """The unit of the variable asked for."""
    listed = answer.get("var")
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict) and entry.get("val") == asked.var:
            return cleaned(_text(entry.get("unit")))
    return ""


def _figures(content: Json) -> dict[str, Given]:
    if content == []:  # how the service writes an object without anything in it
        return {}
    if not isinstance(content, dict):
        raise _unusable("has no figures by key (`datacontent`)")
    return {key: _given(value) for key, value in content.items()}


def _given(value: Json) -> Given:
    if isinstance(value, Numeral):
        return Given(How.NUMBER, str(value))
    if isinstance(value, str):
        return Given(How.TEXT, value)
    return Given(How.NOTHING if value is None else How.OTHER)


def _check_asked(answer: Answer, asked: Asked) -> None:
    """Refuse an answer to another question: its figures would be taken for those asked for."""
    wanted = (("variable", answer.var, asked.var), ("year", answer.tahun, asked.th))
    for what, items, id_ in wanted:
        if id_ and id_ not in {item.id for item in items}:
            ids = ", ".join(quoted(item.id) for item in items[:3])
            raise _unusable(f"is for the {what} {ids}, and `{id_}` was asked for")


def _text(value: Json) -> str:
    return str(value) if isinstance(value, str) else ""


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _two(value: Json) -> tuple[str, str]:
    first, second = _list(value)
    if not isinstance(first, str) or not isinstance(second, str):
        raise TypeError
    return str(first), str(second)


def _unusable(what: str) -> ServiceError:
    return ServiceError("BPS105", f"the service's answer {what}")
