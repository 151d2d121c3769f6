"""Places: where a figure holds, as members of dimensions (a kecamatan, an industry).

A dimension that is not named in a place is rolled up; the empty place is the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Place: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of dimension and member, sorted by dimension."""

WHOLE: Place = ()
"""Every dimension rolled up."""


def place_of(members: Mapping[str, str]) -> Place:
    """The place of these members, in the one order that makes equal places equal."""
    return tuple(sorted(members.items()))


def member_in(place: Place, dimension: str) -> str | None:
    """The member of a dimension at this place, or None where the dimension is rolled up."""
    for name, member in place:
        if name == dimension:
            return member
    return None


def with_member(place: Place, dimension: str, member: str) -> Place:
    """The same place with one dimension set to a member."""
    return place_of({**dict(place), dimension: member})


def without(place: Place, dimension: str) -> Place:
    """The same place with one dimension rolled up."""
    return tuple(pair for pair in place if pair[0] != dimension)


def place_text(place: Place) -> str:
    """`kecamatan=Balik Bukit,sektor=A`; empty for the whole."""
    return ",".join(f"{dimension}={member}" for dimension, member in place)
