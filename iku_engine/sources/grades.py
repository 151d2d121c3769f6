"""Cells that hold a grade (`WTP`, `BB`): the figure is the score of the band so labelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from iku_engine.catalog.model import Catalog, Variable
from iku_engine.diagnostics import quoted
from iku_engine.scales import Scale, decimals_of
from iku_engine.sources.cells import missing_marks, plain_text, split_mark
from iku_engine.sources.findings import Refusal
from iku_engine.sources.model import Figure, Mark
from iku_engine.sources.protocol import CellValue, Refused

_LONGEST_CACHED = 64


class Grades:
    """Reads the labels of one scale as their scores; case and blanks do not matter."""

    def __init__(self, scale: Scale, missing: Iterable[str]) -> None:
        self._scale = scale
        self._missing = missing_marks(missing)
        self._scores = scores_of(scale)
        self._known: dict[str, Figure] = {}

    def read(self, cell: CellValue) -> Figure | Refusal:
        """The score of the label in a cell, which may carry a mark; its text stays as printed."""
        if isinstance(cell, Refused):
            return cell.refusal
        cell = plain_text(cell)
        found: Figure | Refusal | None = self._known.get(cell)
        if found is None:
            found = self._read(cell)
            if isinstance(found, Figure) and len(cell) <= _LONGEST_CACHED:
                self._known[cell] = found
        return found

    def _read(self, printed: str) -> Figure | Refusal:
        text, mark = (printed, Mark.FINAL) if self._has(printed) else split_mark(printed)
        if printed.casefold() in self._missing or text.casefold() in self._missing:
            return Figure(None, mark, printed, 0)
        score = self._scores.get(folded_label(text))
        if score is not None:
            return Figure(score, mark, printed, decimals_of(score) or 0)
        labels = list(dict.fromkeys(band.label for band in self._scale.bands))
        shown = ", ".join(quoted(label) for label in labels[:8])
        return Refusal(
            "IKU416",
            f"{quoted(text)} is no label of the scale `{self._scale.name}`",
            f"its labels are {shown}{' and more' if len(labels) > 8 else ''}",
            (text, labels),
        )

    def _has(self, text: str) -> bool:
        return folded_label(text) in self._scores


def grades_of(
    catalog: Catalog,
    variables: Iterable[Variable],
    scales: Mapping[str, Scale],
    missing: Iterable[str],
) -> dict[str, Grades | None]:
    """How the cells of each graded variable are read; None where its scale cannot say it."""
    own = {name: one.scale for name, one in catalog.scales.items()}
    made: dict[str, Grades | None] = {}
    found: dict[str, Grades | None] = {}
    for variable in variables:
        if not variable.grades:
            continue
        if variable.grades not in made:
            scale = own.get(variable.grades) or scales.get(variable.grades)
            usable = scale is not None and not any(unscored(scale))
            made[variable.grades] = Grades(scale, missing) if scale and usable else None
        found[variable.id] = made[variable.grades]
    return found


def scores_of(scale: Scale) -> dict[str, Fraction]:
    """The score of each label of a scale, by the label with case and blanks folded."""
    return {folded_label(band.label): band.score for band in scale.bands if band.score is not None}


def unscored(scale: Scale) -> Iterator[str]:
    """The labels of a scale that stand for no single score."""
    scores = scores_of(scale)
    for band in scale.bands:
        if band.score is None or scores[folded_label(band.label)] != band.score:
            yield band.label


def folded_label(text: str) -> str:
    """A label as it is compared: `wtp  dpp` is `WTP DPP`."""
    return " ".join(text.split()).casefold()
