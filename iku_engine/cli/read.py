"""`iku read TEXT`: the formulas that a decree's sentence may mean."""

from __future__ import annotations

import re
from pathlib import Path

import click

from iku_engine.cli.options import EXISTING, language_option
from iku_engine.cli.output import say, usage, write

_LETTER = re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z])")


@click.command("read")
@click.argument("text")
@click.option("--catalog", type=EXISTING, help="Whose labels the sentence may use.")
@language_option
def command(text: str, catalog: Path | None, language: str) -> None:
    """Read the sentence of a decree as formulas.

    All readings are shown, the precedence as written first. Without --catalog only single
    letters such as R and T stand for figures. The exit code is 1 when TEXT cannot be read.
    """
    from iku_engine.language.formulation import Kind, read_formulation
    from iku_engine.reports.labels import Language
    from iku_engine.reports.to_reading import to_reading

    with usage():
        reading = read_formulation(text, _labels(text, catalog))
    write(to_reading(text, reading, Language(language)))
    if catalog is None and reading.unknown is not None:
        say("words are known from the labels of a catalog: name one with --catalog")
    click.get_current_context().exit(1 if reading.kind is Kind.UNREADABLE else 0)


def _labels(text: str, catalog: Path | None) -> dict[str, str]:
    if catalog is None:
        return {letter: letter for letter in _LETTER.findall(text) if letter not in "NX"}
    from iku_engine.analysis.formulation import labels_of
    from iku_engine.engine import Engine

    return labels_of(Engine.open(catalog).catalog)
