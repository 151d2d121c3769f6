r"""A formulation that carries markup of LaTeX -> text, as a reader of a form expects it.

`\frac{a - b}{\text{Jumlah UMKM}} \times 100\%` becomes `(a - b) / Jumlah UMKM × 100%`.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}$]|[^\\{}$]+")
_SIGNS = {
    r"\times": "×",
    r"\cdot": "×",
    r"\div": "÷",
    r"\%": "%",
    r"\$": "$",
    r"\ ": " ",
    r"\,": " ",
    r"\left": "",
    r"\right": "",
}
_STYLES = frozenset({r"\text", r"\mathrm", r"\textbf", r"\textit", r"\mathbf"})
_FRACTIONS = frozenset({r"\frac", r"\dfrac", r"\tfrac"})
_OPERATOR = re.compile(r"[-+×÷/:]")
_DEEPEST = 30


class _Unknown(ValueError):
    """Markup that is not known: the text is shown as it is."""


def formulation_text(formulation: str) -> str:
    """The sentence without its markup; as it is where it has none, or one that is not known."""
    if "\\" not in formulation:
        return formulation
    tokens = _TOKEN.findall(formulation)
    try:
        text, end = _read(tokens, 0, 0)
    except _Unknown:
        return formulation
    return " ".join(text.split()) if end == len(tokens) else formulation


def _read(tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    """Everything up to the brace that closes, or to the end at the top."""
    if depth > _DEEPEST:
        raise _Unknown
    found = ""
    while at < len(tokens) and tokens[at] != "}":
        part = tokens[at]
        if part in _FRACTIONS:
            above, at = _group(tokens, at + 1, depth)
            below, at = _group(tokens, at, depth)
            found += f" {_bracketed(above)} / {_bracketed(below)} "
        elif part in _STYLES or part == "{":
            inner, at = _group(tokens, at + (part != "{"), depth)
            found += inner
        elif part == "$":
            at += 1
        elif part.startswith("\\"):
            if part not in _SIGNS:
                raise _Unknown
            sign = _SIGNS[part]
            found, at = found + (f" {sign} " if sign in ("×", "÷") else sign), at + 1
        else:
            found, at = found + part, at + 1
    if (at < len(tokens)) != (depth > 0):
        raise _Unknown  # a brace is not closed, or not opened
    return found, at


def _group(tokens: list[str], at: int, depth: int) -> tuple[str, int]:
    while at < len(tokens) and not tokens[at].strip():
        at += 1
    if at >= len(tokens) or tokens[at] != "{":
        raise _Unknown
    text, at = _read(tokens, at + 1, depth + 1)
    return text, at + 1


def _bracketed(part: str) -> str:
    part = " ".join(part.split())
    return f"({part})" if _OPERATOR.search(part) else part
