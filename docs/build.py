"""Makes the generated pages and parts of the documentation; `--check` only says what is stale.

python -m docs.build
python -m docs.build --check
"""

from __future__ import annotations

import importlib
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.tools.blocks import fenced, with_generated
from docs.tools.catalog_parts import catalog_part
from docs.tools.commands import output_of
from docs.tools.diagnostics_page import diagnostics_page
from docs.tools.fields import fields_table
from docs.tools.formulas_page import formulas_page
from docs.tools.hooks_part import used_by

ROOT = Path(__file__).parent.parent
PAGES: Mapping[str, Callable[[], str]] = {
    "docs/formulas.md": formulas_page,
    "docs/diagnostics.md": diagnostics_page,
}
"""Pages that are generated as a whole."""


def all_pages() -> list[Path]:
    """Every page of the documentation, README among them."""
    pages = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "definitions").rglob("*.md")]
    return [ROOT / "README.md", *sorted(pages)]


def rebuilt() -> dict[Path, str]:
    """Every page as it should be."""
    whole = {ROOT / name: produce() for name, produce in PAGES.items()}
    kept = [page for page in all_pages() if page not in whole]
    parts = {page: with_generated(page.read_text(encoding="utf-8"), produced) for page in kept}
    return {**whole, **parts}


def stale() -> dict[Path, str]:
    """The pages that differ from what they should be."""
    return {
        page: text
        for page, text in rebuilt().items()
        if not page.exists() or page.read_text(encoding="utf-8") != text
    }


def produced(command: str) -> str:
    """A part: `iku ...`, `fields SECTION`, `names MODULE`, `catalog PART NAME` or `hook HOOK`."""
    word, _, rest = command.partition(" ")
    if word == "iku":
        return fenced(f"$ {command}\n{output_of(shlex.split(rest), ROOT)}")
    if word == "catalog":
        return catalog_part(rest)
    if word == "fields":
        return fields_table(rest)
    if word == "hook":
        return used_by(rest)
    if word == "names":
        return _public_names(rest)
    raise ValueError(f"nothing generates `{command}`")


def _public_names(module: str) -> str:
    names: list[str] = importlib.import_module(module).__all__
    return ", ".join(f"`{name}`" for name in names) + "\n"


def main(arguments: list[str]) -> int:
    """Write what is stale, or only name it."""
    found = stale()
    for page, text in found.items():
        sys.stdout.write(f"{page.relative_to(ROOT)}\n")
        if "--check" not in arguments:
            page.write_text(text, encoding="utf-8")
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
