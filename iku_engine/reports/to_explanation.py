"""An explanation -> text that a reader can follow from the figure down to the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.analysis.domain import Domain
from iku_engine.catalog.model import Catalog
from iku_engine.evaluation.model import Reason, Status
from iku_engine.quantities import (
    NumberFormat,
    decimal_text,
    is_decimal,
    round_half_away,
    to_decimal_text,
    to_grouped_text,
)
from iku_engine.reports.escape import visible, width_of
from iku_engine.reports.figures import shown_target
from iku_engine.reports.footnotes import SIGNS, own_achievement_reasons, sign_of
from iku_engine.reports.labels import Language, label
from iku_engine.reports.names import Names
from iku_engine.reports.promise_words import basis_words
from iku_engine.reports.reasons import cause_sentence, causes_of, read_note
from iku_engine.reports.reductions import how_words, statement_lines
from iku_engine.reports.to_domain import domain_texts
from iku_engine.results.explanation import CountedRecord, ExplainedInput, Explanation
from iku_engine.results.model import (
    ACHIEVEMENT_DECIMALS,
    Result,
    exact_text,
    figure_text,
)
from iku_engine.sources.model import Observation, Origin, SheetCell, TableKey

MOST_CELLS = 12
"""How many cells or records one input lists; the JSON form lists all."""

_MOST_DECIMALS = 20  # of a figure shown in full: floats in data files have up to 17 digits
_SHOWN_DECIMALS = 10  # of one that is not

_Pair = tuple[str, str]
_Line = tuple[int, str]

_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_ORDER = {None: 0, True: 1, False: 2}  # of records: what is unknown first, what counts next


@dataclass(frozen=True, slots=True)
class Extras:
    """What an explanation does not hold itself.

    `domains` says by `Result.formula_id` when a formula is undefined. With `uses` (see
    `field_uses`) every record is listed, with all the fields its aggregate uses; without, the
    first ones with the fields the aggregate names. With `sql` the statements are shown by which
    records were reduced.
    """

    domains: Mapping[str, Domain] = field(default_factory=dict)
    uses: Mapping[str, frozenset[str]] | None = None
    sql: bool = False


def field_uses(catalog: Catalog) -> dict[str, frozenset[str]]:
    """The words in the formula of each computed field of the catalog's records."""
    found: dict[str, frozenset[str]] = {}
    for records in catalog.records.values():
        for name, declared in records.fields.items():
            words = words_of(declared.formula.text) if declared.formula else frozenset()
            found[name] = found.get(name, frozenset()) | words
    return found


def words_of(formula: str) -> frozenset[str]:
    """Every word of a formula text."""
    return frozenset(re.findall(r"\w+", formula))


def to_explanation(
    explanation: Explanation,
    names: Names,
    *,
    language: Language = Language.ID,
    numbers: NumberFormat | None = None,
    extras: Extras | None = None,
) -> str:
    """The explanation as indented text; inputs that are indicators are explained inside."""
    writer = Writer(names, language, numbers or language.numbers, extras or Extras())
    lines = [(0, writer.heading(explanation.result)), (0, ""), *writer.body(explanation, 1)]
    return "\n".join(("  " * depth + visible(text)).rstrip() for depth, text in lines) + "\n"


@dataclass(frozen=True, slots=True)
class Writer:
    """The words and the number format of one explanation."""

    names: Names
    language: Language
    numbers: NumberFormat
    extras: Extras

    def heading(self, result: Result) -> str:
        indicator = result.indicator
        place = f", {self.names.place(result.place)}" if result.place else ""
        return f"{indicator.name} ({indicator.id}), {result.period}{place}"

    def body(self, explanation: Explanation, depth: int) -> Iterator[_Line]:
        yield from self._aligned(self.facts(explanation), depth)
        if explanation.inputs:
            yield depth, ""
            yield depth, f"{self.label('inputs')}:"
            for each in explanation.inputs:
                yield from self._input(each, depth + 1)

    def facts(self, explanation: Explanation) -> list[_Pair]:
        """Everything but the inputs, as pairs of a label's key and its text."""
        pairs = (
            *self._actual(explanation),
            *self._target(explanation),
            *self._achievement(explanation),
        )
        return [(key, text) for key, text in pairs if text]

    def _actual(self, explanation: Explanation) -> Iterator[_Pair]:
        result = explanation.result
        shown = self._unit(self._grouped(result.display), result.unit)
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
        yield "version", explanation.version
        if explanation.expanded != explanation.formula:
            yield "expanded", explanation.expanded
        if explanation.figures != explanation.expanded:
            yield "figures", explanation.figures
        yield "undefined_when", self._undefined(result)
        yield "data_source", explanation.data_source

    def _undefined(self, result: Result) -> str:
        domain = self.extras.domains.get(result.formula_id)
        texts = domain_texts(domain, self.names, self.language) if domain else []
        return label("explain.undefined_words", self.language, text="; ".join(texts)) * bool(texts)

    def _target(self, explanation: Explanation) -> Iterator[_Pair]:
        result = explanation.result
        text = shown_target(result, self.numbers)
        yield "target", self._unit(text, result.unit) if text else ""
        if explanation.target_basis not in ("", "given"):
            since = f" ({explanation.target_since})" if explanation.target_since else ""
            yield "target_basis", basis_words(explanation.target_basis, self.language) + since
        yield "target_rule", explanation.target_rule
        replaced = [
            f"{self._grouped(figure)} ({basis_words(basis, self.language)})"
            for basis, figure in explanation.target_replaced
        ]
        yield "target_replaced", "; ".join(replaced)

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
        yield "policies", explanation.policies

    def _input(self, each: ExplainedInput, depth: int) -> Iterator[_Line]:
        value = "-" if each.value is None else self._unit(self.value(each.value), each.unit)
        place = f" ({self.names.place(each.place)})" if each.place else ""
        named = each.name if each.label == each.name else f"{each.label} ({each.name})"
        yield depth, f"{named} {each.period}{place}: {value}"
        if each.value is None:
            for sentence in self.sentences(each.reasons):
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
            place=self.place(origin),
            column=origin.column,
            printed=cell.printed or "-",
        )
        place = f" ({self.names.place(cell.place)})" if cell.place and len(cells) > 1 else ""
        return ", ".join([text + place, *self.vintage(cell)])

    def vintage(self, cell: Observation) -> list[str]:
        """When a figure was published, and what it replaced, as far as the data say."""
        older = "; ".join(self._older(one) for one in cell.replaced)
        replaced = [label("explain.replaced", self.language, text=older)] if older else []
        return [*self._published(cell), *replaced]

    def _older(self, cell: Observation) -> str:
        known = [*self._published(cell), self._row(cell.origin)]
        return f"{cell.printed or '-'} ({', '.join(known)})"

    def _published(self, cell: Observation) -> list[str]:
        if cell.published is None:
            return []
        return [label("explain.published", self.language, date=cell.published.isoformat())]

    def _records(self, each: ExplainedInput, depth: int) -> Iterator[_Line]:
        for text in self.how(each):
            yield depth, text
        for heading, statement in self.statements(each):
            yield depth, f"{heading}:"
            for line in statement.splitlines():
                yield depth + 1, line
        if not each.records:
            return
        yield depth, self.counts(each.records)
        shown = self.shown_records(each)
        used = self.used_fields(each)
        for record in shown:
            yield depth, self._record(record, used)
        if len(shown) < len(each.records):
            yield depth, self.more_records(len(each.records) - len(shown))

    def how(self, each: ExplainedInput) -> list[str]:
        """Where an aggregate was made, where its records live in a database."""
        said = each.how is not None and (each.how.in_database or self.extras.sql)
        return [how_words(each.how, self.language)] if each.how is not None and said else []

    def statements(self, each: ExplainedInput) -> list[tuple[str, str]]:
        """The statements of an aggregate with their headings, where they are asked for."""
        if each.how is None or not self.extras.sql:
            return []
        return list(statement_lines(each.how, self.language))

    def counts(self, records: Sequence[CountedRecord]) -> str:
        """How many records were counted, were not, and are unknown."""
        states = [record.counted for record in records]
        return label(
            "explain.records",
            self.language,
            counted=str(states.count(True)),
            not_counted=str(states.count(False)),
            unknown=str(states.count(None)),
        )

    def more_records(self, count: int) -> str:
        return label("explain.more_records", self.language, count=str(count))

    def shown_records(self, each: ExplainedInput) -> list[CountedRecord]:
        """The records that are listed: unknown ones first, then those counted."""
        ranked = sorted(each.records, key=lambda found: (_ORDER[found.counted], _row_of(found)))
        return ranked if self.extras.uses is not None else ranked[:MOST_CELLS]

    def used_fields(self, each: ExplainedInput) -> frozenset[str]:
        """The fields an aggregate names, and where asked those that they are computed from."""
        used: set[str] = set()
        waiting = list(words_of(each.name))
        while waiting:
            name = waiting.pop()
            if name not in used:
                used.add(name)
                waiting += (self.extras.uses or {}).get(name, ())
        return frozenset(used)

    def _record(self, record: CountedRecord, used: frozenset[str]) -> str:
        where = f" [{self._row(record.origin)}]" if record.origin else ""
        fields = "; ".join(
            f"{name} = {self.field(name, shown)}" for name, shown in record.fields if name in used
        )
        why = f" ({record.reason})" if record.reason else ""
        return f"{record.key} {self.state(record)}{where}{f': {fields}' if fields else ''}{why}"

    def field(self, name: str, shown: str) -> str:
        """A field of a record, a figure as the readers of the language know it."""
        is_figure = name in self.names.numeric and _FIGURE.fullmatch(shown)
        return self._grouped(shown) if is_figure else shown

    def state(self, record: CountedRecord) -> str:
        """`counted`, `not counted` or `unknown`."""
        states = {True: "counted", False: "not_counted", None: "unknown"}
        return self.label(states[record.counted])

    def _row(self, origin: Origin) -> str:
        return label("explain.row", self.language, file=origin.file, place=self.place(origin))

    def place(self, origin: Origin) -> str:
        """Where in its file or table a figure stands, in the words of the language."""
        match origin.spot:
            case SheetCell(sheet, cell):
                return label("explain.at_cell", self.language, sheet=sheet, cell=cell)
            case TableKey(table, key):
                named = label("explain.at_key", self.language, name=key) if key else ""
                in_table = [label("explain.at_table", self.language, table=table)] * bool(table)
                return ", ".join([*in_table, named or self._at_row(origin)])
        return self._at_row(origin)

    def _at_row(self, origin: Origin) -> str:
        return label("explain.at_row", self.language, row=str(origin.row))

    def _reasons(self, reasons: Sequence[Reason]) -> Iterator[_Pair]:
        yield "reasons", "; ".join(self.sentences(reasons))

    def sentences(self, reasons: Sequence[Reason]) -> list[str]:
        """Reasons in words, the same cause once."""
        causes = dict.fromkeys(causes_of(reasons).values())
        return [cause_sentence(cause, self.names, self.language) for cause in causes]

    def _quality(self, word: str) -> str:
        if word in SIGNS:
            return label(f"mark.{word}", self.language)
        note = read_note(word)
        return word if note is None else self.sentences([note])[0]

    def _aligned(self, pairs: Sequence[_Pair], depth: int) -> Iterator[_Line]:
        """`key  text` lines with the texts under each other."""
        kept = [(self.label(key), visible(text)) for key, text in pairs]
        room = max((width_of(key) for key, _ in kept), default=0)
        for key, text in kept:
            yield depth, f"{key.ljust(room)}  {text}"

    def label(self, key: str) -> str:
        """A label of this part of the table."""
        return label(f"explain.{key}", self.language)

    def _grouped(self, text: str) -> str:
        return to_grouped_text(text, self.numbers) if text else ""

    def value(self, value: Fraction) -> str:
        """An input's figure in full, or to some decimals (`≈`) where no decimals write it."""
        if is_decimal(value) and round_half_away(value, _MOST_DECIMALS) == value:
            return self._grouped(decimal_text(value))
        return f"≈ {self._grouped(to_decimal_text(value, _SHOWN_DECIMALS))}"

    def _unit(self, figure: str, unit: str) -> str:
        return f"{figure} {unit}" if figure and unit else figure


def _row_of(record: CountedRecord) -> int:
    return record.origin.row if record.origin else 0
