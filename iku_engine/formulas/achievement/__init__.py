"""Achievement methods: formulas over the actual and what was promised, one file each."""

from __future__ import annotations

from iku_engine.formulas.achievement.inverse_ratio import INVERSE_RATIO
from iku_engine.formulas.achievement.linear import LINEAR
from iku_engine.formulas.achievement.range import RANGE
from iku_engine.formulas.achievement.range_linear import RANGE_LINEAR
from iku_engine.formulas.achievement.range_ratio import RANGE_RATIO
from iku_engine.formulas.achievement.ratio import RATIO
from iku_engine.formulas.achievement.saving import SAVING
from iku_engine.formulas.achievement.stabilise import STABILISE
from iku_engine.formulas.model import Formula

METHODS: tuple[Formula, ...] = (
    RATIO,
    LINEAR,
    INVERSE_RATIO,
    SAVING,
    RANGE,
    RANGE_RATIO,
    RANGE_LINEAR,
    STABILISE,
)
