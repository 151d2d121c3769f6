"""`iku check PATH...`: every mistake in definitions and data, in one run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iku_engine.cli.options import (
    EXISTING,
    Access,
    allowed_folders,
    as_of_option,
    data_access,
    format_option,
    language_option,
    plugin_paths,
)
from iku_engine.cli.output import finish, terminal_width, usage, write

if TYPE_CHECKING:
    from iku_engine.diagnostics import Diagnostics
    from iku_engine.engine import Engine


@click.command("check")
@click.argument("paths", type=EXISTING, nargs=-1, required=True, metavar="PATH...")
@click.option("--fit", is_flag=True, help="Say which simple rule reproduces each row of targets.")
@format_option("text", "json")
@language_option
@as_of_option
@plugin_paths
@allowed_folders
@data_access
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    paths: tuple[Path, ...],
    fit: bool,
    form: str,
    language: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
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
        engines = [
            Engine.open(path, plugins=plugins, allowed=allowed, as_of=as_of, **access)
            for path in paths
        ]
        found = in_file_order(one for engine in engines for one in engine.check())
    if fit:
        _write_with_rows(engines, found, form, language)
    elif form == "json":
        write(json_text(diagnostic_rows(found)))
    else:
        write(to_diagnostics(found) or f"{summary(found)}\n")
    finish(found)


def _write_with_rows(
    engines: Sequence[Engine], found: Diagnostics, form: str, language: str
) -> None:
    """What was found, and below it the rows of targets with the rules that reproduce them."""
    from iku_engine.reports.labels import Language
    from iku_engine.reports.to_diagnostics import diagnostic_rows, summary, to_diagnostics
    from iku_engine.reports.to_fit import DEFAULT_WIDTH, fit_rows, to_fit
    from iku_engine.reports.to_json import json_text

    rows = [row for engine in engines for row in engine.fits()]
    if form == "json":
        write(json_text({"diagnostics": diagnostic_rows(found), "rows": fit_rows(rows)}))
        return
    table = to_fit(rows, language=Language(language), width=terminal_width(DEFAULT_WIDTH))
    shown = (to_diagnostics(found) or summary(found)).rstrip("\n")
    write(f"{shown}\n\n{table}")
