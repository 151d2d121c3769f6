"""`iku compare A B`: whether two formulas, indicators or catalogs mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iku_engine.cli.options import EXISTING, language_option, plugin_paths
from iku_engine.cli.output import report, say, usage, write

if TYPE_CHECKING:
    from iku_engine.algebra.model import Program
    from iku_engine.engine import Engine, Plugins


@click.command("compare")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--catalog", type=EXISTING, help="Whose indicators A and B may name.")
@language_option
@plugin_paths
def command(
    first: str, second: str, catalog: Path | None, language: str, plugins: tuple[Path, ...]
) -> None:
    """Say whether two formulas or catalogs mean the same.

    A and B are formula texts, identifiers of indicators in --catalog, or both the paths of
    catalogs. The exit code is 1 when they differ or it cannot be decided, 0 when they are
    equivalent wherever both are defined.
    """
    from iku_engine.engine import Engine, Plugins
    from iku_engine.reports.labels import Language
    from iku_engine.reports.to_comparison import to_comparison

    spoken = Language(language)
    with usage():
        if catalog is None and _is_catalog(first) and _is_catalog(second):
            _compare_catalogs(first, second, spoken, plugins)
        engine = Engine.open(catalog, plugins=plugins) if catalog else None
        loaded = engine or Plugins(plugins)
        programs = [_program(text, loaded, engine) for text in (first, second)]
        if engine:
            _tell_strangers(programs, engine)
    from iku_engine.analysis.compare import Verdict, compare_programs

    comparison = compare_programs(programs[0], programs[1])
    write(to_comparison(comparison, spoken))
    equal = comparison.verdict in (Verdict.EQUIVALENT, Verdict.WHERE_DEFINED)
    click.get_current_context().exit(0 if equal else 1)


def _compare_catalogs(first: str, second: str, language: str, plugins: tuple[Path, ...]) -> None:
    from iku_engine.analysis.comparable import Change, compare_catalogs
    from iku_engine.engine import Engine
    from iku_engine.reports.labels import Language
    from iku_engine.reports.to_comparison import to_changes

    engines = [Engine.open(path, plugins=plugins) for path in (first, second)]
    for engine in engines:
        report(engine.diagnostics)
    changes = list(compare_catalogs(engines[0].binding, engines[1].binding))
    write(to_changes(changes, Language(language)))
    same = all(change.change in (Change.NOTHING, Change.WORDING) for change in changes)
    click.get_current_context().exit(0 if same else 1)


def _program(text: str, loaded: Engine | Plugins, engine: Engine | None) -> Program:
    from iku_engine.analysis.comparable import program_of

    catalog, binding = (engine.catalog, engine.binding) if engine else (None, None)
    program, found = program_of(text, loaded.library, catalog, binding)
    if program is None:
        report(found)
        raise click.UsageError("a formula that cannot be read is not compared")
    return program


def _tell_strangers(programs: Sequence[Program], engine: Engine) -> None:
    """Names that the catalog does not declare: a slip of the pen must not go unseen."""
    from iku_engine.analysis.proof import inputs_of
    from iku_engine.diagnostics import quoted

    known = engine.binding.variables.keys() | engine.binding.indicators.keys()
    for name in sorted({step.name for step in inputs_of(*programs)} - known):
        say(f"{quoted(name)} is no name of the catalog: it stands for a figure of its own")


def _is_catalog(text: str) -> bool:
    """Whether a text names a file or folder; a formula may be too long for any name."""
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False
