"""Plugins: found by entry point or named by path, asked once what they add.

A plugin that fails in any way gives one diagnostic that names it and its version; the others
and the built-ins go on. A catalog can never load a plugin.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pluggy

from iku_engine.checks.model import Rule
from iku_engine.diagnostics import Diagnostic
from iku_engine.formulas.model import METHOD_READS, Formula, Function, Library
from iku_engine.hooks import CONTRACT, PROJECT, Hooks
from iku_engine.installed import may_offer
from iku_engine.language.vocabulary import RESERVED
from iku_engine.scales import Scale, find_overlaps
from iku_engine.version import VERSION

ENTRY_POINTS = "iku_engine.plugins"
_BUILT_IN = "iku-engine"
_KINDS: tuple[tuple[str, str, type], ...] = (
    ("iku_formulas", "formula", Formula),
    ("iku_functions", "function", Function),
    ("iku_scales", "scale", Scale),
    ("iku_achievement_methods", "achievement method", Formula),
    ("iku_checks", "check", Rule),
)
_CODE = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_OWN_CODES = "IKU"


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """One plugin: what it is called, what it adds (`formula growth_rate`), why it failed."""

    name: str
    version: str
    contract: int = CONTRACT
    adds: tuple[str, ...] = ()
    failure: str = ""


@dataclass(slots=True)
class Registry:
    """Everything all plugins add, by kind and name, and what went wrong."""

    library: Library = field(default_factory=Library)
    scales: dict[str, Scale] = field(default_factory=dict)
    methods: dict[str, Formula] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    plugins: list[PluginInfo] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def load_plugins(
    built_in: object, paths: Sequence[str | Path] = (), *, discover: bool = True
) -> Registry:
    """The built-ins, the installed plugins unless `discover` is false, and those at paths."""
    registry = Registry()
    collector = _Collector(registry)
    collector.collect(_BUILT_IN, VERSION, lambda: built_in)
    if discover and may_offer(ENTRY_POINTS):
        _collect_installed(collector)
    for path in map(Path, paths):
        collector.collect(path.resolve().stem, "", _loader(path))
    return registry


def _collect_installed(collector: _Collector) -> None:
    from importlib.metadata import Distribution, entry_points

    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda found: found.name):
        installed = entry.dist.version if isinstance(entry.dist, Distribution) else ""
        collector.collect(entry.name, installed, entry.load)


class _Collector:
    """Asks one plugin after the other; each has a manager of its own, so none hides another."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._formulas: dict[str, Formula] = {}
        self._functions: dict[str, Function] = {}
        self._owners: dict[tuple[str, str], str] = {}
        self._seen: list[object] = []

    def collect(self, name: str, installed: str, load: Callable[[], object]) -> None:
        try:
            plugin = load()
            if any(plugin is known for known in self._seen):
                return  # installed, and named by its path as well
            self._seen.append(plugin)
            additions = list(_additions(plugin))
        except (Exception, SystemExit) as failure:  # a plugin may raise anything
            self._failed(name, installed, f"{type(failure).__name__}: {failure}")
            return
        adds = []
        for kind, addition in additions:
            if self._add(name, installed, kind, addition):
                adds.append(f"{kind} {_name_of(addition)}")
        info = PluginInfo(name, installed, adds=tuple(adds))
        self._registry.plugins.append(info)
        self._registry.library = Library(dict(self._formulas), dict(self._functions))

    def _add(self, plugin: str, installed: str, kind: str, addition: object) -> bool:
        name = _name_of(addition)
        space = "name" if kind in ("formula", "function") else kind
        owner = self._owners.get((space, name))
        title = plugin if plugin == _BUILT_IN else f"{plugin} {installed}".strip()
        problem = _problem(kind, addition) or _foreign_code(plugin, addition)
        if name in RESERVED and space == "name":
            owner = "the language"
        if owner is not None:
            message = f"the plugin `{title}` registers the {kind} `{name}`, which {owner} has"
            self._note("IKU902", message, plugin)
            return False
        if problem:
            message = f"the plugin `{title}` registers the {kind} `{name}`, {problem}"
            self._note("IKU901", message, plugin)
            return False
        self._owners[space, name] = f"`{title}`"
        origin = title if plugin != _BUILT_IN else _BUILT_IN
        match addition:
            case Formula() if kind == "achievement method":
                self._registry.methods[name] = replace(addition, origin=origin)
            case Formula():
                self._formulas[name] = replace(addition, origin=origin)
            case Function():
                self._functions[name] = replace(addition, origin=origin)
            case Scale():
                self._registry.scales[name] = addition
            case Rule():
                self._registry.rules[name] = replace(addition, origin=origin)
        return True

    def _failed(self, name: str, installed: str, failure: str) -> None:
        title = f"{name} {installed}".strip()
        message = f"the plugin `{title}` cannot be loaded: {failure[:200]}"
        self._note("IKU901", message, name)
        self._registry.plugins.append(PluginInfo(name, installed, failure=failure[:200]))

    def _note(self, code: str, message: str, plugin: str) -> None:
        self._registry.diagnostics.append(Diagnostic(code, message, subject=plugin))


def _additions(plugin: object) -> Iterator[tuple[str, object]]:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    manager.register(plugin)
    manager.check_pending()
    for hook, kind, expected in _KINDS:
        answers: Iterable[Iterable[object]] = getattr(manager.hook, hook)()
        for answer in answers:
            for addition in answer:
                if not isinstance(addition, expected):
                    raise TypeError(f"{hook} gave a {type(addition).__name__}")
                yield kind, addition


def _problem(kind: str, addition: object) -> str:
    """What keeps a single addition from being used."""
    if not _name_of(addition).isidentifier():
        return "which is no name"
    if isinstance(addition, Scale):
        overlap = next(find_overlaps(addition.bands), None)
        return f"whose bands overlap at {overlap.value}" if overlap else ""
    if kind == "achievement method" and isinstance(addition, Formula):
        names = {parameter.name for parameter in addition.parameters}
        known = ", ".join(f"`{name}`" for name in METHOD_READS)
        return "" if names <= {*METHOD_READS} else f"which asks for more than {known}"
    return ""


def _foreign_code(plugin: str, addition: object) -> str:
    """What keeps a check from having its code; those of the engine are its own."""
    if isinstance(addition, Rule) and plugin != _BUILT_IN:
        if not _CODE.fullmatch(addition.code):
            return "which is no code such as `PMD101`"
        if addition.code.startswith(_OWN_CODES):
            return f"and codes with `{_OWN_CODES}` are those of the engine"
    return ""


def _name_of(addition: object) -> str:
    """What an addition is called: a check by its code, all else by its name."""
    return addition.code if isinstance(addition, Rule) else str(getattr(addition, "name", ""))


def _loader(path: Path) -> Callable[[], object]:
    """Imports a plugin from a file, or from a folder that is a package under its own name."""

    def load() -> object:
        file = (path / "__init__.py" if path.is_dir() else path).resolve()
        digest = hashlib.sha256(str(file).encode()).hexdigest()[:12]
        name = file.parent.name if path.is_dir() else f"iku_plugin_{path.stem}_{digest}"
        loaded = sys.modules.get(name)
        if loaded is not None:
            if Path(str(loaded.__file__)).resolve() == file:
                return loaded
            raise ImportError(f"another module is called {name}")
        folder = [str(file.parent)] if path.is_dir() else None
        spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=folder)
        if spec is None or spec.loader is None or not file.is_file():
            raise FileNotFoundError(f"no Python module at {path}")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
        return module

    return load
