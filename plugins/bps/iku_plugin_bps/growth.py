"""`q_to_q`, `y_on_y`, `c_to_c`: the three growth rates of regional accounts."""

from __future__ import annotations

from iku_engine.formulas.model import Formula, FormulaExample, Parameter

_SERIES = (Parameter("x", "output at constant prices (adhk), by quarters"),)
_REFERENCE = "Badan Pusat Statistik (BPS), laju pertumbuhan PDRB triwulanan"

Q_TO_Q = Formula(
    name="q_to_q",
    title="Growth over the quarter before (q-to-q)",
    title_id="Laju pertumbuhan triwulanan (q-to-q)",
    meaning=(
        "How much larger the figure is than in the quarter before, in percent; of a first quarter "
        "that is the fourth one of the year before. Not adjusted for the season."
    ),
    parameters=_SERIES,
    body="growth_rate(x)",
    unit="%",
    base="x[t-1]",
    examples=(
        FormulaExample("q_to_q(x)", {"x": "110", "x[t-1]": "100"}, "10"),
        FormulaExample("q_to_q(x)", {"x": "110", "x[t-1]": ""}, "missing"),
        FormulaExample("q_to_q(x)", {"x": "110", "x[t-1]": "0"}, "undefined"),
        FormulaExample("q_to_q(x)", {"x": "5", "x[t-1]": "-5"}, "-200", "marked `negative_base`"),
        FormulaExample(
            "q_to_q(x, negative_base: undefined)", {"x": "5", "x[t-1]": "-5"}, "undefined"
        ),
    ),
    reference=_REFERENCE,
)

Y_ON_Y = Formula(
    name="y_on_y",
    title="Growth over the same quarter of the year before (y-on-y)",
    title_id="Laju pertumbuhan tahunan (y-on-y)",
    meaning="How much larger the figure is than in the same quarter a year before, in percent.",
    parameters=_SERIES,
    body="growth_rate(x, over: year)",
    unit="%",
    base="x[y-1]",
    examples=(
        FormulaExample("y_on_y(x)", {"x": "90", "x[y-1]": "120"}, "-25"),
        FormulaExample("y_on_y(x)", {"x": "90", "x[y-1]": ""}, "missing"),
    ),
    reference=_REFERENCE,
)

C_TO_C = Formula(
    name="c_to_c",
    title="Growth of the year so far (c-to-c)",
    title_id="Laju pertumbuhan kumulatif (c-to-c)",
    meaning=(
        "The sum from the first quarter to this one, against the sum over the same quarters of "
        "the year before, in percent. In the fourth quarter it is the growth of the year."
    ),
    parameters=_SERIES,
    body="growth_rate(ytd(x), over: year)",
    unit="%",
    base="ytd(x)[y-1]",
    examples=(),
    reference=_REFERENCE,
)

FORMULAS = (Q_TO_Q, Y_ON_Y, C_TO_C)
