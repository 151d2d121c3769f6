"""What a run shows about the definitions: roll-ups refused, inputs that are not split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iku_engine.algebra.model import Input, OverMembers, Program, YearToDate
from iku_engine.binding.model import Binding
from iku_engine.catalog.model import Catalog, Rollup
from iku_engine.diagnostics import Diagnostic
from iku_engine.results.from_evaluation import dimensions_of
from iku_engine.results.model import Results


def find_in_results(binding: Binding, catalog: Catalog, results: Results) -> Iterator[Diagnostic]:
    """The diagnostics of one run, each once."""
    yield from _refused_rollups(catalog, results)
    yield from _over_periods(catalog, results)
    asked = dict.fromkeys(result.indicator.id for result in results)
    split = dimensions_of(binding)
    for name in asked:
        programs = binding.indicators[name].programs
        for dimension in results.dimensions:
            if dimension in split.get(name, ()):
                yield from _not_split(catalog, programs, name, dimension, split)


def _refused_rollups(catalog: Catalog, results: Results) -> Iterator[Diagnostic]:
    named = {
        reason.subject: None
        for result in results
        for reason in result.reasons
        if reason.kind == "rollup" and reason.subject in catalog.variables
    }
    for variable in named:
        declared = catalog.variables[variable]
        if declared.rollup is Rollup.NONE:
            continue  # the catalog says itself that they are not
        message = f"figures of `{variable}` in `{declared.unit}` are not added up to a larger place"
        help_ = "declare `rollup: sum` or `mean`, a member with `total: true`, or compute `--by`"
        yield Diagnostic("IKU303", message, declared.location, help_, variable)


def _over_periods(catalog: Catalog, results: Results) -> Iterator[Diagnostic]:
    """Series read at a longer period without a consolidation, or at a shorter one."""
    named = {
        (reason.kind, reason.subject): (reason.period, result.indicator.id)
        for result in results
        for reason in (*result.reasons, *result.achievement_reasons)
        if reason.kind in ("consolidation", "longer_only") and reason.subject in catalog.variables
    }
    for (kind, variable), (period, indicator) in named.items():
        declared = catalog.variables[variable]
        if kind == "consolidation":
            message = f"how figures of `{variable}` make the figure of {period} is not declared"
            help_ = "declare `consolidation: sum`, `last` or `mean` for it or for the indicator"
            yield Diagnostic("IKU306", message, declared.location, help_, variable)
            continue
        where = catalog.indicators[indicator].formula.location
        message = (
            f"`{variable}` has no figures as short as {period}, at which `{indicator}` reads it"
        )
        help_ = f"write `annual({variable})` for the figure of the year"
        yield Diagnostic("IKU307", message, where, help_, indicator)


def _not_split(
    catalog: Catalog,
    programs: Sequence[Program],
    indicator: str,
    dimension: str,
    split: Mapping[str, frozenset[str]],
) -> Iterator[Diagnostic]:
    for name in dict.fromkeys(_read_at_members(programs, dimension)):
        if dimension not in split.get(name, frozenset()):
            where = catalog.indicators[indicator].formula.location
            message = f"`{name}` is not split by `{dimension}`, so `{indicator}` is missing there"
            help_ = f"give its figures by `{dimension}`, or write `total({name} over {dimension})`"
            yield Diagnostic("IKU305", message, where, help_, indicator)


def _read_at_members(programs: Sequence[Program], dimension: str) -> Iterator[str]:
    """The series that programs read at the member itself, not over all members."""
    waiting: Sequence[Program] = programs
    while waiting:
        current, *rest = waiting
        waiting = rest
        for step in current.steps:
            match step:
                case Input(name=name):
                    yield name
                case YearToDate(program=inner):
                    waiting = [*waiting, inner]
                case OverMembers(program=inner, dimension=over) if over != dimension:
                    waiting = [*waiting, inner]
