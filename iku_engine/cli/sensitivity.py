"""`iku sensitivity PATH INDICATOR PERIOD`: which input moves an indicator most."""

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
    language_option,
    place_option,
    plugin_paths,
)
from iku_engine.cli.output import asked_of, finish, report, usage, write


@click.command("sensitivity")
@catalog_path
@click.argument("indicator")
@click.argument("period")
@place_option
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
    language: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Show which input moves an indicator most.

    Exact derivative and elasticity at the figures of PERIOD, and what one unit more of each
    input does, ranked.
    """
    from iku_engine.analysis.sensitivity import sensitivity
    from iku_engine.engine import Engine
    from iku_engine.reports.labels import Language
    from iku_engine.reports.names import Names
    from iku_engine.reports.to_sensitivity import to_sensitivity

    with usage():
        engine = Engine.open(
            path, plugins=plugins, allowed=allowed, keep=keep, as_of=as_of, **access
        )
    with asked_of(engine):
        answer = sensitivity(*engine.question(indicator, period, place))
    write(to_sensitivity(answer, Names.of(engine.catalog), Language(language)))
    diagnostics = (*engine.diagnostics, *engine.data().diagnostics)
    report(diagnostics)
    finish(diagnostics)
