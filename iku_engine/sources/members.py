"""Members of dimensions: those the data name, held against those the catalog declares."""

from __future__ import annotations

from collections.abc import Mapping

from iku_engine.catalog.model import Dimension
from iku_engine.diagnostics import quoted
from iku_engine.sources.findings import Refusal

LONGEST_MEMBER = 200
"""The most signs the name of a member may have."""


class Members:
    """The members named so far, per dimension, over all data of one run."""

    def __init__(self, dimensions: Mapping[str, Dimension]) -> None:
        self._dimensions = dimensions
        self._named: dict[str, dict[str, None]] = {}
        self._refused: set[tuple[str, str]] = set()

    def refusal(self, dimension: str, member: str) -> Refusal | None:
        """Why a text cannot be a member of a dimension; None where it is one."""
        if not member:
            return Refusal("IKU409", f"a row names no member of the dimension `{dimension}`")
        if len(member) > LONGEST_MEMBER:
            message = f"{quoted(member)} has more than {LONGEST_MEMBER} signs"
            return Refusal("IKU409", f"{message}, too many for a member of `{dimension}`")
        known = self._dimensions.get(dimension)
        if known is None or not known.members or member in known.members:
            return None
        return Refusal(
            "IKU409",
            f"{quoted(member)} is not a declared member of the dimension `{dimension}`",
            f"declare it under the members of `{dimension}`",
            (member, known.members.keys()),
        )

    def is_declared(self, dimension: str, member: str) -> bool:
        """Whether the catalog itself names this member."""
        known = self._dimensions.get(dimension)
        return known is not None and member in known.members

    def are_declared(self, dimension: str) -> bool:
        """Whether the catalog names the members of a dimension, and not the data."""
        known = self._dimensions.get(dimension)
        return known is not None and bool(known.members)

    def is_first_refusal(self, dimension: str, member: str) -> bool:
        """Whether a refused member is met for the first time: it is reported once."""
        first = (dimension, member) not in self._refused
        self._refused.add((dimension, member))
        return first or not member

    def name(self, dimension: str, member: str) -> None:
        """Note that the data name this member."""
        self._named.setdefault(dimension, {})[member] = None

    def by_dimension(self) -> Mapping[str, tuple[str, ...]]:
        """Per dimension its declared members, or else those the data named, first named first."""
        declared = {
            dimension.id: tuple(dimension.members)
            for dimension in self._dimensions.values()
            if dimension.members
        }
        named = {dimension: tuple(members) for dimension, members in self._named.items()}
        return {**dict.fromkeys(self._dimensions, ()), **named, **declared}
