"""`implicit_index(current, constant)`: the price level hidden in two valuations."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

IMPLICIT_INDEX = Formula(
    name="implicit_index",
    title="Implicit price index",
    title_id="Indeks harga implisit",
    meaning="Output at current prices in percent of the same output at constant prices.",
    parameters=(
        Parameter("current", "at current prices (adhb)"),
        Parameter("constant", "at constant prices (adhk)"),
    ),
    body="current / constant * 100",
    unit="indeks",
    base="constant",
    examples=(
        FormulaExample("implicit_index(a, b)", {"a": "180", "b": "120"}, "150"),
        FormulaExample("implicit_index(a, b)", {"a": "0", "b": "0"}, "undefined"),
    ),
    reference="Badan Pusat Statistik (BPS), indeks implisit PDRB",
)
