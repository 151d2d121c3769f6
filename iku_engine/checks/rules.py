"""The built-in check rules, in the order of their codes."""

from __future__ import annotations

from iku_engine.checks.actual_is_achievement import ACTUAL_IS_ACHIEVEMENT
from iku_engine.checks.against_the_row import AGAINST_THE_ROW
from iku_engine.checks.beyond_its_parent import BEYOND_ITS_PARENT
from iku_engine.checks.broken_rule import BROKEN_RULE
from iku_engine.checks.changing_unit import CHANGING_UNIT
from iku_engine.checks.copied_targets import COPIED_TARGETS
from iku_engine.checks.decimal_marks import DECIMAL_MARKS
from iku_engine.checks.different_targets import DIFFERENT_TARGETS
from iku_engine.checks.empty_narrative import EMPTY_NARRATIVE
from iku_engine.checks.far_from_spending import FAR_FROM_SPENDING
from iku_engine.checks.missing_owner import MISSING_OWNER
from iku_engine.checks.missing_source import MISSING_SOURCE
from iku_engine.checks.missing_target import MISSING_TARGET
from iku_engine.checks.missing_unit import MISSING_UNIT
from iku_engine.checks.model import Rule
from iku_engine.checks.outlier import OUTLIER
from iku_engine.checks.repeats_its_objective import REPEATS_ITS_OBJECTIVE
from iku_engine.checks.shares import SHARES
from iku_engine.checks.shifted_row import SHIFTED_ROW
from iku_engine.checks.unit_and_name import UNIT_AND_NAME

RULES: tuple[Rule, ...] = (
    OUTLIER,
    AGAINST_THE_ROW,
    BROKEN_RULE,
    COPIED_TARGETS,
    CHANGING_UNIT,
    UNIT_AND_NAME,
    MISSING_UNIT,
    MISSING_SOURCE,
    MISSING_TARGET,
    MISSING_OWNER,
    REPEATS_ITS_OBJECTIVE,
    DIFFERENT_TARGETS,
    BEYOND_ITS_PARENT,
    DECIMAL_MARKS,
    SHARES,
    FAR_FROM_SPENDING,
    EMPTY_NARRATIVE,
    SHIFTED_ROW,
    ACTUAL_IS_ACHIEVEMENT,
)
