"""The forms of targets and achievement methods -> their records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from iku_engine.catalog.declared import FileContext
from iku_engine.catalog.forms import (
    AchievementForm,
    RoundForm,
    TargetPathForm,
    TargetRuleForm,
    TargetSpreadForm,
)
from iku_engine.catalog.from_forms import located_at
from iku_engine.catalog.leaves import period_of
from iku_engine.catalog.model import Policies, Spread, TargetRange, Targets
from iku_engine.catalog.nodes import MappingNode, Node
from iku_engine.catalog.promise_leaves import TargetText
from iku_engine.catalog.shape import Definition
from iku_engine.diagnostics import Location, quoted
from iku_engine.periods import Period
from iku_engine.quantities import Rounding, to_exact_text

Forms = TargetRuleForm | TargetPathForm | TargetSpreadForm | dict[Period, TargetText]


@dataclass(frozen=True, slots=True)
class TargetsReader:
    """Reads the targets of one indicator; `graded` says that they may be grades."""

    definition: Definition
    context: FileContext
    graded: bool

    def targets(
        self, form: Forms | None, node: Node | None, key: Location, *, whole: bool = True
    ) -> Targets | None:
        """The targets of one form; None where it promises nothing.

        Where a part of them could not be read they are not `whole`: what is printed still holds,
        but a rule, path or spread without one of its parts would make other figures.
        """
        if form is None or not isinstance(node, MappingNode):
            return None
        if not whole and not isinstance(form, dict):
            return self._left_of(form, node, key)
        match form:
            case TargetRuleForm():
                return self._by_rule(form, node, key)
            case TargetPathForm():
                return self._on_path(form, node, key)
            case TargetSpreadForm():
                return self._spread(form, node, key)
            case _:
                found = self._printed(form, node, key)
                return found if found.periods else None

    def _left_of(
        self,
        form: TargetRuleForm | TargetPathForm | TargetSpreadForm,
        node: MappingNode,
        key: Location,
    ) -> Targets | None:
        """The printed figures of a rule, path or spread that cannot be followed."""
        match form:
            case TargetRuleForm():
                found = self._printed(form.start or {}, node.value("start"), key)
            case TargetPathForm():
                found = self._printed(form.given, node.value("given"), key)
            case TargetSpreadForm():
                found = self._printed(form.annual, node.value("annual"), key)
        return found if found.periods else None

    def _by_rule(self, form: TargetRuleForm, node: MappingNode, key: Location) -> Targets:
        start = node.value("start")
        printed = self._printed(form.start or {}, start, key)
        decimals, rounding = _rounding(form.round)
        return Targets(
            given=printed.given,
            location=key,
            rule=located_at(node, "rule"),
            round_to=decimals,
            locations=printed.locations,
            rounding=rounding,
            ranges=printed.ranges,
            labels=printed.labels,
        )

    def _on_path(self, form: TargetPathForm, node: MappingNode, key: Location) -> Targets:
        printed = self._printed(form.given, node.value("given"), key)
        decimals, rounding = _rounding(form.round)
        return Targets(
            given=printed.given,
            location=key,
            round_to=decimals,
            locations=printed.locations,
            rounding=rounding,
            ranges=printed.ranges,
            labels=printed.labels,
            path=form.path,
        )

    def _spread(self, form: TargetSpreadForm, node: MappingNode, key: Location) -> Targets | None:
        weights = tuple(form.weights or ())
        if weights and (len(weights) != form.over or sum(weights) <= 0 or min(weights) < 0):
            message = (
                f"`weights` of {self.definition.what} are not {int(form.over)} figures from 0 up"
            )
            where = (node.value("weights") or node).location
            self.add("IKU121", message, where, "give one weight for each period of the year")
            return None
        years = {period: value for period, value in form.annual.items() if period.frequency == 1}
        for period in form.annual:
            if period not in years:
                message = f"`annual` of {self.definition.what} holds {period}, which is no year"
                self.add("IKU105", message, key, "write the year alone, such as `2024: 120`")
        decimals, rounding = _rounding(form.round)
        places = _places(node.value("annual"))
        spread = Spread(years, form.over, weights)
        return Targets({}, key, None, decimals, places, rounding, spread=spread)

    def _printed(
        self, cells: Mapping[Period, TargetText], node: Node | None, key: Location
    ) -> Targets:
        """Figures, ranges and grades as printed, one a period."""
        given: dict[Period, Fraction] = {}
        ranges: dict[Period, TargetRange] = {}
        labels: dict[Period, str] = {}
        places = _places(node)
        for period, cell in cells.items():
            where = places.get(period, key)
            if isinstance(cell, TargetRange):
                if cell.low <= cell.high:
                    ranges[period] = cell
                else:
                    self._add_backwards(cell, where)
            elif isinstance(cell, str):
                if self.graded:
                    labels[period] = cell
                else:
                    advice = "a figure is written with digits and a decimal point, such as 1234.5"
                    message = f"{quoted(cell)} is not a figure"
                    self.add("IKU104", message, where, f"{advice}; for a grade add `grades`")
            elif cell is not None:
                given[period] = cell
        return Targets(given, key, locations=places, ranges=ranges, labels=labels)

    def _add_backwards(self, cell: TargetRange, where: Location) -> None:
        low, high = to_exact_text(cell.low), to_exact_text(cell.high)
        message = f"the target of {self.definition.what} runs from {low} down to {high}"
        self.add("IKU119", message, where, "write the lower bound first, as in `7..8`")

    def add(self, code: str, message: str, where: Location, advice: str) -> None:
        self.context.mistakes.add(code, message, where, advice, self.definition.subject)


def policies_of(form: AchievementForm, definition: Definition, context: FileContext) -> Policies:
    """What the method is told to do at its edges."""
    where = (definition.node.value("achievement") or definition.node).location
    if form.floor is not None and form.cap is not None and form.floor > form.cap:
        message = f"`floor` of the achievement of {definition.what} is above its `cap`"
        advice = "no achievement lies between them: correct one of the two"
        context.mistakes.add("IKU103", message, where, advice, definition.subject)
    return Policies(
        where, form.zero_target, form.zero_actual, form.floor, form.cap, form.reference or ""
    )


def _rounding(written: RoundForm | int | None) -> tuple[int | None, Rounding]:
    if isinstance(written, RoundForm):
        return written.decimals, written.mode or Rounding.HALF_UP
    return written, Rounding.HALF_UP


def _places(node: Node | None) -> dict[Period, Location]:
    """Where the value of each period stands."""
    places = {}
    entries: Iterable[str] = node.entries if isinstance(node, MappingNode) else ()
    for key in entries:
        assert isinstance(node, MappingNode)
        try:
            places[period_of(key)] = node.entries[key].value.location
        except ValueError:
            continue  # reported when the form was read
    return places
