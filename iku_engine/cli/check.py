"""`iku check PATH...`: every mistake in definitions and data, in one run."""

from __future__ import annotations

from pathlib import Path

import click

from iku_engine.cli.options import (
    EXISTING,
    allowed_folders,
    as_of_option,
    format_option,
    plugin_paths,
)
from iku_engine.cli.output import finish, usage, write


@click.command("check")
@click.argument("paths", type=EXISTING, nargs=-1, required=True, metavar="PATH...")
@format_option("text", "json")
@as_of_option
@plugin_paths
@allowed_folders
def command(
    paths: tuple[Path, ...],
    form: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
) -> None:
    """Report every mistake in definitions and data.

    Each PATH is a catalog: a folder of definitions or one file. The exit code is 1 when there
    is an error; warnings and hints leave it 0.
    """
    from iku_engine.diagnostics import in_file_order
    from iku_engine.engine import Engine
    from iku_engine.reports.to_diagnostics import diagnostic_rows, summary, to_diagnostics
    from iku_engine.reports.to_json import json_text

    with usage():
        found = in_file_order(
            diagnostic
            for path in paths
            for diagnostic in Engine.open(
                path, plugins=plugins, allowed=allowed, as_of=as_of
            ).check()
        )
    if form == "json":
        write(json_text(diagnostic_rows(found)))
    else:
        write(to_diagnostics(found) or f"{summary(found)}\n")
    finish(found)
