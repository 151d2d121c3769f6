"""Arguments and options that several commands take."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict, TypeVar, cast

import click

from iku_engine.diagnostics import quoted
from iku_engine.reports.escape import visible

Decorated = TypeVar("Decorated", bound=Callable[..., Any])  # a function of click's own making

EXISTING = click.Path(exists=True, path_type=Path)


def catalog_path(function: Decorated) -> Decorated:
    """`PATH`, the folder or file of definitions."""
    return click.argument("path", type=EXISTING)(function)


def plugin_paths(function: Decorated) -> Decorated:
    """`--plugin PATH`, as often as there are plugins that are not installed."""
    return click.option(
        "--plugin",
        "plugins",
        type=EXISTING,
        multiple=True,
        help="A plugin besides those installed: a Python file or package folder. Repeatable.",
    )(function)


def allowed_folders(function: Decorated) -> Decorated:
    """`--allow FOLDER`, where data may lie besides the catalog's own folder."""
    return click.option(
        "--allow",
        "allowed",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        multiple=True,
        help="A folder outside the catalog that its data may be read from. Repeatable.",
    )(function)


class Access(TypedDict):
    """What reading data may do beyond opening the catalog's files; arguments of `Engine.open`."""

    allow_query: bool
    offline: bool


def data_access(function: Decorated) -> Decorated:
    """`--allow-query` and `--offline`, as the one argument `access`."""

    @functools.wraps(function)
    def packed(*args: object, allow_query: bool, offline: bool, **others: object) -> object:
        access = Access(allow_query=allow_query, offline=offline)
        return function(*args, access=access, **others)

    asked = click.option("--offline", is_flag=True, help="Ask no server for data.")(packed)
    return cast(
        Decorated,
        click.option(
            "--allow-query",
            is_flag=True,
            help="Run the queries that sources of databases hold; they can only read.",
        )(asked),
    )


def place_option(function: Decorated) -> Decorated:
    """`--at DIM=MEMBER`, as often as there are dimensions, as a mapping `place`."""
    return click.option(
        "--at",
        "place",
        multiple=True,
        metavar="DIM=MEMBER",
        callback=_place,
        help="At this member. Repeatable.",
    )(function)


def _place(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    place: dict[str, str] = {}
    for pair in pairs:
        dimension, equals, member = pair.partition("=")
        if not equals or not dimension or dimension in place:
            message = "a place is written DIM=MEMBER, a dimension once, not "
            raise click.UsageError(message + visible(quoted(pair)))
        place[dimension] = member
    return place


def as_of_option(function: Decorated) -> Decorated:
    """`--as-of DATE`, the day to which publications and decrees are known."""
    return click.option(
        "--as-of",
        "as_of",
        metavar="DATE",
        help="Go back to this day (2021-06-30): what was published or decreed after it does not "
        "exist.",
    )(function)


def cache_option(function: Decorated) -> Decorated:
    """`--no-cache`, to read and bind the definitions afresh."""
    return click.option(
        "--cache/--no-cache",
        "keep",
        default=True,
        help="Take unchanged definitions as an earlier run left them in your cache folder.",
    )(function)


def language_option(function: Decorated) -> Decorated:
    """`--lang`, the language of labels and sentences."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["id", "en"]),
        default="id",
        show_default=True,
        help="Language of labels and sentences.",
    )(function)


def output_option(function: Decorated) -> Decorated:
    """`-o FILE`, in the place of the terminal."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
        help="Write to this file; it is replaced only when all is written.",
    )(function)


def format_option(*formats: str) -> Callable[[Decorated], Decorated]:
    """`--format`, the first one being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Form of the output.",
    )
