"""What is public is listed, sorted, and stands in the documentation."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

import iku_engine
import iku_engine.testing
from docs.tools.blocks import commands_in
from iku_engine import Engine

DOCS = Path(__file__).parent.parent / "docs"

PAGES = [(iku_engine, "embedding.md"), (iku_engine.testing, "plugins/testing.md")]
each_module = pytest.mark.parametrize(("module", "page"), PAGES, ids=["iku_engine", "testing"])


@each_module
def test_public_names_exist_and_are_sorted(module: ModuleType, page: str) -> None:
    names: list[str] = module.__all__
    assert names == sorted(names)
    assert all(hasattr(module, name) for name in names)


@each_module
def test_public_names_have_a_docstring(module: ModuleType, page: str) -> None:
    for name in module.__all__:
        assert getattr(module, name).__doc__, name


@each_module
def test_page_lists_exactly_the_public_names(module: ModuleType, page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert f"names {module.__name__}" in commands_in(text)
    listed = ", ".join(f"`{name}`" for name in module.__all__)
    assert f"-->\n{listed}\n<!-- end -->" in text


def test_every_public_part_of_the_engine_is_on_the_page() -> None:
    text = (DOCS / "embedding.md").read_text(encoding="utf-8")
    for name in vars(Engine):
        if not name.startswith("_") and name not in ("data",):
            assert f"{name}(" in text or f"`.{name}`" in text, name
