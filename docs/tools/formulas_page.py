"""`docs/formulas.md`: everything a formula can call, made from the formula values themselves."""

from __future__ import annotations

from docs.tools.blocks import table
from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.achievement import METHODS
from iku_engine.formulas.model import Library
from iku_engine.reports.formulas_markdown import formulas_markdown
from iku_engine.reports.labels import Language

_INTRODUCTION = """\
# Formulas

A named formula is text of the [formula language](language.md) with parameters. It is called like a
function, its arguments by position or by name with a colon: `growth_rate(umkm, over: year)`. Every
argument may be an expression. What a formula computes is its body, and `iku explain` writes the
body out with the figures put in.

Formulas that are measured against a base say so. A base of 0 makes the value `undefined`; a base
below 0 gives the value and marks it with the quality `negative_base`, or makes it `undefined` where
the call says `negative_base: undefined`.

An achievement method is a formula over `actual`, `target`, `target_low` and `target_high`, named by
`achievement:` of an indicator. Without one `polarity: higher` means `ratio` and `polarity: range`
means `range`; for `polarity: lower` the method must be declared.

The examples are run by the tests. In them `x[t-1]` is the figure of the period before.
`iku formulas --format markdown` prints the same, with the formulas of the plugins that are
installed. In Indonesian:
"""


def formulas_page() -> str:
    """The whole page."""
    library = Library({formula.name: formula for formula in BUILT_IN})
    methods = {method.name: method for method in METHODS}
    rows = [(f"`{one.name}`", one.title, one.title_id) for one in (*BUILT_IN, *METHODS)]
    names = table(("formula", "title", "judul"), rows)
    return "\n".join([_INTRODUCTION, names, formulas_markdown(library, methods, Language.EN)])
