"""`inflation(index)` and `inflation_calendar_year(index)`: by month, by year, since December.

Each is of an index whose base year is one and the same over the periods compared: figures of two
base years are to be linked first.
"""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter, ParameterKind

_REFERENCE = "Badan Pusat Statistik (BPS), inflasi dari indeks harga konsumen (IHK)"

INFLATION = Formula(
    name="inflation",
    title="Inflation",
    title_id="Inflasi",
    meaning=(
        "How much the price index is above that of the month before (`over: month`, "
        "month-to-month) or of the same month of the year before (`over: year`, year-on-year), in "
        "percent. Below 0 it is deflation."
    ),
    parameters=(
        Parameter("index", "the consumer price index (IHK) by months"),
        Parameter(
            "over",
            "what it is compared with",
            ParameterKind.CHOICE,
            default="month",
            choices=("month", "year"),
        ),
    ),
    body={"month": "growth_rate(index)", "year": "growth_rate(index, over: year)"},
    unit="%",
    base={"month": "index[t-1]", "year": "index[y-1]"},
    examples=(
        FormulaExample("inflation(ihk)", {"ihk": "106", "ihk[t-1]": "105"}, "0.95"),
        FormulaExample("inflation(ihk, over: year)", {"ihk": "105", "ihk[y-1]": "100"}, "5"),
        FormulaExample("inflation(ihk)", {"ihk": "105", "ihk[t-1]": ""}, "missing"),
    ),
    reference=_REFERENCE,
)

_SINCE_DECEMBER = "ytd(index - index[t-1])"
_DECEMBER = f"index - {_SINCE_DECEMBER}"

INFLATION_CALENDAR_YEAR = Formula(
    name="inflation_calendar_year",
    title="Inflation of the calendar year (year to date)",
    title_id="Inflasi tahun kalender",
    meaning=(
        "How much the price index is above that of December of the year before, in percent. That "
        "December is this month's index less the changes of every month since: they add up to it "
        "exactly, and where one of these months is missing, so is the result."
    ),
    parameters=(Parameter("index", "the consumer price index (IHK) by months"),),
    body=f"{_SINCE_DECEMBER} / ({_DECEMBER}) * 100%",
    unit="%",
    base=_DECEMBER,
    examples=(),
    reference=_REFERENCE,
)

FORMULAS = (INFLATION, INFLATION_CALENDAR_YEAR)
