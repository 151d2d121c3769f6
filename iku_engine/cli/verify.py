"""`iku verify RUN [PATH]`: a recorded run done again, what differs and what changed behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iku_engine.cli.options import (
    EXISTING,
    Access,
    allowed_folders,
    as_of_option,
    cache_option,
    data_access,
    format_option,
    language_option,
    output_option,
    plugin_paths,
)
from iku_engine.cli.output import asked_of, keep_sources, report, usage, write
from iku_engine.diagnostics import has_errors
from iku_engine.errors import UsageError

if TYPE_CHECKING:
    from iku_engine.results.manifest import Manifest


@click.command("verify")
@click.argument(
    "manifest", metavar="RUN", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.argument("path", required=False, type=EXISTING)
@format_option("text", "json")
@output_option
@language_option
@as_of_option
@plugin_paths
@allowed_folders
@data_access
@cache_option
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    manifest: Path,
    path: Path | None,
    form: str,
    output: Path | None,
    language: str,
    as_of: str | None,
    plugins: tuple[Path, ...],
    allowed: tuple[Path, ...],
    access: Access,
    keep: bool,
) -> None:
    """Compute a recorded run again and say what changed.

    RUN is a file that `iku compute --manifest` wrote, PATH the catalog; by default that in whose
    folder RUN lies. For each result that differs the old and the new figure are shown, and which
    cells, definitions, plugins or files changed behind it. The exit code is 1 when a result
    differs, is new or is gone.
    """
    from iku_engine.engine import Engine
    from iku_engine.reports.labels import Language
    from iku_engine.reports.to_verification import to_verification, to_verification_json

    with usage():
        recorded = _read(manifest)
        day = as_of or recorded.setting.options.as_of or None
        where = path or manifest.parent / recorded.setting.catalog
        engine = Engine.open(
            where, plugins=plugins, allowed=allowed, keep=keep, as_of=day, **access
        )
        keep_sources(engine.catalog, output)
    with asked_of(engine):
        found = engine.verify(recorded)
    write(
        to_verification_json(found)
        if form == "json"
        else to_verification(found, Language(language)),
        output,
    )
    if found.is_reproduced:
        return
    diagnostics = (*engine.diagnostics, *engine.data().diagnostics)
    if has_errors(diagnostics):
        report(diagnostics)
    click.get_current_context().exit(1)


def _read(manifest: Path) -> Manifest:
    from iku_engine.reports.escape import visible
    from iku_engine.results.from_manifest import MAX_BYTES, read_manifest

    try:
        with manifest.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as failure:
        message = f"{visible(str(manifest))} cannot be read: {failure.strerror}"
        raise UsageError(message) from None
    return read_manifest(data, manifest.name)
