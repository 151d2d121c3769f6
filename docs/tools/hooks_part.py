"""Which plugins of this repository use a hook, and what they add by it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from iku_engine.engine import Plugins
from iku_engine.plugins.additions import HOOKS

ROOT = Path(__file__).parents[2]
_SHOWN = 3


def used_by(hook: str) -> str:
    """The built-ins and the plugins that use a hook, each with a few of what it adds."""
    (kind,) = (one.kind for one in HOOKS if one.name == hook)
    lines = []
    for name, adds in _plugins().items():
        added = [one.rpartition(" ")[2] for one in adds if one.rpartition(" ")[0] == kind]
        if added:
            where = "the built-ins" if name == "iku-engine" else f"`plugins/{name}`"
            more = ", ..." if len(added) > _SHOWN else ""
            lines.append(f"- {where}: {', '.join(f'`{one}`' for one in added[:_SHOWN])}{more}\n")
    return "".join(lines)


@cache
def _plugins() -> dict[str, tuple[str, ...]]:
    paths = sorted(ROOT.glob("plugins/*/iku_plugin_*"))
    listed = Plugins(paths, discover=False).listed()
    return {one.name.removeprefix("iku_plugin_"): one.adds for one in listed}
