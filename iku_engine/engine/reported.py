"""A form filled with one run."""

from __future__ import annotations

from collections.abc import Sequence

from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Diagnostic, Diagnostics
from iku_engine.engine.bound import Plugins
from iku_engine.errors import UsageError
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.reports.forms.build import build
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.model import Form
from iku_engine.reports.labels import Language
from iku_engine.results.model import Results
from iku_engine.results.plan_summaries import plan_results

DEFAULT = "iku"


def filled(
    name: str,
    run: ExactEvaluation,
    catalog: Catalog,
    results: Results,
    plugins: Plugins,
    shown: tuple[str, Sequence[str]],
) -> tuple[Form | None, Diagnostics]:
    """The form of a name, else of the catalog's document; `shown` are a language and owners.

    Raises `UsageError` for a form or a language that is unknown, and for one that has nothing to
    show.
    """
    language, owners = shown
    if language not in list(Language):
        raise UsageError(f"the language is `id` or `en`, not {language!r}")
    plan = plan_results(catalog, results, results.periods)
    content = Content(catalog, results, plan, run, Language(language), tuple(owners))
    asked = name or (catalog.document.form if catalog.document else "") or DEFAULT
    form = build(asked, content, plugins.forms)
    if isinstance(form, Diagnostic):
        return None, (form, *run.findings)
    return form, tuple(run.findings)
