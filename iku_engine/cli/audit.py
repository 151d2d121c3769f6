"""`iku audit PATH`: printed figures beside the recomputed ones, and what may explain them."""

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


@click.command("audit")
@catalog_path
@click.option("--all", "every", is_flag=True, help="Show reproduced cells as well (table, html).")
@format_option("table", "csv", "json", "html")
@output_option
@language_option
@as_of_option
@plugin_paths
@allowed_folders
@data_access
@cache_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    path: Path,
    every: bool,
    form: str,
    output: Path | None,
    language: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Say which printed figures of a document are reproduced.

    The printed figures are those of the CSV that `document: printed` names. For one that is not
    reproduced, variants of the rules are tried: what may explain it is offered, never asserted.
    The exit code is 1 when a printed figure is not reproduced.
    """
    from iku_engine.engine import Engine
    from iku_engine.reports import to_audit as faces
    from iku_engine.reports.audit_words import AuditWords
    from iku_engine.reports.labels import Language
    from iku_engine.reports.names import Names

    with usage():
        engine = Engine.open(
            path, plugins=plugins, allowed=allowed, keep=keep, as_of=as_of, **access
        )
        keep_sources(engine.catalog, output)
    with asked_of(engine):
        audit, found = engine.audit()
    words = AuditWords(engine.catalog, Names.of(engine.catalog), Language(language))
    match form:
        case "csv":
            text = faces.to_audit_csv(audit, words)
        case "json":
            text = faces.to_audit_json(audit, words)
        case "html":
            from iku_engine.reports.to_audit_html import to_audit_html

            text = to_audit_html(audit, words, every=every)
        case _:
            width = terminal_width(faces.DEFAULT_WIDTH)
            text = faces.to_audit(audit, words, every=every, width=width)
    write(text, output)
    report(found)
    finish(found)
    if not audit.is_reproduced:
        click.get_current_context().exit(1)
