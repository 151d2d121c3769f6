"""Plugins loaded, definitions read and bound: what an engine is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from iku_engine.builtins import LATER, STARTING, BuiltIns
from iku_engine.diagnostics import Diagnostics, did_you_mean, quoted
from iku_engine.errors import UsageError
from iku_engine.plugins import PluginInfo, Registry, load_plugins

if TYPE_CHECKING:
    from iku_engine.binding.model import Binding
    from iku_engine.catalog.from_yaml import CatalogReading
    from iku_engine.catalog.library import CatalogLibrary
    from iku_engine.catalog.model import Catalog
    from iku_engine.checks.model import Rule
    from iku_engine.formulas.model import Formula, Library
    from iku_engine.reports.forms.model import ReportForm
    from iku_engine.scales import Scale
    from iku_engine.sources.protocol import Kind

_CLASHING = {kind: provider for kind, provider in LATER.items() if kind != "check"}
"""Built-ins whose names a plugin could take; the codes of checks are kept apart by their form."""


class Plugins:
    """The built-ins and the plugins, without any definitions."""

    def __init__(self, paths: Sequence[str | Path] = (), *, discover: bool = True) -> None:
        registry = load_plugins(BuiltIns(), paths, discover=discover, later=_CLASHING)
        self.paths: tuple[Path, ...] = tuple(map(Path, paths))
        self.library: Library = registry.library
        self.scales: Mapping[str, Scale] = registry.scales
        self.methods: Mapping[str, Formula] = registry.methods
        self.plugins: tuple[PluginInfo, ...] = tuple(registry.plugins)
        self.diagnostics: Diagnostics = tuple(registry.diagnostics)
        self._registry = registry

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The check rules by code, those of the engine first."""
        return {**_built_in("check").rules, **self._registry.rules}

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of data, those of the engine first."""
        return (*_built_in("source").kinds.values(), *self._registry.kinds.values())

    @cached_property
    def forms(self) -> Mapping[str, ReportForm]:
        """The forms of reports by name, those of the engine first."""
        return {**_built_in("report").forms, **self._registry.forms}

    @cached_property
    def catalogs(self) -> Mapping[str, CatalogLibrary]:
        """The definitions to start with, by name, those of the engine first."""
        return {**_built_in("catalog").catalogs, **self._registry.catalogs}

    def catalog(self, name: str | None = None) -> CatalogLibrary:
        """The definitions of a name, those of the engine without one; `UsageError` if unknown."""
        found = self.catalogs.get(name or STARTING)
        if found is None:
            near = did_you_mean(name or "", self.catalogs)
            known = f"there are {', '.join(map(quoted, self.catalogs))}"
            help_ = f"{near} {known}" if near else known
            raise UsageError(f"there are no definitions {quoted(name or '')}: {help_}")
        return found

    def listed(self) -> tuple[PluginInfo, ...]:
        """All plugins, the built-ins with what is otherwise asked for later."""
        first, *others = self.plugins
        later = [added for kind in LATER for added in _built_in(kind).plugins[0].adds]
        return (replace(first, adds=(*first.adds, *later)), *others)


def _built_in(kind: str) -> Registry:
    return load_plugins(LATER[kind](), discover=False)


@dataclass(frozen=True, slots=True)
class BoundCatalog:
    """Definitions read and bound, with everything that was found wrong with them.

    `path` is where they were read, None for those held in memory; `digest` is that of their bytes.
    """

    catalog: Catalog
    binding: Binding
    diagnostics: Diagnostics
    path: Path | None = None
    digest: str = ""


def bound(reading: CatalogReading, plugins: Plugins) -> BoundCatalog:
    """A catalog tied together with what the plugins bring."""
    from iku_engine.binding.from_catalog import Unread, Vocabulary, bind

    vocabulary = Vocabulary(plugins.library, plugins.scales, plugins.methods)
    unread = Unread(frozenset().union(*reading.broken.values()), not reading.complete)
    binding, found = bind(reading.catalog, vocabulary, unread)
    diagnostics = (*reading.diagnostics, *found)
    return BoundCatalog(reading.catalog, binding, diagnostics, digest=reading.digest)


def read(path: Path, plugins: Plugins) -> BoundCatalog:
    """The definitions at a path, bound."""
    from iku_engine.catalog.from_yaml import read_catalog

    return replace(bound(read_catalog(path, plugins.scales), plugins), path=path)


def kept_or_read(path: Path, plugins: Plugins, named: Sequence[str | Path]) -> BoundCatalog:
    """The catalog as an earlier run bound it, or bound now and kept for the next."""
    from iku_engine import kept
    from iku_engine.catalog.files import digest_of

    digest = digest_of(path)
    versions = [f"{p.name} {p.version} {' '.join(p.adds)}" for p in plugins.plugins]
    versions += [kept.fingerprint(Path(plugin)) for plugin in named]
    key = kept.key_of(path, digest, versions)
    found = kept.load(key)
    if found is not None:
        return BoundCatalog(*found, path, digest)
    fresh = read(path, plugins)
    if fresh.digest == digest:  # nothing was changed in between
        kept.save(key, fresh.catalog, replace(fresh.binding, functions={}), fresh.diagnostics)
    return fresh
