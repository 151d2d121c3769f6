"""What a rating scale covers: its holes, its overlaps, and the same bands without them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from iku_engine.coverage import (
    between,
    end_of,
    gaps_of,
    graded_decimals,
    overlaps_of,
    repaired,
    start_of,
)
from iku_engine.quantities import to_decimal_text, to_exact_text
from iku_engine.scales import Band, Gap, Overlap, Scale, decimals_of

RULE = "a band holds its own lower edge and ends just below the lower edge of the next band"
"""The rule of every suggested repair, in words."""

_PLAIN_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9]*(?: [A-Za-z0-9]+)*")
_YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of one scale.

    `covers` runs from the lowest edge to the highest. `gaps` and `overlaps` are those over all
    values, `displayed_gaps` and `displayed_overlaps` those in which a figure with the scale's
    decimals lies; `graded` says which of the two the scale looks at. `repair` holds the bands
    without them, by `RULE`: the bands themselves where nothing is wrong, None where bands lie
    inside each other and the agency must decide.
    """

    covers: Band
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    displayed_gaps: tuple[Gap, ...]
    displayed_overlaps: tuple[Overlap, ...]
    graded: int | None
    repair: tuple[Band, ...] | None

    @property
    def is_whole(self) -> bool:
        """Whether every figure the scale looks at, from edge to edge, has exactly one band."""
        if self.graded is None:
            return not self.gaps and not self.overlaps
        return not self.displayed_gaps and not self.displayed_overlaps


def coverage_of(scale: Scale) -> Coverage:
    """The coverage of a scale, exactly: over all values, and over its displayed figures."""
    bands = scale.bands
    graded = graded_decimals(scale)
    start = min((start_of(band) for band in bands), default=None)
    end = max((end_of(band) for band in bands), default=None)
    return Coverage(
        covers=between(start, end) if start and end else Band(""),
        gaps=gaps_of(bands),
        overlaps=overlaps_of(bands),
        displayed_gaps=gaps_of(bands, scale.decimals),
        displayed_overlaps=overlaps_of(bands, scale.decimals),
        graded=graded,
        repair=repaired(bands, graded),
    )


def bands_text(bands: tuple[Band, ...]) -> str:
    """Bands as a definition file writes them below a scale, ready to be pasted."""
    return "bands:\n" + "".join(f"  - {{{_band_text(band)}}}\n" for band in bands)


def _band_text(band: Band) -> str:
    fields = [f"label: {_label_text(band.label)}", f"range: {band.range_text()}"]
    if band.score is not None:
        decimals = decimals_of(band.score)
        exact = decimals is None
        score = to_exact_text(band.score) if exact else to_decimal_text(band.score, decimals or 0)
        fields.append(f"score: {score}")
    return ", ".join(fields)


def _label_text(label: str) -> str:
    plain = _PLAIN_LABEL.fullmatch(label) and label.lower() not in _YAML_WORDS
    return label if plain else json.dumps(label, ensure_ascii=False)
