"""The printed figures of a catalog's document: audited, and as rows of targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from iku_engine.analysis.fit import FittedRow, fit_catalog
from iku_engine.audit.context import Context
from iku_engine.audit.from_printed import read_printed
from iku_engine.audit.model import Audit, Column
from iku_engine.audit.run import audit
from iku_engine.binding.promises import methods_of
from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Diagnostics
from iku_engine.engine.bound import Plugins
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.periods import Period
from iku_engine.results.from_evaluation import compute_results
from iku_engine.results.plan_summaries import plan_results


def audited(
    catalog: Catalog, plugins: Plugins, run: ExactEvaluation, allowed: Sequence[Path]
) -> tuple[Audit, Diagnostics]:
    """Every printed figure beside the recomputed one; the diagnostics of reading them."""
    cells, unread = read_printed(catalog, tuple(allowed))
    periods = tuple(sorted({cell.period for cell in cells}))
    results = compute_results(run, list(run.binding.indicators), periods, ())
    plan = plan_results(catalog, results, periods)
    methods = methods_of(catalog, plugins.library, plugins.methods)
    context = Context.of(catalog, run, (results, plan), cells, methods)
    return audit(context), unread


def fitted(
    catalog: Catalog, indicators: Sequence[str], allowed: Sequence[Path]
) -> tuple[FittedRow, ...]:
    """Each row of targets with the simple rules that reproduce it, printed ones among them."""
    printed: dict[str, dict[Period, Fraction]] = {}
    for cell in read_printed(catalog, tuple(allowed))[0]:
        if cell.column is Column.TARGET and cell.value is not None:
            printed.setdefault(cell.place, {})[cell.period] = cell.value
    rows: Mapping[str, Mapping[Period, Fraction]] = printed
    return tuple(fit_catalog(catalog, indicators, rows))
