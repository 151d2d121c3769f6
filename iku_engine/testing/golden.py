"""Golden tables: results beside the text a file keeps of them."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

from iku_engine.reports.to_csv import to_csv
from iku_engine.results.model import Results

UPDATE = "IKU_UPDATE_GOLDEN"
"""The environment variable that lets files be written anew: `IKU_UPDATE_GOLDEN=1 pytest`."""


def check_golden(found: Results | str, path: Path, *, update: bool | None = None) -> None:
    """Compare results, or any text a report makes, with the file that keeps them.

    Results are kept as the CSV of `iku compute`. A difference, or a file that is not there, is
    an `AssertionError` that shows the lines. With `update`, by default where the environment
    says `IKU_UPDATE_GOLDEN=1`, the file is written instead: look at it before it is committed.
    """
    text = found if isinstance(found, str) else to_csv(found)
    if os.environ.get(UPDATE) == "1" if update is None else update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        return
    how = f"set {UPDATE}=1 to write it"
    if not path.exists():
        raise AssertionError(f"there is no {path}: {how}")
    kept = path.read_bytes().decode("utf-8")
    if text == kept:
        return
    lines = difflib.unified_diff(
        kept.splitlines(), text.splitlines(), "kept", "found", lineterm="", n=1
    )
    raise AssertionError("\n".join([f"{path.name} is not what is kept ({how}):", *lines]))
