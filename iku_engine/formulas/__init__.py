"""The built-in formulas as plain values, one file each."""

from __future__ import annotations

from iku_engine.formulas.average_growth import AVERAGE_GROWTH
from iku_engine.formulas.coefficient_of_variation import COEFFICIENT_OF_VARIATION
from iku_engine.formulas.contribution_to_growth import CONTRIBUTION_TO_GROWTH
from iku_engine.formulas.decline_rate import DECLINE_RATE
from iku_engine.formulas.difference import DIFFERENCE
from iku_engine.formulas.elasticity import ELASTICITY
from iku_engine.formulas.growth_rate import GROWTH_RATE
from iku_engine.formulas.implicit_index import IMPLICIT_INDEX
from iku_engine.formulas.index import INDEX
from iku_engine.formulas.location_quotient import LOCATION_QUOTIENT
from iku_engine.formulas.model import Formula
from iku_engine.formulas.price_change import PRICE_CHANGE
from iku_engine.formulas.rate import RATE
from iku_engine.formulas.reported import REPORTED
from iku_engine.formulas.share import SHARE
from iku_engine.formulas.share_of_change import SHARE_OF_CHANGE
from iku_engine.formulas.weighted_mean import WEIGHTED_MEAN
from iku_engine.formulas.weighted_score import WEIGHTED_SCORE

BUILT_IN: tuple[Formula, ...] = (
    REPORTED,
    GROWTH_RATE,
    DECLINE_RATE,
    SHARE,
    RATE,
    DIFFERENCE,
    INDEX,
    IMPLICIT_INDEX,
    WEIGHTED_MEAN,
    WEIGHTED_SCORE,
    PRICE_CHANGE,
    AVERAGE_GROWTH,
    CONTRIBUTION_TO_GROWTH,
    SHARE_OF_CHANGE,
    ELASTICITY,
    LOCATION_QUOTIENT,
    COEFFICIENT_OF_VARIATION,
)
