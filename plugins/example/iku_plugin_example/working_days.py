"""`working_days(year, month)`: Mondays to Fridays in a month, which no formula can say."""

from __future__ import annotations

import calendar
from fractions import Fraction

from iku_engine.formulas.model import FormulaExample, Function, Parameter, Refused


def _working_days(year: Fraction, month: Fraction) -> Fraction | Refused:
    if year.denominator != 1 or month.denominator != 1:
        return Refused("not_whole")
    if not (1900 <= year <= 2999 and 1 <= month <= 12):
        return Refused("no_such_month")
    first_day, days = calendar.monthrange(int(year), int(month))
    return Fraction(sum((first_day + day) % 7 < 5 for day in range(days)))


WORKING_DAYS = Function(
    name="working_days",
    title="Days from Monday to Friday",
    title_id="Hari Senin sampai Jumat",
    meaning="How many days from Monday to Friday a month has; public holidays are not known.",
    parameters=(Parameter("year", "1900 to 2999"), Parameter("month", "1 to 12")),
    compute=_working_days,
    unit="hari",
    examples=(
        FormulaExample("working_days(y, m)", {"y": "2023", "m": "2"}, "20"),
        FormulaExample("working_days(y, m)", {"y": "2023", "m": "13"}, "undefined"),
    ),
)
