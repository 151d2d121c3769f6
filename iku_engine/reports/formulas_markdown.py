"""All formulas as one Markdown document: the source of `docs/formulas.md`."""

from __future__ import annotations

from collections.abc import Mapping

from iku_engine.formulas.model import Formula, FormulaExample, Function, Library
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label
from iku_engine.reports.to_formulas import Chapter, Detail, Entry, chapters, details


def formulas_markdown(
    library: Library, methods: Mapping[str, Formula], language: Language = Language.EN
) -> str:
    """A chapter a kind; formulas with a page each, functions of the language as a table."""
    parts = [_chapter(chapter, language) for chapter in chapters(library, methods, language)]
    return "\n\n".join(parts) + "\n"


def _chapter(chapter: Chapter, language: Language) -> str:
    heading = f"## {label(f'formulas.{chapter.key}', language)}"
    pages = [_page(entry, entry.page, language) for entry in chapter.entries if entry.page]
    bare = [entry for entry in chapter.entries if entry.page is None]
    return "\n\n".join([heading, *pages, *([_list(bare)] if bare else [])])


def _list(entries: list[Entry]) -> str:
    return "\n".join(f"- {_code(entry.signature)}: {_text(entry.meaning)}" for entry in entries)


def _page(entry: Entry, page: Formula | Function, language: Language) -> str:
    lines = [f"### {_code(entry.signature)}", "", _text(page.meaning), ""]
    for detail in details(page, language):
        lines += _detail(detail, page, language)
    return "\n".join(lines)


def _detail(detail: Detail, page: Formula | Function, language: Language) -> list[str]:
    if detail.key == "examples":
        texts = [_example(example, language) for example in page.examples]
    elif detail.key == "base" or (detail.key == "body" and _is_written(page)):
        texts = [_code(text) for text in detail.texts]
    else:
        texts = [_text(text) for text in detail.texts]
    if len(texts) == 1:
        return [f"- {detail.label}: {texts[0]}"]
    return [f"- {detail.label}:", *(f"  - {text}" for text in texts)]


def _is_written(page: Formula | Function) -> bool:
    return isinstance(page, Formula) and not callable(page.body)


def _example(example: FormulaExample, language: Language) -> str:
    nothing = label("formulas.nothing", language)
    given = ", ".join(
        f"{_code(name)} = {_text(value or nothing)}" for name, value in example.given.items()
    )
    text = f"{_code(example.call)} = {_text(example.value)}"
    if given:
        text += f", {label('formulas.given', language, given=given)}"
    return f"{text} ({_text(example.note)})" if example.note else text


def _code(text: str) -> str:
    """Text in backticks, with more of them where it has some itself."""
    shown = visible(text)
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def _text(words: str) -> str:
    """Words as Markdown, where `<` would begin a tag; backticks keep their meaning."""
    return visible(words).replace("<", "&lt;")
