"""Cooperative health (kesehatan koperasi): the tables of three regulations, as data."""

from __future__ import annotations

from collections.abc import Iterable

from iku_engine.catalog.library import CatalogLibrary
from iku_engine.formulas.model import Formula, Function
from iku_engine.hooks import hookimpl
from iku_engine.reports.forms.model import ReportForm
from iku_engine.scales import Scale
from iku_plugin_kemenkop import kkpkk
from iku_plugin_kemenkop.aspects import ASPECTS, TOTAL
from iku_plugin_kemenkop.catalogs import CATALOGS
from iku_plugin_kemenkop.linear import LINEAR
from iku_plugin_kemenkop.management import PARTS
from iku_plugin_kemenkop.out_of_table import FUNCTIONS
from iku_plugin_kemenkop.ratios import RATIOS
from iku_plugin_kemenkop.reports import FORMS
from iku_plugin_kemenkop.tables import SCALES

__all__ = [
    "FORMULAS",
    "IKU_CONTRACT",
    "iku_catalogs",
    "iku_formulas",
    "iku_functions",
    "iku_reports",
    "iku_scales",
]

IKU_CONTRACT = 1
"""The version of the plugin contract this is written for."""

FORMULAS: tuple[Formula, ...] = (
    *(formula for ratio in RATIOS for formula in (ratio.value, ratio.score)),
    *(part.score for part in PARTS),
    *(aspect.score for aspect in ASPECTS),
    TOTAL,
    *(formula for rule in LINEAR for formula in (rule.value, rule.score)),
    *kkpkk.FORMULAS,
)
"""Every formula: ratios with their scores, then what is summed from them."""


@hookimpl
def iku_formulas() -> Iterable[Formula]:
    """Ratios, scores, aspects and totals."""
    return FORMULAS


@hookimpl
def iku_functions() -> Iterable[Function]:
    """The values that are none: they only give their reasons."""
    return FUNCTIONS


@hookimpl
def iku_scales() -> Iterable[Scale]:
    """The tables in use, and as read where that leaves values without a band."""
    return SCALES


@hookimpl
def iku_reports() -> Iterable[ReportForm]:
    """The worksheets of cooperatives."""
    return FORMS


@hookimpl
def iku_catalogs() -> Iterable[CatalogLibrary]:
    """Definitions with made-up data, to start from."""
    return CATALOGS
