"""`iku explain PATH INDICATOR PERIOD`: where one figure comes from."""

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
    place_option,
    plugin_paths,
)
from iku_engine.cli.output import asked_of, finish, report, usage, write
from iku_engine.diagnostics import quoted
from iku_engine.errors import UsageError
from iku_engine.periods import Period


@click.command("explain")
@catalog_path
@click.argument("indicator")
@click.argument("period")
@place_option
@format_option("text", "json", "markdown")
@click.option(
    "--records",
    type=click.Choice(["few", "all"]),
    default="few",
    show_default=True,
    help="The first records and the fields a formula names, or all and what those come from.",
)
@click.option("--sql", is_flag=True, help="The statements by which databases reduce records.")
@language_option
@as_of_option
@plugin_paths
@allowed_folders
@data_access
@cache_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    path: Path,
    indicator: str,
    period: str,
    place: dict[str, str],
    form: str,
    records: str,
    sql: bool,
    language: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Show where one figure comes from, down to the cells.

    Prints the formula of INDICATOR, the same written out and with the figures put in, when it
    is undefined, and the file, row and column of each input. PERIOD is written 2022, 2022-Q1
    or 2022-03.
    """
    from iku_engine.analysis.domain_findings import explained_domains
    from iku_engine.engine import Engine
    from iku_engine.reports.explanation_mapping import explanation_mapping
    from iku_engine.reports.explanation_markdown import explanation_markdown
    from iku_engine.reports.labels import Language
    from iku_engine.reports.names import Names
    from iku_engine.reports.to_explanation import Extras, field_uses, to_explanation
    from iku_engine.reports.to_json import json_text

    with usage():
        when = _period(period)
        engine = Engine.open(
            path, plugins=plugins, allowed=allowed, keep=keep, as_of=as_of, **access
        )
    with asked_of(engine):
        explanation, found = engine.explain_with_findings(indicator, when, place)
    names = Names.of(engine.catalog)
    domains = explained_domains(explanation, engine.binding)
    if form == "json":
        write(json_text(explanation_mapping(explanation, domains, names)))
    else:
        extras = Extras(domains, field_uses(engine.catalog) if records == "all" else None, sql)
        written = explanation_markdown if form == "markdown" else to_explanation
        write(written(explanation, names, language=Language(language), extras=extras))
    report(found)
    finish(found)


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as mistake:
        raise UsageError(f"{quoted(text)} is no period: {mistake}") from None
