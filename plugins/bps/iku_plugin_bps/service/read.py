"""The kind of data `bps`: a source of a definition -> its figures, fetched or as kept.

An answer that is kept is used until a new one is asked for (`refresh`): a run gives today what it
gave yesterday, and the diagnostics say of when its figures are. Where a new one cannot be had,
the kept one stands in and that is said. Of several years one that fails leaves the others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostic, Diagnostics, quoted
from iku_engine.sources.protocol import Kind, Permitted, Table
from iku_plugin_bps.service.answer import Answer, read_answer
from iku_plugin_bps.service.asked import Asked, requests_of
from iku_plugin_bps.service.codes import ServiceError, found
from iku_plugin_bps.service.connection import (
    ADDRESS_VARIABLE,
    KEY_VARIABLE,
    REFRESH_VARIABLE,
    Connection,
    connection_of,
    require_key,
)
from iku_plugin_bps.service.fetch import LIMITS, Limits, fetch
from iku_plugin_bps.service.kept import Kept, load, name_of, save
from iku_plugin_bps.service.labels import cleaned
from iku_plugin_bps.service.table import AnswerTable, Part, part_of


def _now() -> datetime:
    return datetime.now(UTC)


def kind(limits: Limits = LIMITS, now: Callable[[], datetime] = _now) -> Kind:
    """The kind of data `bps` within the limits given; `now` is the clock."""
    return Kind("bps", partial(read_bps, limits=limits, now=now), origin="iku-plugin-bps")


def read_bps(
    source: Source,
    permitted: Permitted,
    *,
    limits: Limits = LIMITS,
    now: Callable[[], datetime] = _now,
) -> Table | Diagnostics:
    """The figures of a source; diagnostics alone where there are none to be had."""
    try:
        asked = requests_of(source)
        connection = connection_of(source, permitted, _environment())
    except ServiceError as mistake:
        return (mistake.diagnostic(source),)
    reading = _Reading(source, permitted, connection, limits, now)
    parts: list[Part] = []
    remarks: list[Diagnostic] = []
    had: list[Kept] = []
    for one in asked:
        try:
            kept, said = reading.answer(one)
            part, more = part_of(_of_its_unit(kept.answer, source), one, source)
        except ServiceError as mistake:
            remarks.append(mistake.diagnostic(source))
            continue
        parts.append(part)
        had.append(kept)
        remarks += (*said, *more)
    if not parts:
        return tuple(dict.fromkeys(remarks))
    shown = asked[0].shown if len(asked) == 1 else Asked(asked[0].domain, asked[0].var).shown
    remarks.append(_when(source, connection, shown, had))
    return AnswerTable(connection.alias, shown, parts, tuple(dict.fromkeys(remarks)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the answers of one source are fetched with."""

    source: Source
    permitted: Permitted
    connection: Connection
    limits: Limits
    now: Callable[[], datetime]

    def answer(self, asked: Asked) -> tuple[Kept, Diagnostics]:
        """The answer to a request, kept or new; `ServiceError` where there is neither."""
        cache = self.permitted.cache
        name = name_of(self.connection.address, asked.path)
        kept = load(cache, name)
        if kept is not None and (self.permitted.offline or not self.connection.refresh):
            return kept, ()
        if self.permitted.offline:
            message = f"no answer to `{asked.shown}` is kept, and the service may not be asked"
            raise ServiceError("BPS103", message, "run it once with the network allowed")
        try:
            new = Kept(self._fetched(asked), self.now().astimezone(UTC).replace(microsecond=0))
        except ServiceError as mistake:
            if kept is None or mistake.code == "BPS102":
                raise
            return kept, (self._stands_in(asked, kept, mistake),)
        save(cache, name, new)
        return new, ()

    def _fetched(self, asked: Asked) -> Answer:
        require_key(self.connection)
        content = fetch(self.connection, asked.path, self.limits)
        answer = read_answer(content, asked)
        said = json.dumps([answer.as_plain(), answer.updated]).casefold()
        if self.connection.key.casefold() in said:
            raise ServiceError("BPS105", "the service's answer repeats the key, so it is not kept")
        return answer

    def _stands_in(self, asked: Asked, kept: Kept, mistake: ServiceError) -> Diagnostic:
        message = (
            f"{mistake.message}: the answer to `{asked.shown}` of {_moment(kept.fetched)} is used"
        )
        return found(self.source, "BPS110", message, mistake.help)


def _of_its_unit(answer: Answer, source: Source) -> Answer:
    """The answer, refused where it is in another unit than the source says."""
    wanted = source.options.get("unit")
    if wanted is None or cleaned(wanted).casefold() == answer.unit.casefold():
        return answer
    message = (
        f"the figures are in {quoted(answer.unit)}, and the source says {quoted(cleaned(wanted))}"
    )
    raise ServiceError("BPS105", message, "correct `unit` of the source, and of its variables")


def _when(source: Source, connection: Connection, shown: str, had: Iterable[Kept]) -> Diagnostic:
    """When the answers were fetched, the oldest and the newest."""
    moments = sorted(kept.fetched for kept in had)
    span = _moment(moments[0])
    if moments[-1] != moments[0]:
        span += f" to {_moment(moments[-1])}"
    message = f"the figures of `{connection.alias}:{shown}` were fetched {span}"
    help_ = f"set `{REFRESH_VARIABLE}=always`, or `refresh: always` of the connection, to ask anew"
    return found(source, "BPS109", message, "" if connection.refresh else help_)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _environment() -> Mapping[str, str]:
    names = (ADDRESS_VARIABLE, KEY_VARIABLE, REFRESH_VARIABLE)
    return {name: os.environ.get(name, "") for name in names}
