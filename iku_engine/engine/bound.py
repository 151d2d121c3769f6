"""Plugins loaded, definitions read and bound: what an engine is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from iku_engine.diagnostics import Diagnostics, did_you_mean, quoted
from iku_engine.errors import UsageError
from iku_engine.installed import PLUGINS, may_offer
from iku_engine.version import VERSION

if TYPE_CHECKING:
    from iku_engine.binding.model import Binding
    from iku_engine.catalog.from_yaml import CatalogReading
    from iku_engine.catalog.library import CatalogLibrary
    from iku_engine.catalog.model import Catalog
    from iku_engine.checks.model import Rule
    from iku_engine.formulas.model import Formula, Function, Library
    from iku_engine.plugins import PluginInfo, Registry
    from iku_engine.reports.forms.model import ReportForm
    from iku_engine.scales import Scale
    from iku_engine.sources.protocol import Kind


class Plugins:
    """The built-ins and the plugins, without any definitions.

    They are asked what they add when something of it is first needed. Computing a catalog that an
    earlier run bound needs none of it where there are no plugins, which is seen at once.
    """

    def __init__(self, paths: Sequence[str | Path] = (), *, discover: bool = True) -> None:
        self.paths: tuple[Path, ...] = tuple(map(Path, paths))
        self._discover = discover
        self._only_built_in = not paths and not (discover and may_offer(PLUGINS))
        self.scales: Mapping[str, Scale] = _LaterScales(lambda: self._registry.scales)

    @cached_property
    def _registry(self) -> Registry:
        from iku_engine.builtins import LATER, BuiltIns
        from iku_engine.plugins import load_plugins

        # The codes of checks need no watching: they are kept apart by their form.
        clashing = {kind: provider for kind, provider in LATER.items() if kind != "check"}
        return load_plugins(BuiltIns(), self.paths, discover=self._discover, later=clashing)

    @property
    def library(self) -> Library:
        """What formulas may call."""
        return self._registry.library

    @property
    def methods(self) -> Mapping[str, Formula]:
        """The achievement methods by name."""
        return self._registry.methods

    @property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """The built-ins and the plugins in the order in which they were asked."""
        return tuple(self._registry.plugins)

    @property
    def diagnostics(self) -> Diagnostics:
        """What failed or clashed; the built-ins do neither."""
        return () if self._only_built_in else tuple(self._registry.diagnostics)

    @property
    def functions(self) -> dict[str, Function]:
        """The opaque functions, of which the built-ins have none."""
        return {} if self._only_built_in else dict(self._registry.library.functions)

    @property
    def versions(self) -> Iterator[str]:
        """What plugins there are, for a key of everything that made a binding."""
        if self._only_built_in:
            yield VERSION
            return
        for plugin in self.plugins:
            yield f"{plugin.name} {plugin.version} {' '.join(plugin.adds)}"

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The check rules by code, those of the engine first."""
        return {**_built_in("check").rules, **self._registry.rules}

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of data, those of the engine first."""
        if self._only_built_in:
            from iku_engine.sources.kinds import BUILT_IN

            return BUILT_IN
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
        from iku_engine.builtins import STARTING

        found = self.catalogs.get(name or STARTING)
        if found is None:
            near = did_you_mean(name or "", self.catalogs)
            known = f"there are {', '.join(map(quoted, self.catalogs))}"
            help_ = f"{near} {known}" if near else known
            raise UsageError(f"there are no definitions {quoted(name or '')}: {help_}")
        return found

    def listed(self) -> tuple[PluginInfo, ...]:
        """All plugins, the built-ins with what is otherwise asked for later."""
        from iku_engine.builtins import LATER

        first, *others = self.plugins
        later = [added for kind in LATER for added in _built_in(kind).plugins[0].adds]
        return (replace(first, adds=(*first.adds, *later)), *others)


class _LaterScales(Mapping[str, "Scale"]):
    """The scales, for parts that rarely look at one."""

    def __init__(self, scales: Callable[[], Mapping[str, Scale]]) -> None:
        self._scales = scales

    def __getitem__(self, name: str) -> Scale:
        return self._scales()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._scales())

    def __len__(self) -> int:
        return len(self._scales())


def _built_in(kind: str) -> Registry:
    from iku_engine.builtins import LATER
    from iku_engine.plugins import load_plugins

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
    versions = [*plugins.versions]
    versions += [kept.fingerprint(Path(plugin)) for plugin in named]
    key = kept.key_of(path, digest, versions)
    found = kept.load(key)
    if found is not None:
        return BoundCatalog(*found, path, digest)
    fresh = read(path, plugins)
    if fresh.digest == digest:  # nothing was changed in between
        kept.save(key, fresh.catalog, replace(fresh.binding, functions={}), fresh.diagnostics)
    return fresh
