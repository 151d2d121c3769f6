"""Installs the engine and every plugin as packages into an empty folder, and tries them there.

    python plugins/check_installed.py

The plugins are found by their entry points alone, and run the installed code: nothing of the
checkout is on the path but their tests and examples. A plugin that `iku new plugin` writes is
among them. What the packages need (and hatchling, which builds them) comes from the environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEW = "baru"
PYTEST = """
[pytest]
addopts = --strict-markers --import-mode=importlib -ra
filterwarnings = error
markers = slow: takes more than a few seconds
"""

COPIED = """
from pathlib import Path
from iku_engine import Engine
from iku_engine.diagnostics import has_errors
from iku_engine.engine import Plugins

for name, library in Plugins().catalogs.items():
    for path, data in library.files():
        file = Path("copied", name, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    results, found = Engine.open(Path("copied", name)).compute_with_findings()
    if has_errors(found) or not len(results):
        print(f"{name}: {[(one.code, one.message) for one in found]}")
"""
"""Copies all definitions to start with, as `iku new --from` does, and computes them."""


def main() -> int:
    """Install, look and try; the exit code is 1 where anything is wrong."""
    with tempfile.TemporaryDirectory(prefix="iku-installed-") as name:
        folder = Path(name)
        run(folder, [sys.executable, "-m", "iku_engine", "new", "plugin", NEW], ROOT)
        packages = [*sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))]
        packages.append(folder / NEW)
        install(folder, [ROOT, *packages])
        problems = [
            *elsewhere(folder, packages),
            *unlisted(folder, packages),
            *uncomputed(folder, packages),
        ]
        for problem in problems:
            print(problem)
        return 1 if problems or not tests_pass(folder, packages) else 0


def install(folder: Path, packages: Iterable[Path]) -> None:
    """Build the packages and unpack them; nothing is fetched."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--no-compile"]
    run(folder, [*pip, *options, "--target", str(folder / "site"), *map(str, packages)], None)


def elsewhere(folder: Path, packages: Iterable[Path]) -> Iterable[str]:
    """Modules that are not imported from what was installed."""
    modules = ["iku_engine", *(f"iku_plugin_{package.name}" for package in packages)]
    script = f"import {', '.join(modules)}\n"
    script += "".join(f"print({module}.__file__)\n" for module in modules)
    for file in run(folder, [sys.executable, "-P", "-c", script], None).stdout.splitlines():
        if not Path(file).is_relative_to(folder / "site"):
            yield f"{file} is not of what was installed"


def unlisted(folder: Path, packages: Iterable[Path]) -> Iterable[str]:
    """What `iku plugins` does not say of the packages, or says of their failure."""
    whole = json.loads(iku(folder, "plugins", "--format", "json").stdout)
    listed = {one["name"]: one for one in whole["plugins"]}
    for package in packages:
        found = listed.get(package.name)
        if found is None:
            yield f"{package.name}: not found by its entry point"
        elif found["failure"]:
            yield f"{package.name}: {found['failure']}"
        elif not (found["version"] and found["adds"] and found["contract"]):
            yield f"{package.name}: without a version, a contract or anything it adds"


def uncomputed(folder: Path, packages: Iterable[Path]) -> Iterable[str]:
    """Examples of plugins, and definitions they ship, that do not compute as they are."""
    for example in (package / "examples" for package in packages):
        if example.is_dir():
            done = iku(folder, "compute", str(example), "--format", "csv")
            if done.returncode or done.stderr:
                yield f"{example}: exit code {done.returncode}\n{done.stderr}"
    done = run(folder, [sys.executable, "-P", "-c", COPIED], None)
    yield from done.stdout.splitlines()


def tests_pass(folder: Path, packages: Iterable[Path]) -> bool:
    """Run the tests of the packages against what is installed."""
    (folder / "pytest.ini").write_text(PYTEST, encoding="utf-8")
    tests = [str(package / "tests") for package in packages]
    workers = os.environ.get("IKU_WORKERS", "2")
    options = ["-q", "-c", "pytest.ini", "-p", "no:cacheprovider", "-n", workers]
    done = run(folder, [sys.executable, "-P", "-m", "pytest", *options, *tests], None, check=False)
    print(done.stdout[-4000:], done.stderr, sep="")
    return done.returncode == 0


def iku(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command of the installed engine."""
    return run(folder, [sys.executable, "-P", "-m", "iku_engine", *arguments], None, check=False)


def run(
    folder: Path, command: Sequence[str], path: Path | None, *, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """A command in the folder, with one folder on Python's path: that of what is installed."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(path or folder / "site"),
        "IKU_CACHE": str(folder / "cache"),
        "CI": "true",  # no deadlines, and the same cases each time
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if check and done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done


if __name__ == "__main__":
    sys.exit(main())
