"""What the ids of a catalog are called, for reports that people read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iku_engine.catalog.model import Catalog, FieldKind
from iku_engine.places import Place

_FIELD = re.compile(r"(?P<records>\w*)\[(?P<key>.*)\]\.(?P<field>\w+)(?:: (?P<inner>.*))?", re.S)

MOST_PLACES = 12
"""How many places a sentence names."""


@dataclass(frozen=True, slots=True)
class Names:
    """Labels by id: of series (variables, indicators, records, scales), places and owners.

    Plan nodes are among the series: all of them share one namespace.
    `fields` are keyed `koperasi.modal_sendiri`, `members` by dimension and member.
    """

    series: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[tuple[str, str], str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    numeric: frozenset[str] = frozenset()
    """The ids of fields that hold figures in every record set that has them."""

    @classmethod
    def of(cls, catalog: Catalog) -> Names:
        """The names that a catalog declares."""
        series = {id_: declared.scale.title for id_, declared in catalog.scales.items()}
        series |= {id_: node.name for id_, node in catalog.plan.items()}
        series |= {id_: records.label for id_, records in catalog.records.items()}
        series |= {id_: indicator.name for id_, indicator in catalog.indicators.items()}
        series |= {id_: variable.label for id_, variable in catalog.variables.items()}
        fields = [each for records in catalog.records.values() for each in records.fields.values()]
        texts = {each.id for each in fields if each.kind is not FieldKind.NUMBER}
        return cls(
            series,
            {
                f"{records.id}.{each.id}": each.label
                for records in catalog.records.values()
                for each in records.fields.values()
            },
            {dimension.id: dimension.label for dimension in catalog.dimensions.values()},
            {
                (dimension.id, member.id): member.label
                for dimension in catalog.dimensions.values()
                for member in dimension.members.values()
            },
            {owner.id: owner.title for owner in catalog.owners.values()},
            numeric=frozenset(each.id for each in fields) - texts,
        )

    def dimension(self, dimension: str) -> str:
        return self.dimensions.get(dimension) or dimension

    def member(self, dimension: str, member: str) -> str:
        """The member's id and its label where that says more."""
        named = self.members.get((dimension, member), "")
        return f"{member} {named}" if named and named != member else member

    def place(self, place: Place) -> str:
        """`Lapangan usaha 13 Pertambangan`; empty for the whole."""
        return ", ".join(f"{self.dimension(d)} {self.member(d, m)}" for d, m in place)

    def places(self, places: Sequence[Place]) -> str:
        """One place by name; several by the ids of their members, and how many where many."""
        if len(places) <= 1:
            return "".join(map(self.place, places))
        dimensions = {tuple(dimension for dimension, _ in place) for place in places}
        shown = places[:MOST_PLACES]
        if len(dimensions) == 1 and len(places[0]) == 1:
            members = ", ".join(place[0][1] for place in shown)
            text = f"{self.dimension(places[0][0][0])} {members}"
        else:
            text = "; ".join(self.place(place) for place in shown)
        return f"{text}, ... +{len(places) - len(shown)}" if len(places) > len(shown) else text

    def subject(self, subject: str) -> str:
        """What a reason names: a label, a field of a record, or an expression in backticks."""
        found = self.series.get(subject)
        if found:
            return found
        match = _FIELD.fullmatch(subject)
        if match is None:
            return f"`{subject}`"
        named = self.fields.get(f"{match['records']}.{match['field']}") or match["field"]
        inner = f" (`{match['inner']}`)" if match["inner"] else ""
        return f"{named} [{match['key']}]{inner}"
