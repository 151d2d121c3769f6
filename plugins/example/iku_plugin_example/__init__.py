"""An example plugin: what an agency may add to iku-engine, in the smallest useful form."""

from __future__ import annotations

from collections.abc import Iterable

from iku_engine.formulas.model import Formula, Function
from iku_engine.hooks import hookimpl
from iku_engine.scales import Scale
from iku_plugin_example.absorption_gap import ABSORPTION_GAP
from iku_plugin_example.efficiency_scale import EFFICIENCY_SCALE
from iku_plugin_example.working_days import WORKING_DAYS

__all__ = [
    "IKU_CONTRACT",
    "iku_formulas",
    "iku_functions",
    "iku_scales",
]

IKU_CONTRACT = 1


@hookimpl
def iku_formulas() -> Iterable[Formula]:
    """The formula `absorption_gap`."""
    return [ABSORPTION_GAP]


@hookimpl
def iku_functions() -> Iterable[Function]:
    """The function `working_days`."""
    return [WORKING_DAYS]


@hookimpl
def iku_scales() -> Iterable[Scale]:
    """The scale `efficiency`."""
    return [EFFICIENCY_SCALE]
