"""The XML of a workbook, gone through element by element without keeping any of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias
from xml.parsers import expat

from iku_engine.sources.xlsx.refusing import damaged, too_large

Attributes: TypeAlias = dict[str, str]
Starts: TypeAlias = Mapping[str, Callable[[Attributes], None]]
Ends: TypeAlias = Mapping[str, Callable[[], None]]

_MOST = 6_000_000  # elements of one part


class Elements:
    """Calls what is given for the elements that begin and end, by their names without a space.

    A document type is refused: no workbook has one, and it could make much of little text.
    """

    def __init__(
        self,
        starts: Starts,
        ends: Ends = MappingProxyType({}),
        text: Callable[[str], None] | None = None,
    ) -> None:
        self._starts, self._ends = starts, ends
        self._known_starts: dict[str, Callable[[Attributes], None] | None] = {}
        self._known_ends: dict[str, Callable[[], None] | None] = {}
        self._count = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler = self._start
        if ends:
            self._parser.EndElementHandler = self._end
        if text is not None:
            self._parser.CharacterDataHandler = text

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Go on with these bytes; what is no XML is refused."""
        try:
            self._parser.Parse(chunk, last)
        except (expat.ExpatError, ValueError):
            raise damaged() from None

    def _start(self, name: str, attributes: Attributes) -> None:
        self._count += 1
        if name not in self._known_starts:
            self._known_starts[name] = self._starts.get(name.rpartition(" ")[2])
        take = self._known_starts[name]
        if take is not None:
            take(attributes)
        if self._count > _MOST:
            raise too_large()

    def _end(self, name: str) -> None:
        if name not in self._known_ends:
            self._known_ends[name] = self._ends.get(name.rpartition(" ")[2])
        take = self._known_ends[name]
        if take is not None:
            take()


def go_through(chunks: Iterable[bytes], elements: Elements) -> None:
    """Go through a whole part."""
    for chunk in chunks:
        elements.feed(chunk)
    elements.feed(b"", last=True)


def _refuse(*_: object) -> None:
    raise damaged()
