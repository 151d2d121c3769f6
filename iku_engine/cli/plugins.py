"""`iku plugins`: which plugins there are and what they add."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iku_engine.cli.options import plugin_paths
from iku_engine.cli.output import finish, report, usage, write

if TYPE_CHECKING:
    from iku_engine.plugins import PluginInfo


@click.command("plugins")
@plugin_paths
def command(plugins: tuple[Path, ...]) -> None:
    """List the plugins and what they add.

    A plugin that cannot be loaded says why, and the exit code is 1; the others go on.
    """
    from iku_engine.engine import Plugins

    with usage():
        found = Plugins(plugins)
    write("\n".join(line for plugin in found.plugins for line in _lines(plugin)) + "\n")
    report(found.diagnostics)
    finish(found.diagnostics)


def _lines(plugin: PluginInfo) -> list[str]:
    from iku_engine.reports.escape import visible

    title = " ".join(part for part in (plugin.name, plugin.version) if part)
    failure = f": failed, {plugin.failure}" if plugin.failure else ""
    lines = [f"{title} (contract {plugin.contract}){failure}"]
    return [visible(line) for line in (*lines, *(f"  {added}" for added in plugin.adds))]
