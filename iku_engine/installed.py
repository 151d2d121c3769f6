"""A quick look at the installed packages: whether one of them may bring a plugin.

`importlib.metadata` answers that for certain, and importing it takes longer than computing a small
catalog. Most people have no plugin installed, and that is seen from the folders alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib.machinery import PathFinder

PLUGINS = "iku_engine.plugins"
"""The group of entry points under which packages name their plugins."""

_METADATA = (".dist-info", ".egg-info")
_FILE = "entry_points.txt"


def may_offer(group: str, folders: Iterable[str] | None = None) -> bool:
    """Whether an installed package may have an entry point of a group.

    False only where none has: wherever packages may lie in a way that is not seen here (an
    archive, an egg, a finder of its own), the answer is that there may be one. `folders` are
    those of `sys.path` if none are given.
    """
    if folders is None:
        if any(_finds_packages(finder) for finder in sys.meta_path):
            return True
        folders = sys.path
    wanted = group.encode()
    return any(_offers(folder or ".", wanted) for folder in folders)


def _finds_packages(finder: object) -> bool:
    """Whether a finder knows installed packages that are in no folder of `sys.path`."""
    return finder is not PathFinder and hasattr(finder, "find_distributions")


def _offers(folder: str, wanted: bytes) -> bool:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - pathlib makes an object of each name
    except FileNotFoundError:
        return False
    except OSError:
        return True  # an archive, or a folder that cannot be listed here
    return any(
        name.endswith(".egg") or (name.endswith(_METADATA) and _names(folder, name, wanted))
        for name in names
    )


def _names(folder: str, package: str, wanted: bytes) -> bool:
    try:
        with open(os.path.join(folder, package, _FILE), "rb") as file:  # noqa: PTH118, PTH123
            return wanted in file.read()
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        return False  # the metadata of an old package is one file, which names no entry point
    except OSError:
        return True
