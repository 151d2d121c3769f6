"""When a named formula is undefined: the domain of its body, in its parameters."""

from __future__ import annotations

from fractions import Fraction

from iku_engine.analysis.domain import domain_of
from iku_engine.diagnostics import text_alone
from iku_engine.formulas.expand import Expander
from iku_engine.formulas.model import Formula, Function, Library
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Based, Node, Number
from iku_engine.reports.labels import Language, label
from iku_engine.reports.names import Names
from iku_engine.reports.to_domain import domain_texts

_REFUSING = "negative_base: undefined"
_NOTHING = Number(Fraction(0))


def formula_domain(page: Formula | Function, library: Library, language: Language) -> list[str]:
    """A text a condition; empty for a formula that is defined everywhere.

    Of a formula built from its arguments the first example with a condition is looked at, and
    a function keeps its domain to itself.
    """
    if isinstance(page, Function):
        return []
    if callable(page.body):
        calls = {example.call: example.call for example in page.examples}
        found = (_texts(name, text, library, language) for name, text in calls.items())
        return next((texts for texts in found if texts), [])
    bodies = {"": page.body} if isinstance(page.body, str) else page.body
    texts = [t for name, text in bodies.items() for t in _texts(name, text, library, language)]
    return texts + _refused_bases(page, library, language)


def _texts(name: str, text: str, library: Library, language: Language) -> list[str]:
    """The conditions of one body, each behind the word or call that leads to it."""
    tree = _expanded(text, library)
    found = domain_texts(domain_of(tree), Names(), language) if tree is not None else []
    return [f"{name}: {each}" if name else each for each in found]


def _refused_bases(page: Formula, library: Library, language: Language) -> list[str]:
    """What `negative_base: undefined` adds to a formula that declares its base."""
    bases = {"": page.base} if isinstance(page.base, str) else page.base
    given = label("formulas.given", language, given=_REFUSING)
    found: list[str] = []
    for name, text in bases.items():
        base = _expanded(text, library) if text else None
        if base is None:
            continue
        refusing = Based(_NOTHING, base, marked=False)
        texts = domain_texts(domain_of(refusing), Names(), language)
        found += [f"{name}: {each} {given}" if name else f"{each} {given}" for each in texts]
    return found


def _expanded(text: str, library: Library) -> Node | None:
    located = text_alone(text)
    tree, _ = parse_formula(located)
    return Expander(library, {}).expand(tree, located)[0] if tree is not None else None
