"""A cumulative target printed as a multiple of one that was cut off before."""

from __future__ import annotations

from pathlib import Path

from iku_engine import Engine
from iku_engine.audit.model import Cause, Verdict

SHIPPED = Path(__file__).parents[2] / "definitions" / "buleleng_2021"


def test_the_second_and_third_quarter_are_multiples_of_the_first() -> None:
    """19,37 is 19,375 cut off; 38,74 and 58,11 are 2 and 3 times that, not 38,75 and 58,13."""
    audited, _ = Engine.open(SHIPPED, discover=False).audit()
    wrong = {
        (cell.printed.place, str(cell.printed.period)): cell.explanations[0]
        for cell in audited
        if cell.verdict is Verdict.NOT_REPRODUCED
    }
    assert wrong["e1_1", "2021-03"].cause is Cause.ROUNDED_PARTS
    for month in ("2021-06", "2021-09"):
        assert wrong["e1_1", month].cause is Cause.PRINTED_MULTIPLE
        assert wrong["e1_1", month].subjects == ("2021-03",)
