"""The statistics office (Badan Pusat Statistik, BPS): its service, formulas and accounts."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING

from iku_engine.catalog.library import CatalogLibrary
from iku_engine.formulas.model import Formula
from iku_engine.hooks import hookimpl
from iku_engine.sources.protocol import Kind, Permitted, Table
from iku_plugin_bps import growth, inflation
from iku_plugin_bps.distribution import DISTRIBUTION
from iku_plugin_bps.implicit_growth import IMPLICIT_GROWTH

if TYPE_CHECKING:
    from iku_engine.catalog.model import Source
    from iku_engine.diagnostics import Diagnostics

__all__ = ["CATALOGS", "FORMULAS", "iku_catalogs", "iku_formulas", "iku_sources"]

IKU_CONTRACT = 1

FORMULAS: tuple[Formula, ...] = (
    *growth.FORMULAS,
    IMPLICIT_GROWTH,
    DISTRIBUTION,
    *inflation.FORMULAS,
)
"""Every formula, those of regional accounts first."""

_FOLDER = files("iku_plugin_bps") / "catalogs"
_MADE_UP = "its figures are made up"

CATALOGS: tuple[CatalogLibrary, ...] = (
    CatalogLibrary(
        "bps_pdrb_tahunan",
        "Regional accounts by industry, yearly",
        "PDRB menurut lapangan usaha, tahunan",
        _FOLDER / "pdrb_tahunan",
        f"Badan Pusat Statistik (BPS), PDRB menurut lapangan usaha; {_MADE_UP}",
    ),
    CatalogLibrary(
        "bps_pdrb_triwulanan",
        "Regional accounts by industry, quarterly",
        "PDRB menurut lapangan usaha, triwulanan",
        _FOLDER / "pdrb_triwulanan",
        f"Badan Pusat Statistik (BPS), PDRB triwulanan menurut lapangan usaha; {_MADE_UP}",
    ),
    CatalogLibrary(
        "bps_inflasi",
        "Inflation by month, by year and since December",
        "Inflasi bulanan, tahunan dan tahun kalender",
        _FOLDER / "inflasi",
        f"Badan Pusat Statistik (BPS), indeks harga konsumen; {_MADE_UP}",
    ),
)
"""Definitions to start with, which compute at once."""


@hookimpl
def iku_formulas() -> Iterable[Formula]:
    """Growth, prices and structure as the statistics office names them."""
    return FORMULAS


@hookimpl
def iku_sources() -> Iterable[Kind]:
    """The office's web service."""
    return [Kind("bps", _read)]


@hookimpl
def iku_catalogs() -> Iterable[CatalogLibrary]:
    """Regional accounts and inflation."""
    return CATALOGS


def _read(source: Source, permitted: Permitted) -> Table | Diagnostics:
    from iku_plugin_bps.service.read import read_bps  # noqa: PLC0415 - HTTP is for its sources only

    return read_bps(source, permitted)
