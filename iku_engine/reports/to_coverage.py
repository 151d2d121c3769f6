"""What rating scales cover -> text: bands, holes, overlaps, and the bands without them."""

from __future__ import annotations

from collections.abc import Sequence

from iku_engine.analysis.coverage import bands_text, coverage_of
from iku_engine.quantities import to_decimal_text
from iku_engine.reports.escape import visible
from iku_engine.reports.labels import Language, label
from iku_engine.scales import Scale, decimals_of, sorted_bands


def to_coverage(scales: Sequence[Scale], language: Language = Language.ID) -> str:
    """One paragraph a scale; holes and overlaps over all values and over displayed figures."""
    if not scales:
        return label("scale.none", language) + "\n"
    return "\n".join(_scale(scale, language) for scale in scales)


def _scale(scale: Scale, language: Language) -> str:
    coverage = coverage_of(scale)
    title = f"{scale.name}: {scale.title}" if scale.title else scale.name
    lines = [visible(title)]
    if scale.reference:
        lines.append(f"  ({visible(scale.reference)})")
    for band in sorted_bands(scale.bands):
        score = ""
        if band.score is not None:
            score = f" = {to_decimal_text(band.score, decimals_of(band.score) or 0)}"
        lines.append(f"  {band.range_text()}  {visible(band.label)}{score}")
    lines.append("  " + label("scale.covers", language, range=coverage.covers.range_text()))
    found = [("scale.gap", gap.interval) for gap in coverage.gaps]
    found += [("scale.overlap", overlap.interval) for overlap in coverage.overlaps]
    lines += ["  " + label(key, language, range=held.range_text()) for key, held in found]
    decimals = str(scale.decimals)
    for gap in coverage.displayed_gaps:
        shown = gap.interval.range_text()
        text = label("scale.gap_displayed", language, decimals=decimals, range=shown)
        lines.append("  " + text)
    if not found:
        lines.append("  " + label("scale.whole", language))
    elif coverage.repair is None:
        lines.append("  " + label("scale.no_repair", language))
    else:
        lines.append("  " + label("scale.repair", language))
        lines += [f"    {visible(line)}" for line in bands_text(coverage.repair).splitlines()]
    return "\n".join(lines) + "\n"
