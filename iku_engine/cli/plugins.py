"""`iku plugins`: which plugins there are and what they add."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iku_engine.cli.options import format_option, plugin_paths
from iku_engine.cli.output import finish, report, usage, write

if TYPE_CHECKING:
    from iku_engine.plugins import PluginInfo


@click.command("plugins")
@plugin_paths
@format_option("text", "json")
def command(plugins: tuple[Path, ...], form: str) -> None:
    """List the plugins and what they add.

    Each with its version, the version of the plugin contract it was written for, and what it
    adds. One that cannot be loaded says why, and the exit code is 1; the others go on.
    """
    from iku_engine.engine import Plugins

    with usage():
        found = Plugins(plugins)
    listed = found.listed()
    write(_json(listed) if form == "json" else _text(listed))
    report(found.diagnostics)
    finish(found.diagnostics)


def _text(plugins: Sequence[PluginInfo]) -> str:
    from iku_engine.reports.escape import visible

    lines = []
    for plugin in plugins:
        title = " ".join(part for part in (plugin.name, plugin.version) if part)
        failure = f": failed, {plugin.failure}" if plugin.failure else ""
        lines.append(f"{title} (contract {plugin.contract}){failure}")
        lines += [f"  {added}" for added in plugin.adds]
    return "".join(f"{visible(line)}\n" for line in lines)


def _json(plugins: Sequence[PluginInfo]) -> str:
    from iku_engine.hooks import CONTRACT
    from iku_engine.reports.to_json import json_text

    listed = [
        {
            "name": plugin.name,
            "version": plugin.version or None,
            "contract": plugin.contract,
            "adds": [
                {"kind": kind, "name": name}
                for kind, _, name in (added.rpartition(" ") for added in plugin.adds)
            ],
            "failure": plugin.failure or None,
        }
        for plugin in plugins
    ]
    return json_text({"contract": CONTRACT, "plugins": listed})
