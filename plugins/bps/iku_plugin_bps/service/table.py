"""The figures of one source's answers as a table: a row a figure, known by its key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import Diagnostic, Diagnostics, Location, quoted
from iku_engine.sources.findings import Refusal
from iku_engine.sources.model import Origin, TableKey
from iku_engine.sources.protocol import BadRow, CellValue, Digits, Refused, Row
from iku_plugin_bps.service.answer import Answer, Given, How, Item
from iku_plugin_bps.service.asked import Asked
from iku_plugin_bps.service.calendar import NoPeriodError, period_text
from iku_plugin_bps.service.codes import ServiceError, found
from iku_plugin_bps.service.combinations import Entry, Matching, matched
from iku_plugin_bps.service.labels import cleaned

HEADER = ("periode", "vervar", "vervar_id", "turvar", "turvar_id", "nilai")
"""The columns: period; row and its number; division and its number; figure."""

_PERIOD = 0
_MOST_DIGITS = 400
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one answer: what was asked for, and the digest of what came."""

    shown: str
    sha256: str
    entries: tuple[tuple[Entry, str], ...]


class AnswerTable:
    """Answers of the service under one header, as a table."""

    header = HEADER

    def __init__(self, alias: str, shown: str, parts: Sequence[Part], remarks: Diagnostics) -> None:
        self.name = f"{alias}:{shown}"
        self.path = self.name
        self.remarks = remarks
        digests = [part.sha256 for part in parts]
        together = hashlib.sha256("\n".join(digests).encode()).hexdigest()
        self.sha256 = digests[0] if len(digests) == 1 else together
        self._files = [f"{alias}:{part.shown}" for part in parts]
        self._rows = [
            (number, entry, period)
            for number, part in enumerate(parts)
            for entry, period in part.entries
        ]
        self._parts = parts

    def rows(self) -> Iterator[Row | BadRow]:
        """A row a figure, in the order of the answer's lists."""
        known: dict[str, str] = {}

        def label(item: Item) -> str:
            if item.label not in known:
                known[item.label] = cleaned(item.label)
            return known[item.label]

        for line, (_, entry, period) in enumerate(self._rows, start=1):
            row, division = entry.vervar, entry.turvar
            labels = label(row), row.id, label(division), division.id
            yield Row(line, (period, *labels, cell_of(entry.given)))

    def origin(self, row: int, column: int) -> Origin:
        number, entry, _ = self._rows[row - 1]
        part = self._parts[number]
        spot = TableKey("", entry.key)
        return Origin(self._files[number], part.sha256, row, HEADER[column], spot)

    def location(self, row: int, column: int | None = None) -> Location:
        at = _PERIOD + 1 if column is None else column + 1
        return Location(self.path, row, at, spot=f"key {self._rows[row - 1][1].key}")


def part_of(answer: Answer, asked: Asked, source: Source) -> tuple[Part, Diagnostics]:
    """The figures of an answer that were asked for and can be used; what to say of the others.

    An answer may hold more than was asked for. `ServiceError` where it holds only other things.
    """
    shown = asked.shown
    matching = matched(answer)
    wanted = _wanted(matching.entries, asked)
    if matching.entries and not wanted:
        message = "the service's answer has figures, and none of those asked for"
        raise ServiceError("BPS105", message, "check `turvar`, `turth` and `vervar`")
    entries: list[tuple[Entry, str]] = []
    refused: dict[str, int] = {}
    periods = {
        pair: _period(*pair) for pair in dict.fromkeys((one.tahun, one.turtahun) for one in wanted)
    }
    for entry in wanted:
        period = periods[entry.tahun, entry.turtahun]
        if isinstance(period, NoPeriodError):
            refused[str(period)] = refused.get(str(period), 0) + 1
        else:
            entries.append((entry, period))
    said = [*_about_keys(matching, shown, source), *_about_periods(refused, shown, source)]
    if not answer.figures:
        message = f"the statistics office's answer to `{shown}` has no figures in it"
        said.append(found(source, "BPS104", message, "check domain, variable and years"))
    return Part(shown, answer.sha256, tuple(entries)), tuple(said)


def _wanted(entries: Iterable[Entry], asked: Asked) -> list[Entry]:
    """The entries that were asked for; 0 asks for any."""
    narrowed = dict(asked.narrowed)
    ids = {
        "var": asked.var,
        "tahun": asked.th,
        "vervar": narrowed.get("vervar"),
        "turvar": narrowed.get("turvar"),
        "turtahun": narrowed.get("turth"),
    }
    named = [(name, id_) for name, id_ in ids.items() if id_ not in (None, "", "0")]
    return [one for one in entries if all(getattr(one, name).id == id_ for name, id_ in named)]


def _period(tahun: Item, turtahun: Item) -> str | NoPeriodError:
    try:
        return period_text(tahun, turtahun)
    except NoPeriodError as why:
        return why


def cell_of(given: Given) -> CellValue:
    """A figure as the cell of a table: numbers exact, texts still to be read as declared."""
    if given.how is How.NUMBER:
        return _digits(given.text)
    if given.how is How.TEXT:
        return cleaned(given.text)
    if given.how is How.NOTHING:
        return None
    refusal = Refusal("IKU404", "the service gives no figure here, but a list or a truth")
    return Refused("", refusal)


def _digits(text: str) -> CellValue:
    """A JSON number with its decimals as written; an exponent is written out."""
    if len(text) > _MOST_DIGITS:
        return Refused("", Refusal("IKU404", f"a figure has more than {_MOST_DIGITS} signs"))
    if not text.lstrip("-").replace(".", "", 1).isdigit():
        try:
            number = Decimal(text)
        except InvalidOperation:
            return Refused("", Refusal("IKU404", "a figure is too large"))
        if abs(number.adjusted()) > _MOST_DIGITS // 2:
            return Refused("", Refusal("IKU404", f"{quoted(text)} is too large a figure"))
        text = f"{number:f}"
    return Digits(text)


def _about_keys(matching: Matching, shown: str, source: Source) -> Iterator[Diagnostic]:
    if matching.unmatched:
        message = (
            f"{_figures(len(matching.unmatched))} of `{shown}` belong to no row, division and "
            f"period that the answer lists: {_some(matching.unmatched)}"
        )
        yield found(source, "BPS106", message, "they are not used")
    if matching.ambiguous:
        message = (
            f"{_figures(len(matching.ambiguous))} of `{shown}` belong to more than one row, "
            f"division and period: {_some(matching.ambiguous)}"
        )
        help_ = "they are not used; narrow the source with `years`, `turvar`, `turth` or `vervar`"
        yield found(source, "BPS107", message, help_)


def _about_periods(refused: dict[str, int], shown: str, source: Source) -> Iterator[Diagnostic]:
    for why, count in refused.items():
        message = f"{why}, in `{shown}`: {_figures(count)} without a period"
        yield found(source, "BPS108", message, "they are not used")


def _figures(count: int) -> str:
    return f"{count} figure" if count == 1 else f"{count} figures"


def _some(keys: Iterable[str]) -> str:
    shown = list(keys)
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(quoted(key) for key in shown[:_SHOWN]) + more
