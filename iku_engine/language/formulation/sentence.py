"""Signs -> levels of brackets with operands and operators between, from left to right.

Labels stand in the trees as numbers of phrases (`Name("0")`), because a shortening may mean one
of several labels and must mean the same one wherever it is written again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from iku_engine.language.bounds import MAX_DIGITS
from iku_engine.language.formulation.bracketing import (
    FOLDED,
    Choices,
    Level,
    Part,
    Unbuildable,
    readings_of,
)
from iku_engine.language.formulation.labels import Choice, Labels, Wanted
from iku_engine.language.formulation.markers import Marker, bracketed_marker_at, marker_at
from iku_engine.language.formulation.signs import Sign, SignKind
from iku_engine.language.formulation.words import (
    COUNTING,
    FILLERS,
    OPERATOR_WORDS,
    PERCENT_WORDS,
)
from iku_engine.language.model import Name, Node, Number, Percent, Span
from iku_engine.sentences import Sentence, sentence

_DEEPEST = 30


class Stuck(Exception):
    """The sign that does not fit, by its position; no sign where the sentence just ends."""

    def __init__(self, position: int, reason: Sentence | None = None) -> None:
        super().__init__(reason or "")
        self.position, self.reason = position, reason


@dataclass(slots=True)
class Read:
    """A sentence read to its end: its trees over phrases, and what was put back."""

    trees: Choices = ()
    phrases: list[Phrase] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words taken for a label, or for one of several."""

    ids: tuple[str, ...]
    exact: bool
    span: Span
    number: int


class Scanner:
    """Reads one sentence; `phrases` are those met so far, also where it gets stuck."""

    def __init__(self, signs: Sequence[Sign], labels: Labels, wanted: Wanted) -> None:
        self._signs, self._labels, self._wanted = signs, labels, wanted
        self._position = 0
        self._levels = [Level()]
        self._last: Phrase | None = None
        self.found = Read()

    def read(self) -> Read:
        """Raises `Stuck`."""
        expects_operand = True
        while self._position < len(self._signs):
            expects_operand = self._operand() if expects_operand else self._operator()
        if expects_operand and not self._takes_missing():
            raise Stuck(len(self._signs), sentence("read_stops"))
        while len(self._levels) > 1:
            self._note(sentence("read_not_closed"))
            self._close()
        self.found.trees = self._readings(self._levels[0])
        return self.found

    @property
    def _level(self) -> Level:
        return self._levels[-1]

    def _operand(self) -> bool:
        """Take what may stand where an operand is expected; true while one still is."""
        sign = self._signs[self._position]
        if sign.kind is SignKind.OPEN:
            return self._open(sign)
        if sign.kind is SignKind.FIGURE:
            return self._figure(sign)
        if sign.kind is SignKind.CLOSE:
            return self._closed_early()
        if sign.kind is SignKind.OPERATOR and sign.text in "+-" and not self._level.operands:
            self._level.negative ^= sign.text == "-"
            self._position += 1
            return True
        choice = self._labels.match(self._signs, self._position, self._wanted)
        if choice is not None:
            return self._label(choice)
        marker = marker_at(self._signs, self._position)
        if marker is not None and self._last is not None:
            return self._again(marker, self._last)
        if self._means(sign) == "*" and self._takes_missing():
            return False
        if sign.text in FILLERS or sign.text in COUNTING:
            behind = self._signs[self._position + 1 : self._position + 2]
            if behind and behind[0].kind in (SignKind.FIGURE, SignKind.OPEN):
                self._position += 1
                return True
        raise Stuck(self._position)

    def _operator(self) -> bool:
        """Take what may stand behind an operand; true where an operand comes next."""
        sign = self._signs[self._position]
        meant = self._means(sign)
        if meant:
            self._level.operators.append(meant)
            self._position += 1
            return True
        if sign.kind is SignKind.CLOSE:
            self._position += 1
            if len(self._levels) == 1:
                self._note(sentence("read_not_opened"))
                self._levels.insert(0, Level())
            self._close()
            return False
        joining = self._joining(sign)
        if joining:
            self._level.operators.append(joining)
            return True
        raise Stuck(self._position)

    def _means(self, sign: Sign) -> str:
        if sign.kind is SignKind.OPERATOR:
            return sign.text
        return OPERATOR_WORDS.get(sign.text, "") if sign.is_word else ""

    def _joining(self, sign: Sign) -> str:
        """The operator that an operand right behind another one leaves out."""
        if self._level.ends_with_hundred:
            self._note(sentence("read_folded"))
            return FOLDED
        after_division = self._level.operators[-1:] == ["/"]
        before = self._signs[self._position - 1]
        if before.kind is SignKind.FIGURE and (sign.is_word or sign.kind is SignKind.OPEN):
            joins = isinstance(self._level.operands[-1][0].node, Number)
        else:
            joins = before.kind is SignKind.CLOSE and sign.kind is SignKind.OPEN
        return "*" if joins and not after_division else ""

    def _open(self, sign: Sign) -> bool:
        if len(self._levels) > _DEEPEST:
            raise Stuck(self._position, sentence("read_brackets"))
        self._levels.append(Level(start=sign.start))
        self._position += 1
        return True

    def _close(self) -> None:
        level = self._levels.pop()
        self._level.operands.append(self._readings(level))

    def _closed_early(self) -> bool:
        """A bracket that closes where an operand is missing: `(a / )`, `a / ()`."""
        if self._takes_missing():
            return False
        if len(self._levels) > 1 and not self._level.operands:
            self._levels.pop()
            if self._takes_missing():
                self._position += 1
                return False
        raise Stuck(self._position)

    def _takes_missing(self) -> bool:
        """Whether the operand that is missing here is a divisor; then it is left open."""
        if self._level.operators[-1:] != ["/"]:
            return False
        self._note(sentence("read_no_divisor"))
        self._level.operands.append(())
        return True

    def _figure(self, sign: Sign) -> bool:
        value = _value(sign.text)
        behind = [s.text for s in self._signs[self._position + 1 : self._position + 4]]
        width = 0
        if behind[:1] and behind[0] in PERCENT_WORDS:
            width = 1
        elif behind[:1] == ["("] and behind[1:2] and behind[1] in PERCENT_WORDS:
            width = 3
        if value is None:
            raise Stuck(self._position, sentence("read_digits", most=MAX_DIGITS))
        if width and value != 100:
            raise Stuck(self._position, sentence("read_percent"))
        end = self._signs[min(self._position + width, len(self._signs) - 1)].end
        span = Span(sign.start, end)
        node = Percent(value, span) if width else Number(value, span)
        self._level.operands.append((Part(node, 0),))
        self._position += 1 + width
        return False

    def _label(self, choice: Choice) -> bool:
        first, last = self._signs[self._position], self._signs[choice.end - 1]
        number = len(self.found.phrases)
        for phrase in self.found.phrases:
            if phrase.ids == choice.ids:
                number = phrase.number
        phrase = Phrase(choice.ids, choice.exact, Span(first.start, last.end), number)
        self.found.phrases.append(phrase)
        self._last = phrase
        self._position = choice.end
        marker = marker_at(self._signs, self._position)
        marker = marker or bracketed_marker_at(self._signs, self._position)
        self._add(phrase, marker, phrase.span)
        return False

    def _again(self, marker: Marker, phrase: Phrase) -> bool:
        """A period alone: the last label in another period."""
        start = self._signs[self._position].start
        self._add(phrase, marker, Span(start, self._signs[marker.end - 1].end))
        return False

    def _add(self, phrase: Phrase, marker: Marker | None, span: Span) -> None:
        name = Name(str(phrase.number), span)
        node: Node = name
        if marker is not None:
            self._position = marker.end
            span = Span(span.start, self._signs[marker.end - 1].end)
            node = marker.applied(name, span)
        self._level.operands.append((Part(node, 1),))

    def _readings(self, level: Level) -> Choices:
        try:
            return readings_of(level)
        except Unbuildable as reason:
            raise Stuck(len(self._signs), reason.reason) from None

    def _note(self, note: Sentence) -> None:
        if note not in self.found.notes:
            self.found.notes.append(note)


def _value(text: str) -> Fraction | None:
    """A figure with decimal comma or point; `100.000` and `1.234,5` are grouped as in Indonesia."""
    whole, decimals = text, ""
    last = max(text.rfind("."), text.rfind(","))
    if last > 0:
        sign, rest = text[last], text[last + 1 :]
        mixed = "." in text and "," in text
        grouped = len(rest) == 3 and sign == "." and not mixed and not text.startswith("0")
        if text.count(sign) == 1 and not grouped:
            whole, decimals = text[:last], rest
    whole = whole.replace(".", "").replace(",", "")
    if len(whole) + len(decimals) > MAX_DIGITS:
        return None
    return Fraction(int(whole + decimals), 10 ** len(decimals))
