"""The satisfaction survey (survei kepuasan masyarakat): its index and its grades."""

from __future__ import annotations

from collections.abc import Iterable

from iku_engine.catalog.library import CatalogLibrary
from iku_engine.formulas.model import Formula
from iku_engine.hooks import hookimpl
from iku_engine.scales import Scale
from iku_plugin_skm.catalogs import CATALOGS
from iku_plugin_skm.grades import GRADES
from iku_plugin_skm.index import SKM_CONVERTED, SKM_INDEX, SKM_INDEX_OF, SKM_LOWEST

__all__ = ["IKU_CONTRACT", "iku_catalogs", "iku_formulas", "iku_scales"]

IKU_CONTRACT = 1
"""The version of the plugin contract this is written for."""


@hookimpl
def iku_formulas() -> Iterable[Formula]:
    """The index of nine elements or of any number, the lowest element, and the conversion."""
    return [SKM_INDEX, SKM_INDEX_OF, SKM_LOWEST, SKM_CONVERTED]


@hookimpl
def iku_scales() -> Iterable[Scale]:
    """The grades of 2017 and those of 2004, which have other edges."""
    return GRADES


@hookimpl
def iku_catalogs() -> Iterable[CatalogLibrary]:
    """Definitions with made-up data, to start from."""
    return CATALOGS
