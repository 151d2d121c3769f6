"""Manifests: what an engine records of a run, and a recorded run done again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from iku_engine.binding.from_catalog import Vocabulary
from iku_engine.catalog.files import bytes_of, definition_files
from iku_engine.catalog.mistakes import Mistakes
from iku_engine.engine.bound import BoundCatalog, Plugins
from iku_engine.errors import UsageError
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.periods import Period
from iku_engine.plugins import PluginInfo
from iku_engine.results.from_evaluation import compute_results
from iku_engine.results.manifest import (
    Manifest,
    Options,
    Setting,
    UsedFile,
    UsedPlugin,
    manifest_of,
)
from iku_engine.results.meanings import Brought, meanings_of
from iku_engine.results.model import Results
from iku_engine.version import VERSION

_BUILT_IN = "iku-engine"
_IN_MEMORY = "<text>"
_KINDS = {"achievement method": "method"}


def recorded(
    opened: BoundCatalog,
    plugins: Plugins,
    run: ExactEvaluation,
    results: Results,
    options: Options,
) -> Manifest:
    """The manifest of results; `UsageError` where the definitions changed since they were read."""
    used = used_plugins(plugins)
    setting = Setting(
        VERSION,
        options,
        opened.path.name if opened.path is not None and not opened.path.is_dir() else "",
        tuple(one for one in used if one.name != _BUILT_IN),
        tuple(_definitions(opened)),
    )
    vocabulary = Vocabulary(plugins.library, plugins.scales, plugins.methods)
    brought = _brought(plugins.plugins, {one.name: one for one in used})
    asked = options.indicators or tuple(run.binding.indicators)
    meanings = meanings_of(opened.catalog, run.binding, vocabulary, brought, asked)
    return manifest_of(setting, run, opened.catalog, results, meanings)


def options_of(
    results: Results, indicators: Sequence[str], as_of: date | None, *, to_date: bool
) -> Options:
    """What was asked for, its periods written out."""
    asked = (indicators,) if isinstance(indicators, str) else tuple(indicators)
    periods = tuple(map(str, results.periods))
    return Options(periods, asked, results.dimensions, str(as_of or ""), to_date)


def done_again(
    manifest: Manifest, run: ExactEvaluation, dimensions: Sequence[str], as_of: date | None
) -> tuple[Results, Options]:
    """The question of a manifest asked of another run; what is no longer there is left out."""
    asked = manifest.setting.options
    known = run.binding.indicators
    names = [name for name in known if not asked.indicators or name in asked.indicators]
    by = [name for name in asked.by if name in dimensions]
    periods = tuple(map(Period.parse, asked.periods))
    results = compute_results(run, names, periods, by, to_date=asked.to_date)
    still = tuple(name for name in asked.indicators if name in known)
    return results, Options(asked.periods, still, tuple(by), str(as_of or ""), asked.to_date)


def used_plugins(plugins: Plugins) -> tuple[UsedPlugin, ...]:
    """The plugins that were loaded, sorted; one named by a path has the digest of its files."""
    named = {path.resolve().stem: path for path in plugins.paths}
    found = [
        UsedPlugin(one.name, one.version, one.contract, _content(named.get(one.name)))
        for one in plugins.plugins
        if not one.failure
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def _brought(infos: Sequence[PluginInfo], used: Mapping[str, UsedPlugin]) -> dict[str, Brought]:
    """What plugins and the built-ins add, by the keys of meanings."""
    found = {}
    for info in infos:
        plugin = used.get(info.name)
        version = f"{info.name} {plugin.version} {plugin.sha256}".strip() if plugin else info.name
        owner = "" if info.name == _BUILT_IN else info.name
        for added in info.adds:
            kind, _, name = added.rpartition(" ")
            found[f"{_KINDS.get(kind, kind)} {name}"] = Brought(owner, version)
    return found


def _definitions(opened: BoundCatalog) -> Iterator[UsedFile]:
    """The definition files with their digests, which together are what was read."""
    if opened.path is None:
        if opened.digest:
            yield UsedFile(_IN_MEMORY, opened.digest)
        return
    folder = opened.path if opened.path.is_dir() else opened.path.parent
    unread = Mistakes(str(opened.path))
    together = hashlib.sha256()
    for file in definition_files(opened.path, unread):
        digest = hashlib.sha256(bytes_of(file, unread) or b"")
        together.update(digest.digest())
        yield UsedFile(file.relative_to(folder).as_posix(), digest.hexdigest())
    if together.hexdigest() != opened.digest:
        message = "the definitions were changed since they were read: open the catalog again"
        raise UsageError(message)


def _content(path: Path | None) -> str:
    """The digest of a plugin's files by name and content; empty for one that is installed."""
    if path is None:
        return ""
    files = sorted(_files(path)) if path.is_dir() else [(path.name, path)]
    together = hashlib.sha256()
    try:
        for name, file in files:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            together.update(f"{name}\0{digest}\0".encode("utf-8", "surrogateescape"))
    except OSError as failure:
        raise UsageError(f"the plugin at {path} cannot be read: {failure.strerror}") from None
    return together.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a package, data among them, without hidden ones and what Python leaves."""
    for file in folder.rglob("*"):
        parts = file.relative_to(folder).parts
        left_out = any(part.startswith(".") or part == "__pycache__" for part in parts)
        if file.is_file() and not left_out:
            yield "/".join(parts), file
