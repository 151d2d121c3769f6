"""Achievement methods: formulas over `actual` and `target`, one file each."""

from __future__ import annotations

from iku_engine.formulas.achievement.linear import LINEAR
from iku_engine.formulas.achievement.ratio import RATIO
from iku_engine.formulas.model import Formula

METHODS: tuple[Formula, ...] = (RATIO, LINEAR)
