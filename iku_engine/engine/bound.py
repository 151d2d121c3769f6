"""Plugins loaded, definitions read and bound: what an engine is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from iku_engine.builtins import BuiltInChecks, BuiltIns
from iku_engine.diagnostics import Diagnostics
from iku_engine.plugins import PluginInfo, load_plugins

if TYPE_CHECKING:
    from iku_engine.binding.model import Binding
    from iku_engine.catalog.from_yaml import CatalogReading
    from iku_engine.catalog.model import Catalog
    from iku_engine.checks.model import Rule
    from iku_engine.formulas.model import Formula, Library
    from iku_engine.scales import Scale


class Plugins:
    """The built-ins and the plugins, without any definitions."""

    def __init__(self, paths: Sequence[str | Path] = (), *, discover: bool = True) -> None:
        registry = load_plugins(BuiltIns(), paths, discover=discover)
        self.paths: tuple[Path, ...] = tuple(map(Path, paths))
        self.library: Library = registry.library
        self.scales: Mapping[str, Scale] = registry.scales
        self.methods: Mapping[str, Formula] = registry.methods
        self.plugins: tuple[PluginInfo, ...] = tuple(registry.plugins)
        self.diagnostics: Diagnostics = tuple(registry.diagnostics)
        self._rules: Mapping[str, Rule] = registry.rules

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The check rules by code, those of the engine first."""
        return {**load_plugins(BuiltInChecks(), discover=False).rules, **self._rules}


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
