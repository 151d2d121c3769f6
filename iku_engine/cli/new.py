"""`iku new FOLDER`: a starting catalog that computes at once."""

from __future__ import annotations

from pathlib import Path

import click

from iku_engine.cli.output import say

_FILES = ("iku.yaml", "data/koperasi.csv")


@click.command("new")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Write a starting catalog into an empty folder.

    Two indicators and their data, to be changed into your own. A folder that holds anything is
    left as it is.
    """
    from importlib.resources import files

    try:
        if folder.exists() and any(folder.iterdir()):
            raise click.UsageError(f"the folder {click.format_filename(folder)} is not empty")
        for name in _FILES:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            text = (
                files("iku_engine.cli").joinpath("starting_catalog", *name.split("/")).read_bytes()
            )
            with target.open("xb") as file:
                file.write(text)
    except OSError as failure:
        message = f"cannot write to {click.format_filename(folder)}: {failure.strerror}"
        raise click.UsageError(message) from None
    shown = click.format_filename(folder)
    say(f"wrote {', '.join(_FILES)} to {shown}; now try: iku compute {shown}")
