"""The plugin contract, version 1: what a plugin may add, and the markers to say so.

A plugin is a module or object whose functions carry `hookimpl`, and which names the contract it
was written for:

    from iku_engine.hooks import hookimpl

    IKU_CONTRACT = 1

    @hookimpl
    def iku_formulas():
        return [MY_FORMULA]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

from iku_engine.scales import Scale

if TYPE_CHECKING:  # the contract names what later stages define
    from iku_engine.catalog.library import CatalogLibrary
    from iku_engine.checks.model import Rule
    from iku_engine.formulas.model import Formula, Function
    from iku_engine.reports.forms.model import ReportForm
    from iku_engine.sources.protocol import Kind

PROJECT = "iku_engine"
CONTRACT = 1
"""The newest contract this engine keeps: the hooks below and the records they return."""

OLDEST_CONTRACT = 0
"""The oldest contract that is still kept; plugins written for an earlier one are refused."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The hooks. Each is called once for each engine; order decides nothing but who keeps a name.

    The built-ins enter by the same hooks.
    """

    @hookspec
    def iku_formulas(self) -> Iterable[Formula]:
        """Named formulas: values whose body is text of the formula language."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_functions(self) -> Iterable[Function]:
        """Opaque functions, for what the language cannot say: exact numbers in and out."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_scales(self) -> Iterable[Scale]:
        """Rating scales of a regulation, with their source."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_achievement_methods(self) -> Iterable[Formula]:
        """Formulas over `actual`, `target`, `target_low` and `target_high`."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_sources(self) -> Iterable[Kind]:
        """Kinds of data: a word for `kind:` of a source, the suffixes of files, and a reader."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_checks(self) -> Iterable[Rule]:
        """Check rules, which `iku check` runs over a catalog."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_reports(self) -> Iterable[ReportForm]:
        """Forms that `iku report --form NAME` fills from the results of a run."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_catalogs(self) -> Iterable[CatalogLibrary]:
        """Definitions that `iku new FOLDER --from NAME` copies as a start."""
        raise AssertionError("a specification is not called")
