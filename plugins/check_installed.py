"""Installs the engine and every plugin as packages, each into an empty folder, and tries them.

    python plugins/check_installed.py

The plugins are found by their entry points alone, and run the installed code: nothing of the
checkout is on the path but their tests and examples. All of them are listed and computed with
together; the tests of each run with no other one there. A plugin that `iku new plugin` writes is
among them. What the packages need (and hatchling, which builds them) comes from the environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINE = "iku-engine"
NEW = "baru"
WORKERS = int(os.environ.get("IKU_WORKERS", "2"))
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
        run(folder, [sys.executable, "-m", "iku_engine", "new", "plugin", NEW], [ROOT])
        packages = [*sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))]
        packages.append(folder / NEW)
        sites = install(folder, packages)
        problems = [
            *elsewhere(folder, sites),
            *unlisted(folder, sites),
            *uncomputed(folder, packages, sites),
        ]
        for problem in problems:
            print(problem)
        return 1 if problems or not tests_pass(folder, packages, sites) else 0


def install(folder: Path, packages: Sequence[Path]) -> dict[str, Path]:
    """Build the packages and install each into a folder of its own; nothing is fetched."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    quiet = ["--quiet", "--no-deps", "--no-index"]
    wheels = folder / "wheels"
    built = ["wheel", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)]
    run(folder, [*pip, *built, *quiet, *map(str, packages)], [])
    sites = {package.name: folder / "site" / package.name for package in packages}
    sites[ENGINE] = folder / "site" / ENGINE

    def unpack(name: str) -> None:
        distribution = "iku_engine" if name == ENGINE else f"iku_plugin_{name}"
        (wheel,) = wheels.glob(f"{distribution}-*.whl")
        run(folder, [*pip, "install", *quiet, "--target", str(sites[name]), str(wheel)], [])

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(unpack, sites))
    return sites


def elsewhere(folder: Path, sites: Mapping[str, Path]) -> Iterable[str]:
    """Modules that are not imported from what was installed."""
    modules = ["iku_engine", *(f"iku_plugin_{name}" for name in sites if name != ENGINE)]
    script = f"import {', '.join(modules)}\n"
    script += "".join(f"print({module}.__file__)\n" for module in modules)
    for file in run(
        folder, [sys.executable, "-P", "-c", script], sites.values()
    ).stdout.splitlines():
        if not Path(file).is_relative_to(folder / "site"):
            yield f"{file} is not of what was installed"


def unlisted(folder: Path, sites: Mapping[str, Path]) -> Iterable[str]:
    """What `iku plugins` does not say of the packages, or says of their failure."""
    listing = iku(folder, sites, "plugins", "--format", "json")
    listed = {one["name"]: one for one in json.loads(listing.stdout)["plugins"]}
    for name in sites:
        found = listed.get(name)
        if found is None:
            yield f"{name}: not found by its entry point"
        elif found["failure"]:
            yield f"{name}: {found['failure']}"
        elif not (found["version"] and found["adds"] and found["contract"]):
            yield f"{name}: without a version, a contract or anything it adds"
    if listing.stderr:
        yield listing.stderr


def uncomputed(folder: Path, packages: Iterable[Path], sites: Mapping[str, Path]) -> Iterable[str]:
    """Examples of plugins, and definitions they ship, that do not compute as they are."""
    for example in (package / "examples" for package in packages):
        if example.is_dir():
            done = iku(folder, sites, "compute", str(example), "--format", "csv")
            if done.returncode or done.stderr:
                yield f"{example}: exit code {done.returncode}\n{done.stderr}"
    written = iku(folder, sites, "new", "plugin", "lain")
    if written.returncode:
        yield written.stderr
    done = run(folder, [sys.executable, "-P", "-c", COPIED], sites.values())
    yield from done.stdout.splitlines()


def tests_pass(folder: Path, packages: Sequence[Path], sites: Mapping[str, Path]) -> bool:
    """Run the tests of each package against what is installed of it and of the engine."""
    (folder / "pytest.ini").write_text(PYTEST, encoding="utf-8")

    def try_one(package: Path) -> subprocess.CompletedProcess[str]:
        options = ["-q", "-c", "pytest.ini", "-p", "no:cacheprovider", str(package / "tests")]
        path = [sites[ENGINE], sites[package.name]]
        return run(folder, [sys.executable, "-P", "-m", "pytest", *options], path, check=False)

    with ThreadPoolExecutor(WORKERS) as pool:
        tried = list(pool.map(try_one, packages))
    for package, done in zip(packages, tried, strict=True):
        said = done.stdout.rstrip().rpartition("\n")[2] if not done.returncode else done.stdout
        print(f"{package.name}: {said}{done.stderr}")
    return not any(done.returncode for done in tried)


def iku(
    folder: Path, sites: Mapping[str, Path], *arguments: str
) -> subprocess.CompletedProcess[str]:
    """The command of the installed engine, with all plugins there."""
    command = [sys.executable, "-P", "-m", "iku_engine", *arguments]
    return run(folder, command, sites.values(), check=False)


def run(
    folder: Path, command: Sequence[str], path: Iterable[Path], *, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """A command in the folder, with nothing on Python's path but these folders."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, path)),
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
