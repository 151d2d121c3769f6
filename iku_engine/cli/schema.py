"""`iku schema`: the JSON Schema of definitions, for editors."""

from __future__ import annotations

import click

from iku_engine.cli.output import write


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of definitions."""
    from iku_engine.catalog.to_schema import schema_text

    write(schema_text())
