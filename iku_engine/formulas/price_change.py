"""`price_change(price, goods)`: the mean over goods of each one's change in price."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, Parameter, ParameterKind

PRICE_CHANGE = Formula(
    name="price_change",
    title="Mean change of prices",
    title_id="Laju perubahan harga rata-rata",
    meaning=(
        "The change of each good's price over the period before, in percent, and the plain mean "
        "of these changes: every good counts the same. It is not the change of the mean price."
    ),
    parameters=(
        Parameter("price", "the price of each good"),
        Parameter("goods", "the dimension that holds the goods", ParameterKind.DIMENSION),
    ),
    body="mean((price - price[t-1]) / price[t-1] * 100% over goods)",
    unit="%",
    examples=(),
)
