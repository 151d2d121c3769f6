"""A form by its name, filled with one run; what a form of a plugin does wrong is told."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from iku_engine.diagnostics import Diagnostic, did_you_mean, quoted
from iku_engine.errors import UsageError
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.model import Cell, Form, ReportForm, Section

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
        if not isinstance(form, Form):
            raise TypeError(f"it gave a {type(form).__name__}, which is no form")
        for section in form:
            _look_at(section)
    except UsageError:
        raise
    except (Exception, SystemExit) as failure:  # a plugin may raise anything
        problem = " ".join(f"{type(failure).__name__}: {failure}".split())[:_LONGEST]
        message = f"the form `{found.name}` of the plugin `{found.origin}` failed: {problem}"
        return Diagnostic("IKU903", message, subject=found.name)
    return form


def _look_at(section: Section) -> None:
    """Raise `TypeError` for a section that no printer could print."""
    width = len(section.columns)
    if not width:
        raise TypeError("it gave a section without columns")
    for row in section.rows:
        if len(row.cells) != width:
            raise TypeError(f"it gave a row of {len(row.cells)} cells under {width} columns")
        if not all(map(_can_be_shown, row.cells)):
            raise TypeError("it gave a cell that is neither text nor an exact figure")


def _can_be_shown(cell: object) -> bool:
    if not isinstance(cell, Cell):
        return False
    text: object = cell.text
    figure: object = cell.figure
    return isinstance(text, str) and (figure is None or isinstance(figure, Fraction))
