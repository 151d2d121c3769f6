"""The form of an indicator -> its record: targets, polarity and achievement method."""

from __future__ import annotations

from iku_engine.catalog.declared import FileContext
from iku_engine.catalog.forms import DefaultsForm, IndicatorForm, TargetRuleForm
from iku_engine.catalog.from_forms import examples_of, located_at, locations_of
from iku_engine.catalog.leaves import period_of
from iku_engine.catalog.model import Indicator, Polarity, RatedFigure, RatingRule, Targets
from iku_engine.catalog.nodes import MappingNode
from iku_engine.catalog.shape import Definition
from iku_engine.diagnostics import Location
from iku_engine.periods import Period

_DEFAULT_DECIMALS = 2
_DEFAULT_METHOD = "ratio"

_NO_DEFAULTS = DefaultsForm.model_validate({})

_DECLARE_METHOD = (
    "add `achievement: linear` or `achievement: ratio`: lower-is-better has several formulas "
    "in use, and they give different figures"
)


def indicator_of(
    id_: str,
    form: IndicatorForm,
    definition: Definition,
    context: FileContext,
    faulty: frozenset[str],
) -> Indicator:
    """The indicator; `faulty` names fields that were wrong, for which no default may stand in."""
    defaults = (context.header.defaults if context.header else None) or _NO_DEFAULTS
    polarity = form.polarity
    if polarity is None and "polarity" not in faulty:
        polarity = defaults.polarity
    achievement = form.achievement or ""
    if not achievement and "achievement" not in faulty:
        achievement = defaults.achievement or ""
    targets = _targets(form, definition)
    if targets is not None and not faulty and "defaults" not in context.faulty:
        _require_method(id_, polarity, achievement, targets, definition, context)
    if not achievement and polarity is Polarity.HIGHER and "achievement" not in faulty:
        achievement = _DEFAULT_METHOD
    decimals = form.decimals if form.decimals is not None else defaults.decimals
    node = definition.node
    return Indicator(
        id=id_,
        name=form.name,
        unit=form.unit,
        owner=_owner(id_, form, definition, context),
        formula=located_at(node, "formula"),
        location=definition.key,
        no=form.no or "",
        objective=form.objective or "",
        formulation=form.formulation or "",
        data_source=form.data_source or "",
        note=form.note or "",
        polarity=polarity,
        decimals=_DEFAULT_DECIMALS if decimals is None else decimals,
        targets=targets,
        achievement=achievement,
        rating=_rating(form, definition),
        examples=examples_of(form.examples, node.value("examples"), definition.key),
        locations=locations_of(node),
    )


def _owner(id_: str, form: IndicatorForm, definition: Definition, context: FileContext) -> str:
    if form.owner:
        return form.owner
    if not context.owner and "owner" not in context.faulty and context.header is not None:
        message = f"{definition.what} has no `owner`, and neither has its file"
        advice = "add `owner` to the indicator, or once at the top of the file"
        context.mistakes.add("IKU102", message, definition.key, advice, id_)
    return context.owner


def _require_method(
    id_: str,
    polarity: Polarity | None,
    achievement: str,
    targets: Targets,
    definition: Definition,
    context: FileContext,
) -> None:
    """An achievement is never computed by a method that was guessed."""
    if polarity is None:
        message = f"{definition.what} has targets and no `polarity`"
        advice = "add `polarity: higher` or `polarity: lower`"
        context.mistakes.add("IKU113", message, targets.location, advice, id_)
    elif polarity is Polarity.LOWER and not achievement:
        message = f"{definition.what} has targets, `polarity: lower` and no `achievement`"
        written = definition.node.value("polarity")
        location = written.location if written is not None else targets.location
        context.mistakes.add("IKU113", message, location, _DECLARE_METHOD, id_)


def _targets(form: IndicatorForm, definition: Definition) -> Targets | None:
    node = definition.node.value("targets")
    if form.targets is None or not isinstance(node, MappingNode):
        return None
    location = definition.node.entries["targets"].key.location
    if not isinstance(form.targets, TargetRuleForm):
        given = {period: value for period, value in form.targets.items() if value is not None}
        return Targets(given, location, locations=_places(node)) if given else None
    start = node.value("start")
    return Targets(
        given={k: v for k, v in (form.targets.start or {}).items() if v is not None},
        location=location,
        rule=located_at(node, "rule"),
        round_to=form.targets.round,
        locations=_places(start) if isinstance(start, MappingNode) else {},
    )


def _places(node: MappingNode) -> dict[Period, Location]:
    """Where the figure of each period stands."""
    places = {}
    for key, entry in node.entries.items():
        try:
            places[period_of(key)] = entry.value.location
        except ValueError:
            continue  # reported when the form was read
    return places


def _rating(form: IndicatorForm, definition: Definition) -> RatingRule | None:
    if form.rating is None:
        return None
    location = definition.node.entries["rating"].key.location
    return RatingRule(form.rating.scale, form.rating.of or RatedFigure.ACTUAL, location)
