"""Evaluation of regional plans: what Permendagri 86/2017 and its companions measure and grade."""

from __future__ import annotations

from collections.abc import Iterable

from iku_engine.checks.model import Rule
from iku_engine.formulas.model import Formula
from iku_engine.hooks import hookimpl
from iku_engine.scales import Scale
from iku_plugin_permendagri_86.evaluation_forms import FORMULAS
from iku_plugin_permendagri_86.nilai_capaian import NILAI_CAPAIAN
from iku_plugin_permendagri_86.quarters_make_the_year import QUARTERS_MAKE_THE_YEAR
from iku_plugin_permendagri_86.scales import SCALES

__all__ = ["iku_achievement_methods", "iku_checks", "iku_formulas", "iku_scales"]


@hookimpl
def iku_formulas() -> Iterable[Formula]:
    """The columns of the evaluation forms."""
    return FORMULAS


@hookimpl
def iku_scales() -> Iterable[Scale]:
    """The performance scale, as printed and without holes, and the accountability grades."""
    return SCALES


@hookimpl
def iku_achievement_methods() -> Iterable[Formula]:
    """The value of an achievement by PermenPANRB 8/2021."""
    return [NILAI_CAPAIAN]


@hookimpl
def iku_checks() -> Iterable[Rule]:
    """Yearly targets beside the quarters they are evaluated by."""
    return [QUARTERS_MAKE_THE_YEAR]
