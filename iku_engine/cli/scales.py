"""`iku scales PATH`: what the rating scales of a catalog cover."""

from __future__ import annotations

from pathlib import Path

import click

from iku_engine.cli.options import cache_option, catalog_path, language_option, plugin_paths
from iku_engine.cli.output import finish, report, usage, write


@click.command("scales")
@catalog_path
@click.argument("name", required=False)
@language_option
@plugin_paths
@cache_option
def command(
    path: Path, name: str | None, language: str, plugins: tuple[Path, ...], keep: bool
) -> None:
    """Show what rating scales cover.

    Bands, holes and overlaps over all values and over displayed figures, and the same bands
    without them. With NAME only that scale; scales of plugins are shown as well, the grades of
    iku-engine itself only by NAME.
    """
    from iku_engine.engine import Engine
    from iku_engine.errors import UsageError
    from iku_engine.formulas.grades import GRADES
    from iku_engine.reports.labels import Language
    from iku_engine.reports.to_coverage import to_coverage

    with usage():
        engine = Engine.open(path, plugins=plugins, keep=keep)
        declared = {key: scale.scale for key, scale in engine.catalog.scales.items()}
        scales = {**declared, **engine.scales}
        if name is not None and name not in scales:
            raise UsageError(f"there is no scale `{name}`")
    shown = [key for key in scales if key not in {grade.name for grade in GRADES}]
    asked = [scales[key] for key in ([name] if name is not None else shown)]
    write(to_coverage(asked, Language(language)))
    report(engine.diagnostics)
    finish(engine.diagnostics)
