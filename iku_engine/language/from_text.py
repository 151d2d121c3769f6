"""Formula text -> expression tree, by our own grammar; never `eval`, never sympy's parser.

The tree is built by callbacks while the text is read (a pass over a finished parse tree would
meet the recursion limit on a few thousand signs).
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import cast

import lark

from iku_engine.diagnostics import Diagnostic, Diagnostics, LocatedText, quoted
from iku_engine.language.bounds import MAX_DEPTH
from iku_engine.language.builder import Refused, TreeBuilder
from iku_engine.language.invariants import depth, misplaced_percents
from iku_engine.language.model import Node
from iku_engine.language.refusals import first_refusal
from iku_engine.quantities import decimal_text

_SIGNS = {
    "RPAR": "`)`",
    "LPAR": "`(`",
    "RSQB": "`]`",
    "COMMA": "`,`",
    "NAME": "a name",
    "NUMBER": "a figure",
    "_OVER": "`over`",
    "_WHERE": "`where`",
}


def parse_formula(formula: LocatedText) -> tuple[Node | None, Diagnostics]:
    """Read a formula; the tree is None exactly when the diagnostics say why."""
    refusal = first_refusal(formula.text)
    if refusal is not None:
        where = formula.at(refusal.start, refusal.end)
        return None, (Diagnostic(refusal.code, refusal.message, where, refusal.help),)
    try:
        tree = _parser().parse(formula.text)
    except Refused as mistake:
        where = formula.at(mistake.span.start, mistake.span.end)
        return None, (Diagnostic(mistake.code, mistake.message, where, mistake.instead),)
    except lark.UnexpectedInput as mistake:
        return None, (_unexpected(mistake, formula),)
    if depth(tree) > MAX_DEPTH:
        message = f"a formula of more than {MAX_DEPTH} levels; a long sum has one for each term"
        helping = "name its parts as formulas of their own"
        return None, (Diagnostic("IKU202", message, formula.location, helping),)
    misplaced = tuple(
        Diagnostic(
            "IKU209",
            "in a product or quotient `100%` is the only percent literal",
            formula.at(percent.span.start, percent.span.end),
            f"write the factor itself, here `{decimal_text(percent.value / 100)}`",
        )
        for percent in misplaced_percents(tree)
    )
    return (None, misplaced) if misplaced else (tree, ())


@functools.cache
def _parser() -> _Parser:
    return _Parser()


class _Parser:
    """The grammar, compiled once, with the callbacks that build the tree."""

    def __init__(self) -> None:
        grammar = resources.files("iku_engine.language").joinpath("formula.lark")
        self._lark = lark.Lark(
            grammar.read_text(encoding="utf-8"),
            parser="lalr",
            transformer=TreeBuilder(),
            propagate_positions=False,
            maybe_placeholders=False,
        )

    def parse(self, text: str) -> Node:
        return cast(Node, self._lark.parse(text))  # what the callbacks return, not lark's tree


def _unexpected(mistake: lark.UnexpectedInput, formula: LocatedText) -> Diagnostic:
    """The parser's refusal in our words, at the sign where it stopped."""
    text = formula.text
    token = getattr(mistake, "token", None)
    position: int | None = getattr(mistake, "pos_in_stream", None)
    at_end = isinstance(token, lark.Token) and token.type == "$END"
    if position is None or at_end or not 0 <= position < len(text):
        end = len(text.rstrip())
        message = "the formula is empty" if not text.strip() else "the formula stops too early"
        return Diagnostic("IKU201", message, formula.at(max(0, end - 1), end), _expected(mistake))
    sign = str(token) if isinstance(token, lark.Token) else text[position]
    where = formula.at(position, position + len(sign))
    helping = _expected(mistake)
    if sign == "," and position and text[position - 1].isdigit():
        helping = "a decimal point, not a comma: `1.5`"
    return Diagnostic("IKU201", f"{quoted(sign)} is not expected here", where, helping)


def _expected(mistake: lark.UnexpectedInput) -> str:
    names = getattr(mistake, "accepts", None) or getattr(mistake, "expected", None) or ()
    known = sorted({_SIGNS[name] for name in names if name in _SIGNS})
    return f"expected {' or '.join(known)}" if 0 < len(known) <= 3 else ""
