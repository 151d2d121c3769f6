"""What a caller asks for -> periods, days and known names; `UsageError` for what does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.errors import UsageError
from iku_engine.periods import Period, parse_periods

if TYPE_CHECKING:
    from iku_engine.sources.protocol import Permitted


def day_of(as_of: date | str | None) -> date | None:
    """The day to go back to, from a date or its text; None for today."""
    if as_of is None:
        return None
    if isinstance(as_of, date):
        return as_of.date() if isinstance(as_of, datetime) else as_of
    from iku_engine.dates import HOW, read_date

    if not isinstance(as_of, str):
        raise UsageError(f"`as_of` is a date or text such as `2021-06-30`, not {as_of!r}")
    try:
        return read_date(as_of)
    except ValueError:
        raise UsageError(f"{quoted(as_of)} is no day: {HOW}") from None


def periods_of(text: str) -> tuple[Period, ...]:
    """Periods from text such as `2018..2022`."""
    try:
        return parse_periods(text)
    except ValueError as mistake:
        raise UsageError(f"{quoted(text)} is no period: {mistake}") from None


def permitted_use(
    connections: Mapping[str, Mapping[str, str]] | None, *, allow_query: bool, offline: bool
) -> Permitted:
    """What readers of data may use; without `connections`, those of the user.

    Answers of services are kept below the user's cache folder, so that they can be read offline.
    """
    from iku_engine.kept import cache_folder
    from iku_engine.sources.databases.configuration import UserConnections
    from iku_engine.sources.protocol import Permitted

    known = UserConnections() if connections is None else connections
    cache = cache_folder()
    return Permitted(connections=known, cache=cache, allow_query=allow_query, offline=offline)


def require_known(asked: Sequence[str], known: Iterable[str], what: str) -> None:
    """Refuse a name that is not among those known, with the nearest one as help."""
    names = list(known)
    for name in asked:
        if name not in names:
            help_ = did_you_mean(name, names)
            raise UsageError(f"there is no {what} {quoted(name)}{f': {help_}' if help_ else ''}")
