"""Figures found by keys that are built, never by keys that are taken apart.

A key is the ids of row, variable, its division, year and part of the year, one after the other
without anything between them: `7315310990` may be 7315+31+0+99+0 or 73+1531+0+99+0. So every
combination of the answer's lists is built and looked up whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple

from iku_plugin_bps.service.answer import Answer, Given, Item
from iku_plugin_bps.service.codes import ServiceError

MOST_COMBINATIONS = 2_000_000


class Entry(NamedTuple):
    """One figure with everything that its key was built from."""

    key: str
    vervar: Item
    var: Item
    turvar: Item
    tahun: Item
    turtahun: Item
    given: Given


@dataclass(frozen=True, slots=True)
class Matching:
    """The figures of an answer: those that one combination names, and the keys of the others.

    `ambiguous` keys are built by two combinations or more, `unmatched` ones by none; neither are
    used.
    """

    entries: tuple[Entry, ...]
    ambiguous: tuple[str, ...]
    unmatched: tuple[str, ...]


def matched(answer: Answer) -> Matching:
    """Each figure with the one combination of the lists that builds its key, in their order."""
    lists = (answer.vervar, answer.var, answer.turvar, answer.tahun, answer.turtahun)
    if prod(map(len, lists)) > MOST_COMBINATIONS:
        message = f"the service's answer lists more than {MOST_COMBINATIONS:,} combinations"
        raise ServiceError("BPS105", message, "narrow it with `years`, `turvar` or `vervar`")
    found: dict[str, Entry] = {}
    twice: dict[str, None] = {}
    for vervar, var, turvar, tahun, turtahun in product(*lists):
        key = key_of((vervar.id, var.id, turvar.id, tahun.id, turtahun.id))
        given = answer.figures.get(key)
        if given is None:
            continue
        if key in found:
            twice[key] = None
        else:
            found[key] = Entry(key, vervar, var, turvar, tahun, turtahun, given)
    return Matching(
        tuple(entry for key, entry in found.items() if key not in twice),
        tuple(twice),
        tuple(key for key in answer.figures if key not in found),
    )


def key_of(ids: Iterable[str]) -> str:
    """The key of one figure: ids in the order row, variable, division, year, part of the year."""
    return "".join(ids)
