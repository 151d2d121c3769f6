"""The statistics office (Badan Pusat Statistik, BPS): its service, its formulas."""

from __future__ import annotations

from collections.abc import Iterable

from iku_engine.formulas.model import Formula
from iku_engine.hooks import hookimpl
from iku_plugin_bps import growth, inflation
from iku_plugin_bps.distribution import DISTRIBUTION
from iku_plugin_bps.implicit_growth import IMPLICIT_GROWTH

__all__ = ["FORMULAS", "iku_formulas"]

FORMULAS: tuple[Formula, ...] = (
    *growth.FORMULAS,
    IMPLICIT_GROWTH,
    DISTRIBUTION,
    *inflation.FORMULAS,
)
"""Every formula, those of regional accounts first."""


@hookimpl
def iku_formulas() -> Iterable[Formula]:
    """Growth, prices and structure as the statistics office names them."""
    return FORMULAS
