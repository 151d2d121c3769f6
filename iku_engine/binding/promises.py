"""What an indicator promises -> programs: rules of targets, grades, achievement and rating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.invariants import check_tree
from iku_engine.algebra.model import (
    HERE,
    Input,
    Kind,
    OverMembers,
    Program,
    Readable,
    Scope,
    YearToDate,
)
from iku_engine.binding.model import BoundAchievement, BoundTargets
from iku_engine.binding.read import Reader
from iku_engine.catalog.model import Catalog, Indicator, Targets
from iku_engine.diagnostics import Diagnostic, LocatedText, did_you_mean, quoted
from iku_engine.formulas.model import Formula, Library
from iku_engine.periods import Period
from iku_engine.quantities import rounded, to_exact_text
from iku_engine.scales import Scale
from iku_engine.sources.grades import folded_label, scores_of


@dataclass(frozen=True, slots=True)
class BoundPromises:
    """The promises of one indicator as programs, and what is wrong with them."""

    targets: BoundTargets | None
    revisions: tuple[BoundTargets, ...]
    achievement: BoundAchievement | None
    rating: Scale | None
    found: tuple[Diagnostic, ...]


def bind_promises(
    declared: Indicator, reader: Reader, scope: Scope, methods: Mapping[str, Formula]
) -> BoundPromises:
    """Tie the targets, the revisions, the method and the rating of an indicator together."""
    binder = _PromiseBinder(declared, reader, scope)
    targets = None if declared.targets is None else binder.targets(declared.targets)
    revisions = tuple(binder.targets(revision.targets) for revision in declared.revisions)
    achievement = binder.achievement(methods)
    rating = scope.scales.get(declared.rating.scale) if declared.rating else None
    return BoundPromises(targets, revisions, achievement, rating, tuple(binder.found))


def methods_of(
    catalog: Catalog, library: Library, methods: Mapping[str, Formula]
) -> dict[str, BoundAchievement]:
    """Every achievement method as a program, for what an indicator does not declare."""
    reader = Reader(catalog, library)
    read = {name: reader.method(method) for name, method in methods.items()}
    return {
        name: BoundAchievement(name, *found)
        for name, found in read.items()
        if not isinstance(found, Diagnostic)
    }


class _PromiseBinder:
    """Binds the promises of one indicator, collecting what is wrong with each."""

    def __init__(self, declared: Indicator, reader: Reader, scope: Scope) -> None:
        self._declared, self._reader, self._scope = declared, reader, scope
        self.found: list[Diagnostic] = []

    def targets(self, targets: Targets) -> BoundTargets:
        scores = dict(self._scores(targets))
        self.found += _unfit(targets, self._declared.id)
        if targets.rule is None:
            return BoundTargets(None, broken=_is_broken(targets), scores=scores)
        if not targets.given and not targets.labels:
            message = "a rule of targets without a start has nothing to begin with"
            help_ = "add `start: {2020: 100}`"
            self.found.append(Diagnostic("IKU304", message, targets.location, help_))
            return BoundTargets(None, broken=True, scores=scores)
        program = self._rule(targets.rule)
        return BoundTargets(program, broken=program is None, scores=scores)

    def _rule(self, rule: LocatedText) -> Program | None:
        unit = Readable(self._declared.unit)
        scope = replace(self._scope, series={**self._scope.series, "target": unit, "actual": unit})
        _, expanded, found = self._reader.read(rule)
        self.found += found
        if expanded is None:
            return None
        mistakes = tuple(check_tree(expanded, scope, rule, Kind.NUMBER))
        self.found += mistakes
        if mistakes:
            return None
        program = compile_tree(expanded, scope)
        if not _reads_its_own_target(program):
            return program
        message = "a rule of targets that needs the very target it makes"
        help_ = "write `target[t-1]` for the target of the period before"
        self.found.append(Diagnostic("IKU301", message, rule.location, help_))
        return None

    def _scores(self, targets: Targets) -> Iterator[tuple[Period, Fraction]]:
        """The figures of targets printed as grades (IKU320: one that the scale lacks)."""
        name = self._declared.grades
        scale = self._scope.scales.get(name)
        if scale is None:
            return  # that there is no such scale is said where it is named
        scores = scores_of(scale)
        for period, label in targets.labels.items():
            score = scores.get(folded_label(label))
            if score is not None:
                yield period, score
                continue
            message = f"the target {quoted(label)} of {period} is no grade of the scale `{name}`"
            labels = list(dict.fromkeys(band.label for band in scale.bands))
            help_ = did_you_mean(label, labels) or f"its grades: {', '.join(labels)}"
            where = targets.locations.get(period, targets.location)
            self.found.append(Diagnostic("IKU320", message, where, help_))

    def achievement(self, methods: Mapping[str, Formula]) -> BoundAchievement | None:
        declared = self._declared
        if not declared.achievement:
            return None
        method = methods.get(declared.achievement)
        where = declared.locations.get("achievement", declared.location)
        if method is None:
            message = f"the achievement method {quoted(declared.achievement)} is not known"
            help_ = did_you_mean(declared.achievement, methods) or f"known: {', '.join(methods)}"
            self.found.append(Diagnostic("IKU108", message, where, help_))
            return None
        read = self._reader.method(method)
        if isinstance(read, Diagnostic):
            self.found.append(read)
            return None
        bound = BoundAchievement(declared.achievement, *read)
        self.found += self._points_wanted(bound)
        return bound

    def _points_wanted(self, method: BoundAchievement) -> Iterator[Diagnostic]:
        """Ranges under a method that measures against one figure (IKU322)."""
        if all(step.name != "target" for step in method.program.inputs()):
            return
        every = (self._declared.targets, *(one.targets for one in self._declared.revisions))
        for targets in every:
            for period in targets.ranges if targets is not None else ():
                assert targets is not None
                message = (
                    f"the target of {period} is a range, and the achievement method "
                    f"`{method.method}` measures against one figure"
                )
                help_ = "a range is measured by `range`, `range_ratio` or `range_linear`"
                where = targets.locations.get(period, targets.location)
                yield Diagnostic("IKU322", message, where, help_)
                return


def _unfit(targets: Targets, indicator: str) -> Iterator[Diagnostic]:
    """Paths without ends (IKU321), and spreads that leave the last period less than 0 (IKU323)."""
    if targets.path is not None and len({*targets.given, *targets.labels}) < 2:
        message = "a path of targets needs the figures at both of its ends"
        help_ = "add the missing one to `given`"
        yield Diagnostic("IKU321", message, targets.location, help_, indicator)
    spread = targets.spread
    if spread is None or targets.round_to is None or _is_broken(targets):
        return
    weights = spread.weights or (Fraction(1),) * spread.over
    for year, annual in spread.annual.items():
        parts = (annual * weight / sum(weights) for weight in weights[:-1])
        left = annual - sum(
            (rounded(part, targets.round_to, targets.rounding) for part in parts), Fraction(0)
        )
        if left * annual < 0:
            message = (
                f"the target of {year} is spread in parts that round to more than the year: "
                f"{to_exact_text(left)} is left for the last period"
            )
            help_ = "round to more decimals, round `down`, or give `weights`"
            yield Diagnostic("IKU323", message, targets.location, help_, indicator)


def _is_broken(targets: Targets) -> bool:
    """Whether a spread has weights that cannot share out a year."""
    spread = targets.spread
    if spread is None or not spread.weights:
        return False
    return len(spread.weights) != spread.over or sum(spread.weights) <= 0


def _reads_its_own_target(program: Program) -> bool:
    """Whether a rule of targets reads `target` at t, also inside reductions."""
    waiting = [(program, False)]
    while waiting:
        current, earlier = waiting.pop()
        for step in current.steps:
            match step:
                case Input(name="target", shift=shift) if shift == HERE and not earlier:
                    return True
                case (
                    YearToDate(program=inner, shift=shift) | OverMembers(program=inner, shift=shift)
                ):
                    waiting.append((inner, earlier or shift != HERE))
    return False
