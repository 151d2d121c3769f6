"""Engine: the composition root and the public API. It never prints, exits or keeps globals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from iku_engine.diagnostics import Diagnostics, in_file_order
from iku_engine.engine.asked import periods_of, require_known
from iku_engine.engine.opened import OpenedCatalog
from iku_engine.errors import UsageError
from iku_engine.periods import Period
from iku_engine.places import Place

if TYPE_CHECKING:
    from iku_engine.analysis.fit import FittedRow
    from iku_engine.audit.model import Audit
    from iku_engine.evaluation.exact import ExactEvaluation
    from iku_engine.reports.forms.model import Form
    from iku_engine.results.explanation import Explanation
    from iku_engine.results.inputs import NeededInput, NeededRecords
    from iku_engine.results.manifest import Manifest
    from iku_engine.results.model import Results
    from iku_engine.results.plan import PlanResults
    from iku_engine.results.promises import PromisedPeriod
    from iku_engine.results.verification import Verification


class Engine(OpenedCatalog):
    """One catalog, read, checked and ready to be computed with any data, from any thread."""

    def check(self) -> Diagnostics:
        """Everything that can be said about definitions, examples and data.

        Formulations are read and compared with the formulas that should say the same; the
        conditions under which formulas are undefined are tried on the catalog's own data. The
        check rules look at plans and targets, and at what the plan came to.
        """
        from iku_engine.engine.found import found_in

        run = self._run(None) if self.catalog.folder else None
        return found_in(
            self.catalog,
            self.binding,
            self._plugins,
            run,
            known=self.diagnostics,
            allowed=self._allowed,
            as_of=self.as_of,
        )

    def compute(
        self,
        periods: str | Iterable[Period] | None = None,
        *,
        indicators: Sequence[str] = (),
        by: Sequence[str] = (),
        data: object = None,
        to_date: bool = False,
    ) -> Results:
        """Values, targets and achievement per period.

        `periods` default to the catalog's, `indicators` to all. `by` names dimensions to split
        results by; the others are rolled up. `data` is rows or a mapping held in memory (see
        `docs/embedding.md`); without it the catalog's sources are read. With `to_date`, a year
        of which only some quarters or months have figures is made of those, and says how many.
        Raises `UsageError` for what is asked for and does not exist.
        """
        return self.compute_with_findings(
            periods, indicators=indicators, by=by, data=data, to_date=to_date
        )[0]

    def compute_with_findings(
        self,
        periods: str | Iterable[Period] | None = None,
        *,
        indicators: Sequence[str] = (),
        by: Sequence[str] = (),
        data: object = None,
        to_date: bool = False,
    ) -> tuple[Results, Diagnostics]:
        """`compute`, with the diagnostics of definitions, data and the run itself."""
        return self._computed(data, periods, indicators, by, to_date=to_date)[1:]

    def plan(
        self,
        periods: str | Iterable[Period] | None = None,
        *,
        data: object = None,
        to_date: bool = False,
    ) -> PlanResults:
        """What every node of the plan came to: money, absorption, output and their average.

        The arguments are those of `compute`; a catalog without a plan has no rows.
        """
        return self.plan_with_findings(periods, data=data, to_date=to_date)[0]

    def plan_with_findings(
        self,
        periods: str | Iterable[Period] | None = None,
        *,
        data: object = None,
        to_date: bool = False,
    ) -> tuple[PlanResults, Diagnostics]:
        """`plan`, with the diagnostics of definitions, data and the run itself."""
        from iku_engine.results.plan_summaries import plan_results

        bound = self.binding.indicators
        lines = [name for name in bound if bound[name].declared.node]
        results, found = self.compute_with_findings(
            periods, indicators=lines, data=data, to_date=to_date
        )
        return plan_results(self.catalog, results, results.periods), found

    def report(
        self,
        name: str = "",
        periods: str | Iterable[Period] | None = None,
        *,
        owners: Sequence[str] = (),
        language: str = "id",
        data: object = None,
        to_date: bool = False,
    ) -> tuple[Form | None, Diagnostics]:
        """A form in which agencies publish, filled in, with the diagnostics of the run.

        `name` is that of a form (see `forms`); without one it is that of the catalog's document.
        `owners` are those whose sheets are asked for, `language` is `id` or `en`. The form is
        None where the plugin that brings it failed. Raises `UsageError` for what does not exist
        and where the catalog has nothing that the form shows.
        """
        from iku_engine.engine.reported import filled

        require_known(owners, self.catalog.owners, "owner")
        run, results, found = self._computed(data, periods, to_date=to_date)
        form, failed = filled(name, run, self.catalog, results, self._plugins, (language, owners))
        return form, in_file_order((*found, *failed))

    def explain(
        self, indicator: str, period: Period | str, /, *, data: object = None, **place: str
    ) -> Explanation:
        """Where one figure comes from: formula, figures put in, and the cell of each input.

        `place` names members of dimensions: `explain("share", "2022", kecamatan="Liwa")`.
        """
        return self.explain_with_findings(indicator, period, place, data=data)[0]

    def explain_with_findings(
        self,
        indicator: str,
        period: Period | str,
        place: Mapping[str, str],
        *,
        data: object = None,
    ) -> tuple[Explanation, Diagnostics]:
        """`explain`, with the diagnostics of definitions, data and the run itself."""
        from iku_engine.results.explanation import explain_result

        run = self._run(data)
        asked = period if isinstance(period, Period) else periods_of(period)[0]
        where = self._place(run, place)
        results = self._results(run, [asked], [indicator], [name for name, _ in where])
        for result in results:
            if result.place == where:
                explained = explain_result(run, result, self.catalog.labels)
                found = (*self.diagnostics, *run.data.diagnostics, *run.findings)
                return explained, in_file_order(found)
        raise UsageError(f"`{indicator}` is not split by {', '.join(place)}")

    def audit(self) -> tuple[Audit, Diagnostics]:
        """The printed figures of the catalog's document beside the recomputed ones.

        Each is reproduced or not, with what may explain one that is not; none where the catalog
        names no printed figures (`document: printed`).
        """
        from iku_engine.engine.printed import audited

        run = self._run(None)
        audit, unread = audited(self.catalog, self._plugins, run, self._allowed)
        found = (*self.diagnostics, *run.data.diagnostics, *run.findings, *unread)
        return audit, in_file_order(found)

    def question(
        self,
        indicator: str,
        period: Period | str,
        place: Mapping[str, str] | None = None,
        *,
        data: object = None,
    ) -> tuple[ExactEvaluation, str, Period, Place]:
        """What the analyses of one figure ask about: a run, an indicator, a period, a place.

        `solve(*engine.question("share", "2022"), unknown="members")`.
        """
        run = self._run(data)
        require_known((indicator,), self.binding.indicators, "indicator")
        asked = period if isinstance(period, Period) else periods_of(period)[0]
        return run, indicator, asked, self._place(run, place or {})

    def promised(
        self,
        periods: str | Iterable[Period] | None = None,
        *,
        indicators: Sequence[str] = (),
        data: object = None,
    ) -> tuple[PromisedPeriod, ...]:
        """The targets of each indicator and period: printed, made by a rule, and replaced.

        `data` is that of `compute`: a rule may read series. Periods default to the catalog's and
        those that have a printed target.
        """
        from iku_engine.results.promises import promised

        run = self._run(data)
        indicators = (indicators,) if isinstance(indicators, str) else indicators
        require_known(indicators, self.binding.indicators, "indicator")
        names = [name for name in self.binding.indicators if not indicators or name in indicators]
        if periods is None:
            asked = self._promised_periods(names)
        else:
            asked = periods_of(periods) if isinstance(periods, str) else tuple(periods)
        return promised(run, names, asked)

    def fits(self, indicators: Sequence[str] = ()) -> tuple[FittedRow, ...]:
        """Each row of printed targets with the simple rules that reproduce it.

        Targets that the document prints (`document: printed`) belong to the rows.
        """
        from iku_engine.engine.printed import fitted

        require_known(indicators, self.binding.indicators, "indicator")
        return fitted(self.catalog, indicators, self._allowed)

    def _promised_periods(self, names: Sequence[str]) -> tuple[Period, ...]:
        declared = [self.catalog.indicators[name] for name in names]
        every = [one.targets for one in declared]
        every += [revision.targets for one in declared for revision in one.revisions]
        printed = {period for targets in every if targets for period in targets.periods}
        return tuple(sorted({*self.catalog.periods, *printed}))

    def needed_inputs(
        self, periods: str | Iterable[Period] | None = None, *, data: object = None
    ) -> tuple[NeededInput, ...]:
        """The inputs that the catalog needs in these periods and lacks."""
        from iku_engine.results.inputs import needed_inputs

        run = self._run(data)
        results = self._results(run, periods, (), ())
        return needed_inputs(run, results, self.catalog)

    def needed_records(
        self, periods: str | Iterable[Period] | None = None, *, data: object = None
    ) -> tuple[NeededRecords, ...]:
        """The record sets of which the catalog needs rows in these periods and has none."""
        from iku_engine.results.inputs import needed_records

        run = self._run(data)
        return needed_records(run, self._results(run, periods, (), ()), self.catalog)

    def manifest(
        self,
        periods: str | Iterable[Period] | None = None,
        *,
        indicators: Sequence[str] = (),
        by: Sequence[str] = (),
        data: object = None,
        to_date: bool = False,
    ) -> Manifest:
        """What these results are made with and from, to be verified later.

        The arguments are those of `compute`. Raises `UsageError` as well where the definitions
        were changed since the engine was made.
        """
        return self.manifest_with_findings(
            periods, indicators=indicators, by=by, data=data, to_date=to_date
        )[1]

    def manifest_with_findings(
        self,
        periods: str | Iterable[Period] | None = None,
        *,
        indicators: Sequence[str] = (),
        by: Sequence[str] = (),
        data: object = None,
        to_date: bool = False,
    ) -> tuple[Results, Manifest, Diagnostics]:
        """`compute_with_findings`, with the manifest of the results."""
        from iku_engine.engine.provenance import options_of, recorded

        run, results, found = self._computed(data, periods, indicators, by, to_date=to_date)
        asked = options_of(results, indicators, self.as_of, to_date=to_date)
        manifest = recorded(self._bound, self._plugins, run, results, asked)
        return results, manifest, found

    def verify(self, manifest: Manifest, *, data: object = None) -> Verification:
        """The question of a manifest asked again: which results differ, and what changed.

        `data` is that of `compute`. The engine's own `as_of` holds; another one than that of
        the manifest is a change like others.
        """
        from iku_engine.engine.provenance import done_again, recorded
        from iku_engine.results.verification import verified

        run = self._run(data)
        results, asked = done_again(manifest, run, self._dimensions(), self.as_of)
        now = recorded(self._bound, self._plugins, run, results, asked)
        return verified(manifest, now)
