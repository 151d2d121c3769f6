"""IKU615: targets of shares that make up a whole and do not sum to 100.

Which shares make up a whole is read from the formulas, never from the names: each divides one
summand by the same sum (`a / (a + b + c) * 100%`, `share(a, a + b + c)`), and every summand has
its indicator. What rounding may do is allowed for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from iku_engine.catalog.model import Indicator
from iku_engine.checks.model import CheckedCatalog, Rule, TargetCell, TargetRow
from iku_engine.checks.series import decimals_of, written
from iku_engine.checks.words import is_percent
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.language.model import Binary, Call, Name, Node, Percent
from iku_engine.periods import Period

_WHOLE = Fraction(100)


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    groups: dict[tuple[str, frozenset[str]], dict[str, TargetRow]] = {}
    for row in checked.rows:
        part = _part_of(row.indicator) if not row.decree else None
        if part is not None:
            name, whole = part
            groups.setdefault((row.indicator.owner, whole), {}).setdefault(name, row)
    for (_, whole), rows in groups.items():
        if rows.keys() == whole:
            yield from _sums(rows)


def _sums(rows: Mapping[str, TargetRow]) -> Iterator[Diagnostic]:
    """The first period in which the shares do not sum to 100."""
    cells: dict[Period, list[TargetCell]] = {}
    for row in rows.values():
        for cell in row.cells:
            cells.setdefault(cell.period, []).append(cell)
    last = list(rows.values())[-1].indicator
    for period, together in sorted(cells.items()):
        values = [cell.value for cell in together]
        total = sum(values, Fraction(0))
        precision = Fraction(1, 10 ** max(map(decimals_of, values)))
        if len(values) == len(rows) and abs(total - _WHOLE) > precision * len(values):
            names = ", ".join(f"`{row.indicator.id}`" for row in rows.values())
            message = (
                f"the targets of {names} for {period} are shares of one whole and sum to "
                f"{written(total)}, not to 100"
            )
            help_ = "correct one of them"
            yield Diagnostic("IKU615", message, together[-1].location, help_, last.id)
            return


def _part_of(indicator: Indicator) -> tuple[str, frozenset[str]] | None:
    """The summand an indicator is the share of, and all summands of its whole."""
    if not is_percent(indicator.unit) or "+" not in indicator.formula.text:
        return None
    from iku_engine.language.from_text import parse_formula  # noqa: PLC0415 - to list rules is quick

    tree, _ = parse_formula(indicator.formula)
    match tree:
        case Call("share", (Name(part), whole), ()):
            pass
        case Binary("*", Binary("/", Name(part), whole), Percent(value)) if value == _WHOLE:
            pass
        case _:
            return None
    summands = _summands(whole)
    if summands is None or len(summands) < 2 or part not in summands:
        return None
    return part, summands


def _summands(tree: Node) -> frozenset[str] | None:
    """The names a sum is made of; None for anything but a sum of names."""
    match tree:
        case Name(name):
            return frozenset({name})
        case Binary("+", left, right):
            one, other = _summands(left), _summands(right)
            return one | other if one is not None and other is not None else None
    return None


SHARES = Rule(
    code="IKU615",
    name="shares",
    title="shares of one whole that do not sum to 100",
    title_id="bagian dari satu keseluruhan yang tidak berjumlah 100",
    find=_find,
    severity=Severity.WARNING,
)
