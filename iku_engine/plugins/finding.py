"""Where plugins are: entry points of what is installed, files and folders named by path."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from iku_engine.installed import PLUGINS, may_offer


class Found(NamedTuple):
    """A plugin before it is loaded; `version` is empty for one that is not installed."""

    name: str
    version: str
    load: Callable[[], object]


def found_plugins(paths: Sequence[str | Path], *, discover: bool) -> Iterator[Found]:
    """The installed plugins by name, unless `discover` is false, then those at the paths."""
    if discover and may_offer(PLUGINS):
        yield from _installed()
    for path in map(Path, paths):
        yield Found(path.resolve().stem, "", _loader(path))


def _installed() -> Iterator[Found]:
    from importlib.metadata import Distribution, entry_points  # noqa: PLC0415 - slow, and rarely needed

    for entry in sorted(entry_points(group=PLUGINS), key=lambda found: found.name):
        version = entry.dist.version if isinstance(entry.dist, Distribution) else ""
        yield Found(entry.name, version, entry.load)


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
