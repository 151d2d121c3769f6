"""Formulas, functions and achievement methods -> a list, and a page each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iku_engine.formulas.arguments import signature
from iku_engine.formulas.model import Formula, FormulaExample, Function, Library, Parameter
from iku_engine.language.vocabulary import FUNCTIONS
from iku_engine.reports.escape import visible, width_of
from iku_engine.reports.formula_domain import formula_domain
from iku_engine.reports.labels import Language, label

_AGGREGATES: Mapping[str, str] = {
    "count": "count(records where condition)",
    "sum": "sum(records.field where condition)",
    "mean": "mean(records.field where condition)",
    "min": "min(records.field where condition)",
    "max": "max(records.field where condition)",
    "stdev": "stdev(records.field where condition)",
    "stdev_pop": "stdev_pop(records.field where condition)",
    "gini": "gini(records.field where condition)",
    "total_over": "total(x over dimension)",
    "mean_over": "mean(x over dimension)",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: how it is called, what it does, and its page where it has one."""

    name: str
    signature: str
    meaning: str
    page: Formula | Function | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One kind of thing that a formula can call."""

    key: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """One labelled part of a page, such as its examples."""

    key: str
    label: str
    texts: tuple[str, ...]


def chapters(
    library: Library, methods: Mapping[str, Formula], language: Language
) -> tuple[Chapter, ...]:
    """Everything a formula can call and every achievement method, by kind."""
    functions = tuple(
        Entry(each.name, each.signature, _meaning(each.meaning, each.meaning_id, language))
        for each in FUNCTIONS.values()
    )
    aggregates = tuple(
        Entry(written.partition("(")[0], written, label(f"aggregate.{key}", language))
        for key, written in _AGGREGATES.items()
    )
    found = (
        Chapter("formulas", _entries(library.formulas, language)),
        Chapter("functions", _entries(library.functions, language)),
        Chapter("methods", _entries(methods, language)),
        Chapter("language", functions),
        Chapter("aggregates", aggregates),
    )
    return tuple(chapter for chapter in found if chapter.entries)


def formula_list(library: Library, methods: Mapping[str, Formula], language: Language) -> str:
    """All of them, a line each: how it is written and what it is."""
    all_ = chapters(library, methods, language)
    room = max(width_of(visible(e.signature)) for chapter in all_ for e in chapter.entries)
    parts = []
    for chapter in all_:
        heading = f"{label(f'formulas.{chapter.key}', language)}:"
        lines = (
            f"  {visible(entry.signature).ljust(room)}  {visible(entry.meaning)}"
            for entry in chapter.entries
        )
        parts.append("\n".join((heading, *lines)))
    return "\n\n".join(parts) + "\n"


def formula_page(
    name: str, library: Library, methods: Mapping[str, Formula], language: Language
) -> str:
    """All that is known about one name. Raises `KeyError` for a name nothing has."""
    pages = [
        "\n".join(_page(entry, library, language))
        for chapter in chapters(library, methods, language)
        for entry in chapter.entries
        if entry.name == name
    ]
    if not pages:
        raise KeyError(name)
    return "\n\n".join(pages) + "\n"


def formula_names(library: Library, methods: Mapping[str, Formula]) -> tuple[str, ...]:
    """Every name that has a page."""
    found = chapters(library, methods, Language.EN)
    return tuple(dict.fromkeys(entry.name for chapter in found for entry in chapter.entries))


def _entries(
    found: Mapping[str, Formula] | Mapping[str, Function], language: Language
) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            each.name,
            signature(each) if isinstance(each, Formula) else _call(each),
            _meaning(each.title, each.title_id, language),
            each,
        )
        for each in found.values()
    )


def _page(entry: Entry, library: Library, language: Language) -> list[str]:
    lines = [visible(entry.signature), "", f"  {visible(entry.meaning)}"]
    if entry.page is None:
        return lines
    lines += [f"  {visible(entry.page.meaning)}", ""]
    found = details(entry.page, language)
    domain = formula_domain(entry.page, library, language)
    if domain:
        after = next(n for n, detail in enumerate(found, 1) if detail.key == "body")
        found.insert(after, Detail("domain", label("formulas.domain", language), tuple(domain)))
    room = max(width_of(detail.label) for detail in found)
    for detail in found:
        shown = detail.label
        for text in detail.texts:
            lines.append(f"  {shown.ljust(room)}  {visible(text)}")
            shown = ""
    return lines


def details(page: Formula | Function, language: Language) -> list[Detail]:
    """What a page says below the meaning; what a formula does not have is left out."""
    unit = label("formulas.same_unit", language) if page.unit == "same" else page.unit
    found = {
        "parameters": [_parameter(parameter, language) for parameter in page.parameters],
        "body": _bodies(page, language),
        "unit": [unit] if unit else [],
        "base": _written(page.base) if isinstance(page, Formula) else [],
        "examples": [example_text(example, language) for example in page.examples],
        "reference": [page.reference] if page.reference else [],
        "origin": [page.origin],
    }
    return [
        Detail(key, label(f"formulas.{key}", language), tuple(texts))
        for key, texts in found.items()
        if texts
    ]


def _bodies(page: Formula | Function, language: Language) -> list[str]:
    if isinstance(page, Function):
        return [label("formulas.opaque", language)]
    if callable(page.body):
        return [label("formulas.builder", language)]
    return _written(page.body)


def _written(body: str | Mapping[str, str]) -> list[str]:
    if isinstance(body, str):
        return [body] if body else []
    return [f"{choice}: {text}" for choice, text in body.items()]


def _parameter(parameter: Parameter, language: Language) -> str:
    text = f"{parameter.name}: {parameter.meaning}"
    if parameter.choices:
        text += f" ({' | '.join(parameter.choices)})"
    if parameter.default is None:
        return text
    return f"{text}; {label('formulas.default', language, default=parameter.default)}"


def example_text(example: FormulaExample, language: Language) -> str:
    """An example on one line: the call, its value, and what was given."""
    nothing = label("formulas.nothing", language)
    given = ", ".join(f"{name} = {value or nothing}" for name, value in example.given.items())
    text = f"{example.call} = {example.value}"
    if given:
        text += f" {label('formulas.given', language, given=given)}"
    return f"{text} ({example.note})" if example.note else text


def _call(function: Function) -> str:
    return f"{function.name}({', '.join(parameter.name for parameter in function.parameters)})"


def _meaning(english: str, indonesian: str, language: Language) -> str:
    return (indonesian or english) if language is Language.ID else english
