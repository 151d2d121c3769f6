"""`iku report PATH --form F`: a form in which agencies publish, filled in."""

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


@click.command("report")
@catalog_path
@click.option(
    "--form",
    "name",
    help="`iku`, `iki`, `rencana-aksi`, `laporan-capaian` or one of a plugin; by default that of "
    "the document.",
)
@click.option("--owner", "owners", multiple=True, help="Only the sheet of this owner. Repeatable.")
@click.option("--periods", help="For example 2024-Q1..2024-Q4; by default those of the catalog.")
@click.option(
    "--to-date",
    is_flag=True,
    help="Make a year of the quarters or months that have figures, against their targets.",
)
@format_option("table", "csv", "html")
@output_option
@click.option(
    "--locale",
    type=click.Choice(["id", "en"]),
    help="csv: how figures are written, en (default) or id for Indonesian spreadsheets.",
)
@language_option
@as_of_option
@plugin_paths
@allowed_folders
@data_access
@cache_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    path: Path,
    name: str | None,
    owners: tuple[str, ...],
    periods: str | None,
    to_date: bool,
    form: str,
    output: Path | None,
    locale: str | None,
    language: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Print a form in which agencies publish.

    The indicators of an agency or of each position, its action plan, its achievement report.

    HTML is a page that stands alone and prints on A4 landscape.
    """
    from iku_engine.engine import Engine
    from iku_engine.quantities import NumberFormat
    from iku_engine.reports.labels import Language

    if locale is not None and form != "csv":
        raise click.UsageError("--locale is for csv: tables and pages follow --lang")
    with usage():
        engine = Engine.open(
            path, plugins=plugins, allowed=allowed, keep=keep, as_of=as_of, **access
        )
        keep_sources(engine.catalog, output)
    with asked_of(engine):
        filled, found = engine.report(
            name or "", periods, owners=owners, language=language, to_date=to_date
        )
    if filled is None:
        report(found)
        finish(found)
        return
    match form:
        case "csv":
            from iku_engine.reports.forms.to_csv import to_csv

            text = to_csv(filled, NumberFormat(locale or "en"))
        case "html":
            from iku_engine.reports.forms.to_html import to_html

            text = to_html(filled, Language(language))
        case _:
            from iku_engine.reports.forms.to_text import DEFAULT_WIDTH, to_text

            text = to_text(filled, Language(language), terminal_width(DEFAULT_WIDTH))
    write(text, output)
    report(found)
    finish(found)
