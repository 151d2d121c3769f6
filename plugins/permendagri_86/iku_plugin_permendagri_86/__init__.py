"""Evaluation of regional plans: what Permendagri 86/2017 and its companions measure and grade."""

from __future__ import annotations

from collections.abc import Iterable

from iku_engine.checks.model import Rule
from iku_engine.formulas.model import Formula, Function
from iku_engine.hooks import hookimpl
from iku_engine.scales import Scale
from iku_plugin_permendagri_86.evaluation_forms import FORMULAS
from iku_plugin_permendagri_86.mean_achievement import MEAN_ACHIEVEMENT
from iku_plugin_permendagri_86.nilai_capaian import METHODS
from iku_plugin_permendagri_86.nilai_iki import VALUE, VALUE_NOT_READ
from iku_plugin_permendagri_86.quarters_make_the_year import QUARTERS_MAKE_THE_YEAR
from iku_plugin_permendagri_86.scales import SCALES
from iku_plugin_permendagri_86.year_beside_quarters import YEAR_BESIDE_QUARTERS

__all__ = [
    "IKU_CONTRACT",
    "iku_achievement_methods",
    "iku_checks",
    "iku_formulas",
    "iku_functions",
    "iku_scales",
]

IKU_CONTRACT = 1
"""The version of the plugin contract this is written for."""


@hookimpl
def iku_formulas() -> Iterable[Formula]:
    """The columns and the footer of the evaluation forms, and the value of an achievement."""
    return [*FORMULAS, MEAN_ACHIEVEMENT, VALUE]


@hookimpl
def iku_functions() -> Iterable[Function]:
    """The value that was not read: it only gives its reason."""
    return [VALUE_NOT_READ]


@hookimpl
def iku_scales() -> Iterable[Scale]:
    """The performance scale, as printed and without holes, and the accountability grades."""
    return SCALES


@hookimpl
def iku_achievement_methods() -> Iterable[Formula]:
    """Achievements valued by PermenPANRB 8/2021."""
    return METHODS


@hookimpl
def iku_checks() -> Iterable[Rule]:
    """The year beside its quarters: declared for targets, and true of what was achieved."""
    return [QUARTERS_MAKE_THE_YEAR, YEAR_BESIDE_QUARTERS]
