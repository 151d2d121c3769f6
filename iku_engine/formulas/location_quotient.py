"""`location_quotient(part, whole, wide_part, wide_whole)`: a local share against a wider one."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

LOCATION_QUOTIENT = Formula(
    name="location_quotient",
    title="Location quotient",
    title_id="Location quotient (sektor basis)",
    meaning=(
        "The share of a sector in a district divided by its share in the province or country: "
        "above 1 the district is specialised in it."
    ),
    parameters=(
        Parameter("part", "the sector in the district"),
        Parameter("whole", "all sectors in the district"),
        Parameter("wide_part", "the sector in the wider region"),
        Parameter("wide_whole", "all sectors in the wider region"),
    ),
    body="(part / whole) / (wide_part / wide_whole)",
    unit="",
    examples=(
        FormulaExample(
            "location_quotient(a, b, c, d)", {"a": "20", "b": "100", "c": "10", "d": "100"}, "2"
        ),
        FormulaExample(
            "location_quotient(a, b, c, d)",
            {"a": "20", "b": "100", "c": "0", "d": "100"},
            "undefined",
            "the wider region has none of it",
        ),
    ),
)
