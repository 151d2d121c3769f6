"""Everything that can be said about a catalog without being asked for results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from iku_engine.analysis.domain_findings import check_domains
from iku_engine.analysis.formulation_findings import check_formulations
from iku_engine.analysis.unit_words import similar_units
from iku_engine.audit.from_printed import read_printed
from iku_engine.binding.model import Binding
from iku_engine.binding.unit_table import unit_table_of
from iku_engine.catalog.model import Catalog
from iku_engine.checks.from_catalog import checked_catalog
from iku_engine.checks.model import CheckedCatalog, Needs
from iku_engine.checks.run import run_rules
from iku_engine.diagnostics import Diagnostic, Diagnostics, in_file_order
from iku_engine.engine.bound import Plugins
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.examples import check_examples
from iku_engine.results.from_evaluation import compute_results
from iku_engine.results.plan_summaries import plan_results
from iku_engine.sources.model import Data


def found_in(
    catalog: Catalog,
    binding: Binding,
    plugins: Plugins,
    run: ExactEvaluation | None,
    *,
    known: Diagnostics,
    allowed: Sequence[Path] = (),
    as_of: date | None = None,
) -> Diagnostics:
    """The diagnostics of definitions, examples, data, plans and targets, in file order.

    `known` are those found before; `run` is None for a catalog that reads no files. Findings that
    the catalog accepts are left out.
    """
    found: list[Diagnostic] = [
        *known,
        *check_examples(catalog, binding, plugins.library, plugins.scales),
        *check_formulations(catalog, binding),
        *similar_units(catalog, unit_table_of(catalog)[0]),
    ]
    checked = _checked(
        catalog, plugins, run or ExactEvaluation(binding, Data(), as_of=as_of), allowed
    )
    if run is not None:
        domains = tuple(check_domains(run, catalog.periods))
        unread = read_printed(catalog, tuple(allowed))[1]
        found += [*run.data.diagnostics, *domains, *run.findings, *unread]
    return in_file_order(run_rules(checked, plugins.rules.values(), found))


def _checked(
    catalog: Catalog, plugins: Plugins, run: ExactEvaluation, allowed: Sequence[Path]
) -> CheckedCatalog:
    """What the check rules see; results are made only where a rule looks at them."""
    needs = {rule.needs for rule in plugins.rules.values()}
    planned = Needs.PLAN in needs and bool(catalog.plan)
    results = plan = None
    if catalog.folder and catalog.periods and (planned or Needs.RESULTS in needs):
        results = compute_results(run, list(run.binding.indicators), catalog.periods, ())
        plan = plan_results(catalog, results, catalog.periods) if planned else None
    return checked_catalog(catalog, run.promises, results, plan, tuple(allowed))
