"""Targets in all their forms, later decrees, achievement methods."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag

from iku_engine.catalog.forms.base import Form
from iku_engine.catalog.leaves import (
    EachPeriodOnce,
    Figure,
    FormulaText,
    Label,
    NonEmpty,
    PeriodKey,
    Prose,
    RoundTo,
)
from iku_engine.catalog.promise_leaves import Day, OverWord, PathWord, RoundingWord, TargetCell


class RoundForm(Form):
    """How a made target is rounded."""

    decimals: RoundTo = Field(description="Decimals it is rounded to")
    mode: RoundingWord | None = Field(
        None, description="`half_up` (if absent), `down` (cut off) or `up`"
    )


def _round_tag(value: object) -> str:
    return "as-mapping" if isinstance(value, dict) else "as-number"


RoundField: TypeAlias = Annotated[
    Annotated[RoundForm, Tag("as-mapping")] | Annotated[RoundTo, Tag("as-number")],
    Discriminator(_round_tag),
]
_ROUND = "Decimals each made target is rounded to; the rounded figure is the promise"


class TargetRuleForm(Form):
    """Targets by a rule: the start as promised, the rest computed."""

    start: Annotated[dict[PeriodKey, TargetCell], EachPeriodOnce] | None = Field(
        None, description="The first period with its target"
    )
    rule: FormulaText = Field(description="The formula of the next target: `target[t-1] * 1.02`")
    round: RoundField | None = Field(None, description=_ROUND)


class TargetPathForm(Form):
    """Targets on a path between two figures."""

    path: PathWord = Field(description="`linear` (equal steps) or `compound` (equal growth)")
    given: Annotated[dict[PeriodKey, TargetCell], EachPeriodOnce] = Field(
        description="Both ends of the path"
    )
    round: RoundField | None = Field(None, description=_ROUND)


class TargetSpreadForm(Form):
    """The target of a year spread over its months or quarters."""

    annual: Annotated[dict[PeriodKey, Figure], EachPeriodOnce] = Field(
        description="The target of each year"
    )
    over: OverWord = Field(description="`quarter` or `month`")
    weights: list[Figure] | None = Field(
        None, description="What each period of the year weighs; equal parts if absent"
    )
    round: RoundField | None = Field(None, description=_ROUND)


_TAGS = {
    "by-path": {"path", "given"},
    "by-spread": {"annual", "over", "weights"},
    "by-rule": {"start", "rule", "round"},
}


def _targets_tag(value: object) -> str:
    keys = value.keys() if isinstance(value, dict) else set()
    return next((tag for tag, known in _TAGS.items() if not known.isdisjoint(keys)), "by-period")


TargetsField: TypeAlias = Annotated[
    Annotated[TargetPathForm, Tag("by-path")]
    | Annotated[TargetSpreadForm, Tag("by-spread")]
    | Annotated[TargetRuleForm, Tag("by-rule")]
    | Annotated[dict[PeriodKey, TargetCell], EachPeriodOnce, Tag("by-period")],
    Discriminator(_targets_tag),
]


class RevisionForm(Form):
    """Targets that a later decree set."""

    decree: NonEmpty = Field(description="The decree, as it is cited")
    since: Day = Field(description="The day from which it is in force")
    targets: TargetsField = Field(description="The targets it sets, in any form of `targets`")


class AchievementForm(Form):
    """An achievement method with what it does at its edges."""

    method: Label = Field(description="`ratio`, `linear` or another method's id")
    zero_target: Figure | None = Field(
        None, description="The achievement in percent where the target is 0"
    )
    zero_actual: Figure | None = Field(
        None, description="The achievement in percent where the actual is 0"
    )
    floor: Figure | None = Field(None, description="The least achievement in percent")
    cap: Figure | None = Field(None, description="The largest achievement in percent")
    reference: Prose | None = Field(None, description="The regulation that says so")


def text_or_mapping(value: object) -> str:
    """Which form a field has that is text, or a mapping with more to say."""
    return "as-mapping" if isinstance(value, dict) else "as-text"


def text_or_by_period(value: object) -> str:
    """Which form a field has that is text, or text by range of periods."""
    return "by-period" if isinstance(value, dict) else "as-text"
