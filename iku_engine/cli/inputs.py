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
from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.reports.escape import visible


@click.command("inputs")
@catalog_path
@click.option("--periods", help="For example 2018..2022; by default those of the catalog.")
@click.option("--records", help="The sheet of this record set: a row a record.")
@output_option
@as_of_option
@plugin_paths
@allowed_folders
@data_access
@cache_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    path: Path,
    periods: str | None,
    records: str | None,
    output: Path | None,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Write the inputs that are lacking, as a CSV to fill in.

    Filled in, the file is a source of the catalog: `variable: variabel`, `period: periode`,
    `value: nilai`. Records that are lacking are named; --records writes a sheet with the columns of
    their source, on which the records of the period before stand.
    """
    from iku_engine.engine import Engine
    from iku_engine.errors import UsageError
    from iku_engine.reports.to_inputs import to_inputs, to_record_inputs

    with usage():
        engine = Engine.open(
            path, plugins=plugins, allowed=allowed, keep=keep, as_of=as_of, **access
        )
        keep_sources(engine.catalog, output)
    with asked_of(engine):
        lacking = engine.needed_records(periods)
        if records is not None and records not in engine.catalog.records:
            help_ = did_you_mean(records, engine.catalog.records)
            hint = f": {help_}" if help_ else ""
            raise UsageError(f"there is no record set {quoted(records)}{hint}")
        own = [each for each in lacking if each.records == records]
        needed = engine.needed_inputs(periods) if records is None else ()
    if records is None:
        write(to_inputs(needed), output)
        for each in lacking:
            name = visible(f"`{each.records}` ({each.label})")
            say(f"there are no records of {name} in {each.period}: see --records {each.records}")
    elif own:
        write(to_record_inputs(own), output)
    if not needed and not own and (records is not None or not lacking):
        say("no input is lacking")
    found = (*engine.diagnostics, *engine.data().diagnostics)
    report(found)
    finish(found)
