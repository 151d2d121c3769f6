"""The built-ins enter by the same door as any plugin.

Starting is to stay quick: what only some commands need has a class of its own, which is asked
when it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.achievement import METHODS
from iku_engine.formulas.grades import GRADES
from iku_engine.formulas.model import Formula
from iku_engine.hooks import CONTRACT, hookimpl
from iku_engine.scales import Scale

if TYPE_CHECKING:
    from iku_engine.catalog.library import CatalogLibrary
    from iku_engine.checks.model import Rule
    from iku_engine.reports.forms.model import ReportForm
    from iku_engine.sources.protocol import Kind

STARTING = "koperasi-contoh"
"""The library of definitions that `iku new` copies where none is named."""


class BuiltIns:
    """The formulas, achievement methods and grades of iku-engine itself."""

    IKU_CONTRACT = CONTRACT

    @hookimpl
    def iku_formulas(self) -> Iterable[Formula]:
        return BUILT_IN

    @hookimpl
    def iku_scales(self) -> Iterable[Scale]:
        return GRADES

    @hookimpl
    def iku_achievement_methods(self) -> Iterable[Formula]:
        return METHODS


class BuiltInChecks:
    """The check rules, asked for when a catalog is first checked."""

    @hookimpl
    def iku_checks(self) -> Iterable[Rule]:
        from iku_engine.checks.rules import RULES

        return RULES


class BuiltInSources:
    """The kinds of data, asked for when a source is first read or a plugin adds one."""

    @hookimpl
    def iku_sources(self) -> Iterable[Kind]:
        from iku_engine.sources.kinds import BUILT_IN as KINDS

        return KINDS


class BuiltInReports:
    """The forms, asked for when one is first filled or a plugin adds one."""

    @hookimpl
    def iku_reports(self) -> Iterable[ReportForm]:
        from iku_engine.reports.forms.built_in import FORMS

        return FORMS


class BuiltInCatalogs:
    """The definitions to start with, asked for when some are to be copied."""

    @hookimpl
    def iku_catalogs(self) -> Iterable[CatalogLibrary]:
        from importlib.resources import files

        from iku_engine.catalog.library import CatalogLibrary

        yield CatalogLibrary(
            STARTING,
            "A starting catalog: two indicators and their data",
            "Katalog awal: dua indikator dan datanya",
            files("iku_engine.catalog") / "starting_catalog",
        )


LATER: Mapping[str, Callable[[], object]] = MappingProxyType(
    {
        "check": BuiltInChecks,
        "source": BuiltInSources,
        "report": BuiltInReports,
        "catalog": BuiltInCatalogs,
    }
)
"""The built-ins that are asked later, by the kind they add."""
