"""Plugins asked one after the other what they add; what clashes or fails is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from iku_engine.diagnostics import Diagnostic
from iku_engine.formulas.model import Formula, Function, Library
from iku_engine.language.vocabulary import RESERVED
from iku_engine.plugins.additions import (
    Addition,
    ContractError,
    additions_of,
    contract_of,
    problem_of,
)
from iku_engine.plugins.finding import Found, found_plugins
from iku_engine.plugins.model import BUILT_IN, PluginInfo, Registry
from iku_engine.scales import Scale
from iku_engine.version import VERSION

if TYPE_CHECKING:
    from iku_engine.catalog.library import CatalogLibrary
    from iku_engine.checks.model import Rule
    from iku_engine.reports.forms.model import ReportForm
    from iku_engine.sources.protocol import Kind

_SPACES = {"formula": "name", "function": "name"}
"""Formulas and functions are called alike: they share their names, and with the language."""

_LONGEST = 200
"""Signs of a failure that are shown."""


def load_plugins(
    built_in: object,
    paths: Sequence[str | Path] = (),
    *,
    discover: bool = True,
    later: Mapping[str, Callable[[], object]] | None = None,
) -> Registry:
    """The built-ins, the installed plugins unless `discover` is false, and those at paths.

    `later` are built-ins by the kind they add, which are not registered: their names are taken
    all the same, and looked up only where a plugin adds something of that kind.
    """
    registry = Registry()
    collector = _Collector(registry, later or {})
    collector.collect(Found(BUILT_IN, VERSION, lambda: built_in))
    for found in found_plugins(paths, discover=discover):
        collector.collect(found)
    return registry


class _Collector:
    """Asks one plugin after the other; each has a manager of its own, so none hides another."""

    def __init__(self, registry: Registry, later: Mapping[str, Callable[[], object]]) -> None:
        self._registry = registry
        self._later = dict(later)
        self._formulas: dict[str, Formula] = {}
        self._functions: dict[str, Function] = {}
        self._owners: dict[tuple[str, str], str] = dict.fromkeys(
            (("name", name) for name in RESERVED), "the language"
        )
        self._seen: list[object] = []

    def collect(self, found: Found) -> None:
        info = PluginInfo(found.name, found.version)
        try:
            plugin = found.load()
            if any(plugin is known for known in self._seen):
                return  # installed, and named by its path as well
            self._seen.append(plugin)
            info = replace(info, contract=contract_of(plugin))
            added = [*additions_of(plugin, info.title)]
            problems = [problem_of(one, foreign=found.name != BUILT_IN) for one in added]
        except ContractError as refusal:
            self._failed(info, str(refusal), refusal.help)
            return
        except (Exception, SystemExit) as failure:  # a plugin may raise anything
            self._failed(info, f"{type(failure).__name__}: {failure}")
            return
        adds = [
            f"{one.kind} {one.name}"
            for one, problem in zip(added, problems, strict=True)
            if self._add(info, one, problem)
        ]
        self._registry.plugins.append(replace(info, adds=tuple(adds)))
        self._registry.library = Library(dict(self._formulas), dict(self._functions))

    def _add(self, plugin: PluginInfo, addition: Addition, problem: str) -> bool:
        kind, name = addition.kind, addition.name
        self._take_names_of_built_ins(plugin, kind)
        space = _SPACES.get(kind, kind)
        owner = self._owners.get((space, name))
        start = f"the plugin `{plugin.title}` registers the {kind} `{name}`"
        if owner is not None:
            self._note("IKU902", f"{start}, which {owner} has", plugin)
            return False
        if problem:
            self._note("IKU901", f"{start}, {problem}", plugin)
            return False
        self._owners[space, name] = f"`{plugin.title}`"
        self._register(plugin, addition)
        return True

    def _register(self, plugin: PluginInfo, addition: Addition) -> None:
        """Put an addition where it is looked up; what a hook gave is of the hook's class."""
        registry, name, value = self._registry, addition.name, addition.value
        match addition.kind:
            case "formula":
                self._formulas[name] = cast("Formula", value)
            case "function":
                self._functions[name] = cast("Function", value)
            case "scale":
                registry.scales[name] = cast("Scale", value)
            case "achievement method":
                registry.methods[name] = cast("Formula", value)
            case "check":
                registry.rules[name] = cast("Rule", value)
            case "report":
                registry.forms[name] = cast("ReportForm", value)
            case "catalog":
                registry.catalogs[name] = cast("CatalogLibrary", value)
            case "source":
                kind = cast("Kind", value)
                registry.kinds[name] = replace(kind, suffixes=self._free_suffixes(plugin, kind))

    def _free_suffixes(self, plugin: PluginInfo, kind: Kind) -> tuple[str, ...]:
        """The suffixes of files that no other kind has; a clash leaves the kind itself usable."""
        free = []
        for suffix in kind.suffixes:
            owner = self._owners.setdefault(("suffix", suffix), f"`{plugin.title}`")
            if owner == f"`{plugin.title}`":
                free.append(suffix)
                continue
            message = f"the plugin `{plugin.title}` registers the suffix `{suffix}` for the source"
            self._note("IKU902", f"{message} `{kind.name}`, which {owner} has", plugin)
        return tuple(free)

    def _take_names_of_built_ins(self, plugin: PluginInfo, kind: str) -> None:
        """The built-ins come first, also those that are registered only when they are needed."""
        if plugin.name == BUILT_IN or kind not in self._later:
            return
        for one in additions_of(self._later.pop(kind)()):
            self._owners[one.kind, one.name] = f"`{BUILT_IN}`"
            for suffix in getattr(one.value, "suffixes", ()):
                self._owners["suffix", suffix] = f"`{BUILT_IN}`"

    def _failed(self, plugin: PluginInfo, failure: str, help_: str = "") -> None:
        shown = " ".join(failure.split())[:_LONGEST]
        self._note(
            "IKU901", f"the plugin `{plugin.title}` cannot be loaded: {shown}", plugin, help_
        )
        self._registry.plugins.append(replace(plugin, failure=shown))

    def _note(self, code: str, message: str, plugin: PluginInfo, help_: str = "") -> None:
        self._registry.diagnostics.append(
            Diagnostic(code, message, help=help_, subject=plugin.name)
        )
