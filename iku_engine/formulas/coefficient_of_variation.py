"""`coefficient_of_variation(set.field)`: the spread of a field in percent of its mean."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, Parameter

COEFFICIENT_OF_VARIATION = Formula(
    name="coefficient_of_variation",
    title="Coefficient of variation",
    title_id="Koefisien variasi",
    meaning=(
        "The sample standard deviation of a field over all records in percent of its mean: how "
        "uneven prices or scores are."
    ),
    parameters=(Parameter("x", "a field of a record set, such as `pasar.harga`"),),
    body="stdev(x) / mean(x) * 100%",
    unit="%",
    examples=(),
    reference="Kementerian Perdagangan, koefisien variasi harga antar wilayah",
)
