"""An explanation -> text that a reader can follow from the figure down to the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from iku_engine.evaluation.model import Reason, Status
from iku_engine.language.to_text import decimal_text, is_decimal
from iku_engine.quantities import (
    NumberFormat,
    round_half_away,
    to_decimal_text,
    to_grouped_text,
)
from iku_engine.reports.escape import visible, width_of
from iku_engine.reports.footnotes import SIGNS, own_achievement_reasons, sign_of
from iku_engine.reports.labels import Language, label
from iku_engine.reports.names import Names
from iku_engine.reports.reasons import cause_sentence, causes_of, read_note
from iku_engine.results.explanation import CountedRecord, ExplainedInput, Explanation
from iku_engine.results.model import (
    ACHIEVEMENT_DECIMALS,
    Result,
    exact_text,
    figure_text,
    target_text,
)
from iku_engine.sources.model import Observation, Origin

MOST_CELLS = 12
"""How many cells or records one input lists; the JSON form lists all."""

_MOST_DECIMALS = 20  # of a figure shown in full: floats in data files have up to 17 digits
_SHOWN_DECIMALS = 10  # of one that is not

_Pair = tuple[str, str]
_Line = tuple[int, str]


def to_explanation(
    explanation: Explanation,
    names: Names,
    *,
    language: Language = Language.ID,
    numbers: NumberFormat | None = None,
) -> str:
    """The explanation as indented text; inputs that are indicators are explained inside."""
    writer = _Writer(names, language, numbers or language.numbers)
    lines = [(0, writer.heading(explanation.result)), (0, ""), *writer.body(explanation, 1)]
    return "\n".join(("  " * depth + visible(text)).rstrip() for depth, text in lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """The words and the number format of one explanation."""

    names: Names
    language: Language
    numbers: NumberFormat

    def heading(self, result: Result) -> str:
        indicator = result.indicator
        place = f", {self.names.place(result.place)}" if result.place else ""
        return f"{indicator.name} ({indicator.id}), {result.period}{place}"

    def body(self, explanation: Explanation, depth: int) -> Iterator[_Line]:
        pairs = [
            *self._actual(explanation),
            *self._target(explanation),
            *self._achievement(explanation),
        ]
        yield from self._aligned(pairs, depth)
        if explanation.inputs:
            yield depth, ""
            yield depth, f"{self._label('inputs')}:"
            for each in explanation.inputs:
                yield from self._input(each, depth + 1)

    def _actual(self, explanation: Explanation) -> Iterator[_Pair]:
        result = explanation.result
        shown = self._unit(self._grouped(result.display), result.indicator.unit)
        yield "actual", f"{shown} {sign_of(result)}".strip() if shown else "-"
        if result.exact is not None:
            yield "exact", exact_text(result.exact, result.quality)
        if result.status is not Status.OK:
            yield "status", label(f"status.{result.status.value}", self.language)
        yield from self._reasons(result.reasons)
        quality = [self._quality(word) for word in result.quality]
        yield "quality", "; ".join(quality)
        yield "rating", result.rating
        yield "formulation", explanation.formulation
        yield "formula", explanation.formula
        if explanation.expanded != explanation.formula:
            yield "expanded", explanation.expanded
        if explanation.figures != explanation.expanded:
            yield "figures", explanation.figures
        yield "data_source", explanation.data_source

    def _target(self, explanation: Explanation) -> Iterator[_Pair]:
        result = explanation.result
        text = self._grouped(target_text(result))
        yield "target", self._unit(text, result.indicator.unit) if text else ""
        yield "target_rule", explanation.target_rule

    def _achievement(self, explanation: Explanation) -> Iterator[_Pair]:
        result = explanation.result
        if result.achievement_status is Status.NO_TARGET:
            return
        figure = self._grouped(figure_text(result.achievement, ACHIEVEMENT_DECIMALS))
        status = label(f"status.{result.achievement_status.value}", self.language)
        yield "achievement", f"{figure} %" if figure else status
        if result.achievement is not None:
            yield "exact", exact_text(result.achievement, result.quality)
        yield from self._reasons(own_achievement_reasons(result))
        yield "method", result.method
        yield "achievement_formula", explanation.achievement_formula
        yield "achievement_figures", explanation.achievement_figures

    def _input(self, each: ExplainedInput, depth: int) -> Iterator[_Line]:
        value = "-" if each.value is None else self._unit(self._value(each.value), each.unit)
        place = f" ({self.names.place(each.place)})" if each.place else ""
        named = each.name if each.label == each.name else f"{each.label} ({each.name})"
        yield depth, f"{named} {each.period}{place}: {value}"
        if each.value is None:
            for sentence in self._sentences(each.reasons):
                yield depth + 1, sentence
        yield from self._cells(each.cells, depth + 1)
        yield from self._records(each, depth + 1)
        if each.parts is not None:
            yield from self.body(each.parts, depth + 1)

    def _cells(self, cells: Sequence[Observation], depth: int) -> Iterator[_Line]:
        for cell in cells[:MOST_CELLS]:
            yield depth, self._cell(cell, cells)
        if len(cells) > MOST_CELLS:
            counts = {"count": str(len(cells) - MOST_CELLS), "total": str(len(cells))}
            yield depth, label("explain.more_cells", self.language, **counts)

    def _cell(self, cell: Observation, cells: Sequence[Observation]) -> str:
        origin = cell.origin
        text = label(
            "explain.cell",
            self.language,
            file=origin.file,
            row=str(origin.row),
            column=origin.column,
            printed=cell.printed or "-",
        )
        place = f" ({self.names.place(cell.place)})" if cell.place and len(cells) > 1 else ""
        return text + place

    def _records(self, each: ExplainedInput, depth: int) -> Iterator[_Line]:
        if not each.records:
            return
        states = [record.counted for record in each.records]
        yield (
            depth,
            label(
                "explain.records",
                self.language,
                counted=str(states.count(True)),
                not_counted=str(states.count(False)),
                unknown=str(states.count(None)),
            ),
        )
        order = {None: 0, True: 1, False: 2}
        ranked = sorted(each.records, key=lambda found: (order[found.counted], _row_of(found)))
        for record in ranked[:MOST_CELLS]:
            yield depth, self._record(record, each.name)
        if len(ranked) > MOST_CELLS:
            count = str(len(ranked) - MOST_CELLS)
            yield depth, label("explain.more_records", self.language, count=count)

    def _record(self, record: CountedRecord, formula: str) -> str:
        states = {True: "counted", False: "not_counted", None: "unknown"}
        state = self._label(states[record.counted])
        where = f" [{self._row(record.origin)}]" if record.origin else ""
        words = set(re.findall(r"\w+", formula))
        fields = "; ".join(f"{name} = {shown}" for name, shown in record.fields if name in words)
        why = f" ({record.reason})" if record.reason else ""
        return f"{record.key} {state}{where}{f': {fields}' if fields else ''}{why}"

    def _row(self, origin: Origin) -> str:
        return label("explain.row", self.language, file=origin.file, row=str(origin.row))

    def _reasons(self, reasons: Sequence[Reason]) -> Iterator[_Pair]:
        yield "reasons", "; ".join(self._sentences(reasons))

    def _sentences(self, reasons: Sequence[Reason]) -> list[str]:
        causes = dict.fromkeys(causes_of(reasons).values())
        return [cause_sentence(cause, self.names, self.language) for cause in causes]

    def _quality(self, word: str) -> str:
        if word in SIGNS:
            return label(f"mark.{word}", self.language)
        note = read_note(word)
        return word if note is None else self._sentences([note])[0]

    def _aligned(self, pairs: Sequence[_Pair], depth: int) -> Iterator[_Line]:
        """`key  text` lines with the texts under each other; pairs without a text are left out."""
        kept = [(self._label(key), visible(text)) for key, text in pairs if text]
        room = max((width_of(key) for key, _ in kept), default=0)
        for key, text in kept:
            yield depth, f"{key.ljust(room)}  {text}"

    def _label(self, key: str) -> str:
        return label(f"explain.{key}", self.language)

    def _grouped(self, text: str) -> str:
        return to_grouped_text(text, self.numbers) if text else ""

    def _value(self, value: Fraction) -> str:
        """An input's figure in full, or to some decimals (`≈`) where no decimals write it."""
        if is_decimal(value) and round_half_away(value, _MOST_DECIMALS) == value:
            return self._grouped(decimal_text(value))
        return f"≈ {self._grouped(to_decimal_text(value, _SHOWN_DECIMALS))}"

    def _unit(self, figure: str, unit: str) -> str:
        return f"{figure} {unit}" if figure and unit else figure


def _row_of(record: CountedRecord) -> int:
    return record.origin.row if record.origin else 0
