"""`iku compute PATH`: target, actual and achievement of every indicator in every period."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from iku_engine.catalog.model import Catalog
    from iku_engine.results.model import Results


@click.command("compute")
@catalog_path
@click.option("--periods", help="For example 2018..2022; by default those of the catalog.")
@click.option("--indicator", "indicators", multiple=True, help="Only this one. Repeatable.")
@click.option(
    "--to-date",
    is_flag=True,
    help="Make a year of the quarters or months that have figures, against their targets.",
)
@click.option("--by", multiple=True, help="Split by this dimension. Repeatable.")
@format_option("table", "csv", "json")
@output_option
@click.option(
    "--locale",
    type=click.Choice(["id", "en"]),
    help="How figures are written. csv: en (default), or id for Indonesian spreadsheets "
    "(; and decimal comma). table: by default as --lang.",
)
@click.option(
    "--manifest",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write down here what the results are made with and from, for iku verify.",
)
@language_option
@as_of_option
@plugin_paths
@allowed_folders
@data_access
@cache_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    path: Path,
    periods: str | None,
    indicators: tuple[str, ...],
    to_date: bool,
    by: tuple[str, ...],
    form: str,
    output: Path | None,
    locale: str | None,
    manifest: Path | None,
    language: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Compute the table: target, actual and achievement a year.

    PATH is a folder of definitions or one file. Mistakes in definitions and data go to stderr
    and make the exit code 1; what can be computed is still written.
    """
    from iku_engine.engine import Engine

    if form == "json" and locale is not None:
        raise click.UsageError("--locale is for csv and table: JSON figures have a decimal point")
    if manifest is not None and manifest == output:
        raise click.UsageError("--manifest and --output name the same file")
    with usage():
        engine = Engine.open(
            path, plugins=plugins, allowed=allowed, keep=keep, as_of=as_of, **access
        )
        keep_sources(engine.catalog, output)
        keep_sources(engine.catalog, manifest)
    with asked_of(engine):
        if manifest is None:
            results, found = engine.compute_with_findings(
                periods, indicators=indicators, by=by, to_date=to_date
            )
        else:
            results, recorded, found = engine.manifest_with_findings(
                periods, indicators=indicators, by=by, to_date=to_date
            )
    text = _written(form, results, engine.catalog, locale, language)
    write(text, output)
    if manifest is not None:
        from iku_engine.reports.to_manifest import to_manifest

        write(to_manifest(recorded), manifest)
    report(found)
    finish(found)


def _written(
    form: str, results: Results, catalog: Catalog, locale: str | None, language: str
) -> str:
    """The results in a form; only what that form needs is imported."""
    if form == "json":
        from iku_engine.reports.to_json import to_json

        return to_json(results)
    from iku_engine.quantities import NumberFormat

    if form == "csv":
        from iku_engine.reports.to_csv import to_csv

        return to_csv(results, NumberFormat(locale or "en"))
    from iku_engine.reports.labels import Language
    from iku_engine.reports.names import Names
    from iku_engine.reports.to_table import DEFAULT_WIDTH, to_table

    return to_table(
        results,
        Names.of(catalog),
        language=Language(language),
        numbers=NumberFormat(locale or language),
        width=terminal_width(DEFAULT_WIDTH),
    )
