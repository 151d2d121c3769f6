"""The documentation holds: nothing stale, code runs, definitions load, links lead somewhere."""

from __future__ import annotations

import doctest
import functools
import importlib.util
import re
import shutil
import sys
import unicodedata
from pathlib import Path

import pytest

from docs.build import PAGES, ROOT, all_pages, produced, rebuilt
from docs.tools.blocks import Fenced, commands_in, fenced_blocks, with_generated
from docs.tools.databases import write_database
from docs.tools.fields import SECTIONS
from iku_engine import Engine
from iku_engine.hooks import Hooks
from iku_engine.language.vocabulary import AGGREGATES, FUNCTIONS

HOOK_PAGES = ROOT / "docs" / "plugins"
READ = [page for page in all_pages() if str(page.relative_to(ROOT)) not in PAGES]
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)

each_page = pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.name)
each_read_page = pytest.mark.parametrize("page", READ, ids=lambda page: page.name)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks_of(page: Path) -> list[Fenced]:
    return list(fenced_blocks(text_of(page)))


def file_name(block: Fenced) -> str:
    return block.name.removeprefix("bad").strip()


def write_files(page: Path, folder: Path, *languages: str) -> None:
    """The blocks of a page that are named for a file."""
    for block in blocks_of(page):
        name = file_name(block)
        if name and block.language in languages:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if block.language == "sql":
                write_database(folder / name, block.text)
            else:
                (folder / name).write_text(block.text, encoding="utf-8")


def catalogs() -> list[tuple[Path, Fenced]]:
    return [
        (page, block)
        for page in READ
        for block in blocks_of(page)
        if block.language == "yaml"
        and block.text.startswith("iku: 1")
        and not block.name.startswith("bad")
    ]


@functools.cache
def up_to_date() -> dict[Path, str]:
    return rebuilt()


@each_page
def test_generated_parts_are_not_stale(page: Path) -> None:
    assert up_to_date()[page] == text_of(page), "run `python -m docs.build`"


def test_every_generated_page_exists() -> None:
    assert set(up_to_date()) == set(all_pages())


@pytest.mark.parametrize(
    ("page", "block"), catalogs(), ids=lambda one: one.name if isinstance(one, Path) else one.line
)
def test_a_catalog_on_a_page_has_no_mistakes(page: Path, block: Fenced, tmp_path: Path) -> None:
    write_files(page, tmp_path, "csv", "sql")
    (tmp_path / "iku.yaml").write_text(block.text, encoding="utf-8")
    engine = Engine.open(tmp_path, discover=False)
    _, found = engine.compute_with_findings(None if engine.catalog.periods else "2022")
    assert not engine.check()
    assert not found


@each_read_page
def test_code_on_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(page, tmp_path, "csv", "sql", "yaml", "python")
    if page.parent == ROOT:
        shutil.copytree(ROOT / "definitions", tmp_path / "definitions")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    code = "\n".join(b.text for b in blocks_of(page) if b.language == "python" and not b.name)
    test = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    report: list[str] = []
    try:
        doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    finally:
        for name, module in list(sys.modules.items()):  # plugins of the page
            if str(getattr(module, "__file__", "")).startswith(str(tmp_path)):
                del sys.modules[name]
    assert not report, "".join(report)


@each_read_page
def test_code_without_a_file_is_a_dialogue(page: Path) -> None:
    """Otherwise nothing would run it."""
    for block in blocks_of(page):
        if block.language == "python" and not block.name:
            assert block.text.startswith(">>> "), f"{page.name}:{block.line}"


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(text_of(page)):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


def anchors(page: Path) -> set[str]:
    """The anchors that headings get on the usual hosts."""
    bare = re.sub(r"^```.*?^```", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    words = (re.sub(r"[^\w\- ]", "", found.lower()) for found in HEADING.findall(bare))
    return {word.strip().replace(" ", "-") for word in words}


@each_page
def test_page_has_no_hidden_characters(page: Path) -> None:
    hidden = {sign for sign in text_of(page) if unicodedata.category(sign) in ("Cc", "Cf", "Co")}
    assert hidden <= {"\n"}


def test_every_section_of_a_definition_is_explained() -> None:
    commands = commands_in(text_of(ROOT / "docs" / "definitions.md"))
    assert {f"fields {section}" for section in SECTIONS} <= set(commands)


def test_every_word_of_the_language_is_explained() -> None:
    language, formulas = text_of(ROOT / "docs/language.md"), text_of(ROOT / "docs/formulas.md")
    for word in (*FUNCTIONS, *AGGREGATES):
        assert word in language
        assert f"`{word}(" in formulas, word


def test_every_hook_is_explained() -> None:
    """Each on a page of its own: signature, when, what, an example that runs, who uses it."""
    pages = {text_of(page).splitlines()[0]: page for page in HOOK_PAGES.glob("*.md")}
    for hook in vars(Hooks):
        if hook.startswith("iku_"):
            page = pages[f"# `{hook}`"]
            text = text_of(page)
            assert f"{hook}() -> Iterable[" in text, page
            for part in (
                "**Called.**",
                "**Returns.**",
                "**Fails.**",
                f"generated: hook {hook} -->",
            ):
                assert part in text, (page, part)
            assert any(b.language == "python" and not b.name for b in blocks_of(page)), page
            assert f"(plugins/{page.name})" in text_of(ROOT / "docs" / "plugins.md")


def test_a_generated_part_is_replaced_as_a_whole() -> None:
    page = "a\n<!-- generated: fields rating -->\nold\n<!-- end -->\nb\n"
    once = with_generated(page, produced)
    assert "old" not in once
    assert with_generated(once, produced) == once


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing generates"):
        produced("rm everything")


def test_plugin_files_on_a_page_are_python() -> None:
    for page in (ROOT / "docs" / "plugins.md", *HOOK_PAGES.glob("*.md")):
        for block in blocks_of(page):
            if block.language == "python" and block.name:
                compile(block.text, block.name, "exec")
    assert importlib.util.find_spec("instansi") is None
