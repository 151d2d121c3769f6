"""`iku new FOLDER`: a starting catalog that computes at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from iku_engine.cli.options import plugin_paths
from iku_engine.cli.output import finish, report, say, usage
from iku_engine.reports.escape import visible

_NAMED = 8  # files that are named; of more only how many there are


@click.command("new")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--from",
    "library",
    metavar="NAME",
    help="The definitions to copy: `iku plugins` lists them as `catalog NAME`.",
)
@plugin_paths
def command(folder: Path, library: str | None, plugins: tuple[Path, ...]) -> None:
    """Write a starting catalog into an empty folder.

    Two indicators and their data, or the definitions that a plugin ships (--from), to be changed
    into your own. A folder that holds anything is left as it is.
    """
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
