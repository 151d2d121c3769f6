"""`distribution(x, industries)`: what each industry has of the whole, in percent."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, Parameter, ParameterKind

DISTRIBUTION = Formula(
    name="distribution",
    title="Percentage distribution",
    title_id="Distribusi persentase",
    meaning=(
        "The figure of a member in percent of the whole over a dimension: of the printed total, "
        "or of the sum of the members at the top. The structure of an economy is that of output "
        "at current prices."
    ),
    parameters=(
        Parameter("x", "output at current prices (adhb)"),
        Parameter("industries", "the dimension that holds the parts", ParameterKind.DIMENSION),
    ),
    body="share(x, total(x over industries))",
    unit="%",
    base="total(x over industries)",
    examples=(),
    reference="Badan Pusat Statistik (BPS), distribusi persentase PDRB",
)
