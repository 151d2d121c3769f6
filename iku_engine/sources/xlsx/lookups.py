"""What the cells of a sheet only point at: styles that show percents, texts that cells share."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence

from iku_engine.sources.xlsx.elements import Attributes, Elements, go_through

_PERCENTS = frozenset({9, 10})  # the formats `0%` and `0.00%`, which every workbook has
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # of a format: what is no sign of it


def percent_styles(chunks: Iterable[bytes]) -> frozenset[str]:
    """The styles of cells, as sheets number them, whose figures are shown times 100 with `%`."""
    own: set[int] = set()
    formats: list[int] = []
    of_cells = [False]

    def own_format(attributes: Attributes) -> None:
        number = attributes.get("numFmtId", "")
        if number.isdecimal() and "%" in _LITERAL.sub("", attributes.get("formatCode", "")):
            own.add(int(number))

    def begin(_: Attributes) -> None:
        of_cells[0] = True

    def end() -> None:
        of_cells[0] = False

    def style(attributes: Attributes) -> None:
        number = attributes.get("numFmtId", "")
        if of_cells[0]:
            formats.append(int(number) if number.isdecimal() else 0)

    starts = {"numFmt": own_format, "cellXfs": begin, "xf": style}
    go_through(chunks, Elements(starts, {"cellXfs": end}))
    return frozenset(str(at) for at, one in enumerate(formats) if one in _PERCENTS | own)


def string_lengths(chunks: Iterable[bytes]) -> Sequence[int]:
    """How long each of the texts is that cells share: a long one may stand in every cell."""
    lengths = array("Q")

    def begin(_: Attributes) -> None:
        lengths.append(0)

    def take(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    go_through(chunks, Elements({"si": begin}, text=take))
    return lengths
