"""A form by its name, filled with one run; what a form of a plugin does wrong is told."""

from __future__ import annotations

from collections.abc import Mapping

from iku_engine.diagnostics import Diagnostic, did_you_mean, quoted
from iku_engine.errors import UsageError
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.invariants import mistakes_in
from iku_engine.reports.forms.model import Form, ReportForm

_BUILT_IN = "iku-engine"
_LONGEST = 200


def build(name: str, content: Content, forms: Mapping[str, ReportForm]) -> Form | Diagnostic:
    """The form of a name, or why the plugin that brings it cannot fill it.

    `UsageError` for one that is unknown or that has nothing to show of the catalog.
    """
    found = forms.get(name)
    if found is None:
        near = did_you_mean(name, forms)
        known = f"the forms are {', '.join(map(quoted, forms))}"
        help_ = f"{near} {known}" if near else known
        raise UsageError(f"there is no form {quoted(name)}: {help_}")
    if found.needs_plan and not content.catalog.plan:
        raise UsageError(f"the form `{name}` shows a plan, and the catalog has none")
    form = found.fill(content) if found.origin == _BUILT_IN else _filled(found, content)
    if isinstance(form, Form) and not any(section.rows for section in form):
        raise UsageError(f"the catalog has nothing that the form `{name}` shows")
    return form


def _filled(found: ReportForm, content: Content) -> Form | Diagnostic:
    """A form of a plugin: whole, or the diagnostic that names it."""
    try:
        form = found.fill(content)
        mistake = next(mistakes_in(form), "")
        if mistake:
            raise TypeError(f"it gave {mistake}")
    except UsageError:
        raise
    except (Exception, SystemExit) as failure:  # a plugin may raise anything
        problem = " ".join(f"{type(failure).__name__}: {failure}".split())[:_LONGEST]
        message = f"the form `{found.name}` of the plugin `{found.origin}` failed: {problem}"
        return Diagnostic("IKU903", message, subject=found.name)
    return form
