"""The command `iku`: click only here, one lazily loaded file a command.

`iku --help` imports no command: the table below has the name, the module and the line of help.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Mapping
from types import MappingProxyType

import click

from iku_engine.version import VERSION

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "check": ("check", "Report every mistake in definitions and data."),
        "compute": ("compute", "Compute the table: target, actual and achievement a year."),
        "explain": ("explain", "Show where one figure comes from, down to the cells."),
        "inputs": ("inputs", "Write the inputs that are lacking, as a CSV to fill in."),
        "report": (
            "report",
            "Print a form in which agencies publish.",
        ),
        "audit": ("audit", "Say which printed figures of a document are reproduced."),
        "verify": ("verify", "Compute a recorded run again and say what changed."),
        "formulas": ("formulas", "List the formulas and functions, or show one."),
        "read": ("read", "Read the sentence of a decree as formulas."),
        "targets": ("targets", "Show the targets: printed, by a rule, in force, replaced."),
        "solve": ("solve", "Say which value of an input meets the target."),
        "sensitivity": ("sensitivity", "Show which input moves an indicator most."),
        "compare": ("compare", "Say whether two formulas or catalogs mean the same."),
        "scales": ("scales", "Show what rating scales cover."),
        "plugins": ("plugins", "List the plugins and what they add."),
        "schema": ("schema", "Print the JSON Schema of definitions."),
        "new": ("new", "Write a starting catalog or plugin into an empty folder."),
    }
)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run or asked for help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{COMMANDS[cmd_name][0]}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    click.echo(f"iku-engine {VERSION}")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Compute performance indicators (IKU) from their definitions, exactly, with reasons."""
    # Thousands of records are made and kept until the end: looking for circles among them early
    # and often finds none and takes a tenth of a short run and a third of a long one.
    gc.set_threshold(100_000)
