"""`iku inputs PATH`: the inputs that are lacking, as a sheet to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from iku_engine.cli.options import (
    Access,
    allowed_folders,
    as_of_option,
    cache_option,
    catalog_path,
    data_access,
    output_option,
    plugin_paths,
)
from iku_engine.cli.output import asked_of, finish, keep_sources, report, say, usage, write


@click.command("inputs")
@catalog_path
@click.option("--periods", help="For example 2018..2022; by default those of the catalog.")
@output_option
@as_of_option
@plugin_paths
@allowed_folders
@data_access
@cache_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    path: Path,
    periods: str | None,
    output: Path | None,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Write the inputs that are lacking, as a CSV to fill in.

    Filled in, the file is a source of the catalog: `variable: variabel`, `period: periode`,
    `value: nilai`.
    """
    from iku_engine.engine import Engine
    from iku_engine.reports.to_inputs import to_inputs

    with usage():
        engine = Engine.open(
            path, plugins=plugins, allowed=allowed, keep=keep, as_of=as_of, **access
        )
        keep_sources(engine.catalog, output)
    with asked_of(engine):
        needed = engine.needed_inputs(periods)
    write(to_inputs(needed), output)
    if not needed:
        say("no input is lacking")
    found = (*engine.diagnostics, *engine.data().diagnostics)
    report(found)
    finish(found)
