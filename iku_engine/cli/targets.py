"""`iku targets PATH`: what was promised, by which decree, and what a rule makes of it."""

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
    format_option,
    language_option,
    output_option,
    plugin_paths,
)
from iku_engine.cli.output import (
    asked_of,
    finish,
    keep_sources,
    report,
    terminal_width,
    usage,
    write,
)


@click.command("targets")
@catalog_path
@click.option("--indicator", "indicators", multiple=True, help="Only this one. Repeatable.")
@click.option("--periods", help="For example 2018..2022; by default all that have a target.")
@format_option("table", "csv", "json")
@output_option
@language_option
@as_of_option
@plugin_paths
@allowed_folders
@data_access
@cache_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    path: Path,
    indicators: tuple[str, ...],
    periods: str | None,
    form: str,
    output: Path | None,
    language: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Show the targets: printed, by a rule, in force, replaced.

    A printed figure stands beside what the rule, path or spread of its decree gives for the
    same period. Of several decrees the last one is in force; what it replaced is named.
    """
    from iku_engine.engine import Engine
    from iku_engine.reports import to_targets as faces
    from iku_engine.reports.labels import Language

    with usage():
        engine = Engine.open(
            path, plugins=plugins, allowed=allowed, keep=keep, as_of=as_of, **access
        )
        keep_sources(engine.catalog, output)
    with asked_of(engine):
        promised = engine.promised(periods, indicators=indicators)
    match form:
        case "csv":
            text = faces.to_targets_csv(promised)
        case "json":
            text = faces.to_targets_json(promised)
        case _:
            width = terminal_width(faces.DEFAULT_WIDTH)
            text = faces.to_targets(promised, language=Language(language), width=width)
    write(text, output)
    report(engine.diagnostics)
    finish(engine.diagnostics)
