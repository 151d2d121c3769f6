"""Runs over one indicator whose promises are handed over as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from iku_engine.binding.from_catalog import Vocabulary, bind
from iku_engine.catalog.model import Indicator, Phasing, Policies, Revision, Targets
from iku_engine.diagnostics import Diagnostics, LocatedText, Location, text_alone
from iku_engine.engine import Engine
from iku_engine.evaluation.decrees import TargetOutcome
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.periods import Period
from iku_engine.results.from_evaluation import compute_results
from iku_engine.results.model import Result
from iku_engine.sources.from_memory import data_from_memory

HERE = Location("iku.yaml", 1, 1)
NOTHING: Mapping[str, object] = {"a": {}}


def text_of(rule: str) -> LocatedText:
    return text_alone(rule)


def periods_of(figures: Mapping[str, object]) -> dict[Period, Fraction]:
    return {Period.parse(text): Fraction(str(figure)) for text, figure in figures.items()}


def targets_of(given: Mapping[str, object] | None = None, **further: object) -> Targets:
    made = Targets(periods_of(given or {}), HERE)
    return replace(made, **further)  # type: ignore[arg-type]


def revision_of(decree: str, since: str, targets: Targets) -> Revision:
    return Revision(decree, date.fromisoformat(since), targets, HERE)


class Promised:
    """One indicator `hasil` that is the variable `a`, with promises of one's own."""

    def __init__(
        self,
        targets: Targets | None,
        *revisions: Revision,
        method: str = "ratio",
        policies: Policies | None = None,
        phasing: Phasing | None = None,
        grades: str = "",
    ) -> None:
        engine = Engine.from_text(
            {
                "iku": "1",
                "owner": "dinas",
                "owners": {"dinas": {"title": "Dinas"}},
                "variables": {"a": {"label": "a", "unit": ""}},
                "indicators": {"hasil": {"name": "Hasil", "formula": "a", "unit": ""}},
            },
            discover=False,
        )
        hasil: Indicator = replace(
            engine.catalog.indicators["hasil"],
            targets=targets,
            revisions=revisions,
            achievement=method,
            policies=policies,
            phasing=phasing,
            grades=grades,
        )
        self._catalog = replace(engine.catalog, indicators={"hasil": hasil})
        vocabulary = Vocabulary(engine.library, engine.scales, engine.methods)
        self.diagnostics: Diagnostics
        self._binding, self.diagnostics = bind(self._catalog, vocabulary)

    def run(
        self, data: Mapping[str, object] = NOTHING, as_of: str | None = None
    ) -> ExactEvaluation:
        day = date.fromisoformat(as_of) if as_of else None
        return ExactEvaluation(self._binding, data_from_memory(self._catalog, data), as_of=day)

    def at(self, period: str, as_of: str | None = None) -> TargetOutcome:
        return self.run(as_of=as_of).targets_at("hasil", Period.parse(period))

    def figures(self, *periods: str) -> list[Fraction | None]:
        """The targets of several periods; None where there is none."""
        run = self.run()
        found = [run.targets_at("hasil", Period.parse(text)).target for text in periods]
        return [outcome.number if outcome.ok else None for outcome in found]

    def result(self, actual: object, period: str = "2020", as_of: str | None = None) -> Result:
        run = self.run({"a": {period: actual}} if actual is not None else NOTHING, as_of)
        return compute_results(run, ["hasil"], [Period.parse(period)], []).rows[0]
