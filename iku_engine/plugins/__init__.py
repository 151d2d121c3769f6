"""Plugins: found by entry point or named by path, asked once what they add.

A plugin that fails in any way gives one diagnostic that names it and its version; the others
and the built-ins go on. A catalog can never load a plugin.
"""

from __future__ import annotations

from iku_engine.plugins.collecting import load_plugins
from iku_engine.plugins.model import PluginInfo, Registry

__all__ = ["PluginInfo", "Registry", "load_plugins"]
