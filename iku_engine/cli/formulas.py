"""`iku formulas [NAME]`: what a formula can call."""

from __future__ import annotations

from pathlib import Path

import click

from iku_engine.cli.options import format_option, language_option, plugin_paths
from iku_engine.cli.output import finish, report, usage, write


@click.command("formulas")
@click.argument("name", required=False)
@format_option("text", "markdown")
@language_option
@plugin_paths
def command(name: str | None, form: str, language: str, plugins: tuple[Path, ...]) -> None:
    """List the formulas and functions, or show one.

    With NAME: its arguments, the formula it stands for, its unit, examples and reference.
    """
    from iku_engine.diagnostics import did_you_mean
    from iku_engine.engine import Plugins
    from iku_engine.reports.formulas_markdown import formulas_markdown
    from iku_engine.reports.labels import Language
    from iku_engine.reports.to_formulas import formula_list, formula_names, formula_page

    with usage():
        found = Plugins(plugins)
    library, methods = found.library, found.methods
    if form == "markdown":
        if name is not None:
            raise click.UsageError("markdown is the whole document: leave out NAME")
        write(formulas_markdown(library, methods, Language(language)))
    elif name is None:
        write(formula_list(library, methods, Language(language)))
    else:
        known = formula_names(library, methods)
        if name not in known:
            help_ = did_you_mean(name, known)
            raise click.UsageError(f"there is no formula {name!r}{f': {help_}' if help_ else ''}")
        write(formula_page(name, library, methods, Language(language)))
    report(found.diagnostics)
    finish(found.diagnostics)
