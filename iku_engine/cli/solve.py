"""`iku solve PATH INDICATOR PERIOD --for INPUT`: which input meets a target."""

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


@click.command("solve")
@catalog_path
@click.argument("indicator")
@click.argument("period")
@click.option(
    "--for",
    "unknowns",
    multiple=True,
    required=True,
    metavar="INPUT",
    help="The variable sought, as `umkm` or `umkm@2019`; two of them for the line between.",
)
@click.option("--goal", help="The value to reach, with a decimal point; by default the target.")
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
    unknowns: tuple[str, ...],
    goal: str | None,
    place: dict[str, str],
    language: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Say which value of an input meets the target.

    All values are found, exactly where they are rational, with the branch under which each
    holds; the next whole unit stands beside a count. The exit code is 1 when no value is found.
    """
    from iku_engine.analysis.solve import SolveStatus, solve
    from iku_engine.analysis.trade_off import solve_two
    from iku_engine.engine import Engine
    from iku_engine.errors import UsageError
    from iku_engine.quantities import parse_decimal
    from iku_engine.reports.labels import Language
    from iku_engine.reports.names import Names
    from iku_engine.reports.to_solution import to_solution, to_trade_off

    spoken = Language(language)
    with usage():
        if len(unknowns) > 2:
            raise UsageError("one input is sought, or the line between two")
        try:
            wanted = parse_decimal(goal) if goal is not None else None
        except ValueError as mistake:
            raise UsageError(f"--goal: {mistake}") from None
        engine = Engine.open(
            path, plugins=plugins, allowed=allowed, keep=keep, as_of=as_of, **access
        )
    with asked_of(engine):
        asked = engine.question(indicator, period, place)
        if len(unknowns) == 2:
            pair = (unknowns[0], unknowns[1])
            line = solve_two(*asked, unknowns=pair, goal=wanted)
            write(to_trade_off(line, Names.of(engine.catalog), spoken))
            found = bool(line.text)
        else:
            answer = solve(*asked, unknown=unknowns[0], goal=wanted)
            write(to_solution(answer, Names.of(engine.catalog), spoken))
            found = answer.status in (SolveStatus.FOUND, SolveStatus.EVERY)
    diagnostics = (*engine.diagnostics, *engine.data().diagnostics)
    report(diagnostics)
    finish(diagnostics)
    click.get_current_context().exit(0 if found else 1)
