"""A plugin to begin with: an installable package whose tests pass at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from string import Template
from types import MappingProxyType

from iku_engine.hooks import CONTRACT

NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
"""What a plugin may be called."""

_VERSION = "0.1"  # the first iku-engine that has what the template uses
_FILES: Mapping[str, str] = MappingProxyType(
    {
        "README.md": "README.md",
        "pyproject.toml": "pyproject.toml",
        "$module/__init__.py": "__init__.py",
        "$module/predikat.py": "predikat.py",
        "$module/py.typed": "py.typed",
        "$module/serapan.py": "serapan.py",
        "tests/cases/serapan.yaml": "serapan.yaml",
        "tests/test_$prefix.py": "test_plugin.py",
    }
)


def plugin_files(name: str) -> Iterator[tuple[str, bytes]]:
    """Each file of a plugin of this name: its path in the folder, and its bytes."""
    prefix = name.replace("-", "_")
    words = {
        "name": name,
        "prefix": prefix,
        "module": f"iku_plugin_{prefix}",
        "distribution": f"iku-plugin-{name.replace('_', '-')}",
        "contract": str(CONTRACT),
        "version": _VERSION,
    }
    folder = files("iku_engine.cli") / "plugin_template"
    for path, template in _FILES.items():
        text = (folder / f"{template}.txt").read_text(encoding="utf-8")
        yield Template(path).substitute(words), Template(text).substitute(words).encode()
