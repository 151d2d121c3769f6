"""`iku new FOLDER`: a starting catalog that computes, a starting plugin whose tests pass."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from iku_engine.cli.options import plugin_paths
from iku_engine.cli.output import finish, report, say, usage
from iku_engine.reports.escape import visible

_NAMED = 8  # files that are named; of more only how many there are
_CATALOG, _PLUGIN = "catalog", "plugin"


@click.command("new")
@click.argument("words", nargs=-1, required=True, metavar="[catalog | plugin] FOLDER")
@click.option(
    "--from",
    "library",
    metavar="NAME",
    help="The definitions to copy: `iku plugins` lists them as `catalog NAME`.",
)
@plugin_paths
def command(words: tuple[str, ...], library: str | None, plugins: tuple[Path, ...]) -> None:
    """Write a starting catalog or plugin into an empty folder.

    A catalog: two indicators and their data, or the definitions that a plugin ships (--from), to
    be changed into your own.

    A plugin: a package of the folder's name with a formula, a scale, a case and tests.

    A folder that holds anything is left as it is.
    """
    what, folder = _asked(words)
    if what == _CATALOG:
        _new_catalog(folder, library, plugins)
    elif library is not None or plugins:
        raise click.UsageError("--from and --plugin are for catalogs")
    else:
        _new_plugin(folder)


def _asked(words: tuple[str, ...]) -> tuple[str, Path]:
    """What is to be written and where; a catalog where only a folder is named."""
    match words:
        case [("catalog" | "plugin") as what]:
            message = f"name the folder: `iku new {what} FOLDER`"
            if what == _PLUGIN:
                message += "; a catalog in a folder of this name is `iku new catalog plugin`"
            raise click.UsageError(message)
        case [folder]:
            return _CATALOG, Path(folder)
        case [("catalog" | "plugin") as what, folder]:
            return what, Path(folder)
    raise click.UsageError("one folder is written: `iku new FOLDER` or `iku new plugin FOLDER`")


def _new_catalog(folder: Path, library: str | None, plugins: tuple[Path, ...]) -> None:
    from iku_engine.engine import Plugins

    with usage():
        found = Plugins(plugins)
        report(found.diagnostics)  # why definitions may not be there
        chosen = found.catalog(library)
    written = _write(folder, chosen.files())
    shown = click.format_filename(folder)
    reference = f" ({visible(chosen.reference)})" if chosen.reference else ""
    say(f"wrote {written}{reference} to {shown}; now try: iku compute {shown}")
    finish(found.diagnostics)


def _new_plugin(folder: Path) -> None:
    from iku_engine.cli.starting_plugin import NAME, plugin_files

    name = folder.resolve().name
    if not NAME.fullmatch(name):
        shown = visible(name)
        message = f"a plugin is called by small letters, digits, `-` and `_`, not `{shown}`"
        raise click.UsageError(message)
    written = _write(folder, plugin_files(name))
    shown = click.format_filename(folder)
    say(f"wrote {written} to {shown}; now try: cd {shown} && python -m pytest")


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> str:
    """Write files into a folder that is empty or not there; says which."""
    written = []
    shown = click.format_filename(folder)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise click.UsageError(f"the folder {shown} is not empty")
        for name, data in files:
            target = folder.joinpath(*name.split("/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(data)
            written.append(name)
    except OSError as failure:
        message = f"cannot write to {shown}: {failure.strerror}"
        raise click.UsageError(message) from None
    return visible(", ".join(written)) if len(written) <= _NAMED else f"{len(written)} files"
