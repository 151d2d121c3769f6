"""The form of an indicator -> its record: targets, polarity and achievement method."""

from __future__ import annotations

from iku_engine.catalog.declared import FileContext
from iku_engine.catalog.forms import AchievementForm, DefaultsForm, IndicatorForm
from iku_engine.catalog.from_forms import examples_of, locations_of
from iku_engine.catalog.model import (
    Indicator,
    Polarity,
    Policies,
    RatedFigure,
    RatingRule,
    Revision,
    Targets,
)
from iku_engine.catalog.revisions import revised
from iku_engine.catalog.shape import Definition
from iku_engine.catalog.targets import TargetsReader, policies_of
from iku_engine.catalog.versions import versions_of
from iku_engine.diagnostics import Location

_DEFAULT_DECIMALS = 2
_DEFAULT_METHODS = {Polarity.HIGHER: "ratio", Polarity.RANGE: "range"}

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
) -> Indicator | None:
    """The indicator; None where no formula is left.

    `faulty` names fields that were wrong, for which no default may stand in.
    """
    defaults = (context.header.defaults if context.header else None) or _NO_DEFAULTS
    polarity = form.polarity
    if polarity is None and "polarity" not in faulty:
        polarity = defaults.polarity
    achievement, policies = _method(form, definition, context, faulty)
    if not achievement and "achievement" not in faulty:
        achievement = defaults.achievement or ""
    targets, revisions = _promises(form, definition, context, faulty)
    promised = targets.location if targets else revisions[0].location if revisions else None
    if promised is not None and not faulty and "defaults" not in context.faulty:
        _require_method(id_, polarity, achievement, promised, definition, context)
    if not achievement and polarity in _DEFAULT_METHODS and "achievement" not in faulty:
        achievement = _DEFAULT_METHODS[polarity]
    decimals = form.decimals if form.decimals is not None else defaults.decimals
    versions = versions_of(id_, form, definition, context)
    if not versions:
        return None
    return Indicator(
        id=id_,
        name=form.name,
        unit=versions[-1].unit,
        owner=_owner(id_, form, definition, context),
        formula=versions[-1].formula,
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
        examples=examples_of(form.examples, definition.node.value("examples"), definition.key),
        locations=locations_of(definition.node),
        versions=versions if len(versions) > 1 or versions[0].first or versions[0].last else (),
        revisions=revisions,
        consolidation=form.consolidation
        or (None if "consolidation" in faulty else defaults.consolidation),
        phasing=form.phasing or (None if "phasing" in faulty else defaults.phasing),
        policies=policies,
        grades=form.grades or "",
        node=form.node or "",
        counted=form.counted is not False,
        accepted=form.accept or {},
    )


def _promises(
    form: IndicatorForm, definition: Definition, context: FileContext, faulty: frozenset[str]
) -> tuple[Targets | None, tuple[Revision, ...]]:
    """The indicator's own targets, and those of later decrees."""
    graded = bool(form.grades) or "grades" in faulty
    reader = TargetsReader(definition, context, graded)
    entry = definition.node.entries.get("targets")
    key = entry.key.location if entry else definition.key
    whole = "targets" not in faulty
    targets = reader.targets(form.targets, definition.node.value("targets"), key, whole=whole)
    return revised(targets, reader)


def _method(
    form: IndicatorForm, definition: Definition, context: FileContext, faulty: frozenset[str]
) -> tuple[str, Policies | None]:
    """The achievement method that the indicator itself declares, with its policies.

    Without a policy that could not be read it would give another achievement, so it gives none.
    """
    if "achievement" in faulty:
        return "", None
    if isinstance(form.achievement, AchievementForm):
        return form.achievement.method, policies_of(form.achievement, definition, context)
    return form.achievement or "", None


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
    promised: Location,
    definition: Definition,
    context: FileContext,
) -> None:
    """An achievement is never computed by a method that was guessed."""
    if polarity is None:
        message = f"{definition.what} has targets and no `polarity`"
        advice = "add `polarity: higher`, `lower` or `range`"
        context.mistakes.add("IKU113", message, promised, advice, id_)
    elif polarity is Polarity.LOWER and not achievement:
        message = f"{definition.what} has targets, `polarity: lower` and no `achievement`"
        written = definition.node.value("polarity")
        location = written.location if written is not None else promised
        context.mistakes.add("IKU113", message, location, _DECLARE_METHOD, id_)


def _rating(form: IndicatorForm, definition: Definition) -> RatingRule | None:
    if form.rating is None:
        return None
    location = definition.node.entries["rating"].key.location
    return RatingRule(form.rating.scale, form.rating.of or RatedFigure.ACTUAL, location)
