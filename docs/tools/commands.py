"""The output of a command, run in this process from the folder of the project."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

WIDTH = "100"


def output_of(arguments: Sequence[str], folder: Path) -> str:
    """What `iku` prints, results and messages, as on a terminal 100 columns wide.

    Raises `RuntimeError` where the command is used wrongly or fails.
    """
    from click.testing import CliRunner  # noqa: PLC0415 - pages without commands need no CLI

    from iku_engine.cli import main  # noqa: PLC0415

    environment = {"COLUMNS": WIDTH, "NO_COLOR": "1"}
    with contextlib.chdir(folder):
        result = CliRunner(env=environment).invoke(main, list(arguments), prog_name="iku")
    if result.exit_code not in (0, 1) or not isinstance(result.exception, SystemExit | None):
        raise RuntimeError(f"iku {arguments}: {result.output}") from result.exception
    return result.output
