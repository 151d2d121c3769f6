"""Parents and totals held against the sum of their parts, within the printed precision."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from iku_engine.catalog.model import Catalog, Dimension, Rollup, Variable
from iku_engine.diagnostics import Location, quoted
from iku_engine.places import with_member
from iku_engine.quantities import to_decimal_text
from iku_engine.sources.findings import Findings, Refusal
from iku_engine.sources.model import Key, Observation, Origin

_FLOAT_DECIMALS = 6  # nobody prints more by hand: such a figure was written by a float program
_FLOAT_PRECISION = Fraction(1, 10**9)
_SHOWN_DECIMALS = 12
_WORD = re.compile(r"[^\W\d_]+")
_RATIO_SIGNS = frozenset("%‰°/=")
# fmt: off
_RATIO_WORDS = frozenset({
    "persen", "persentase", "percent", "permil", "indeks", "index", "indek", "rasio", "ratio",
    "skor", "score", "nilai", "poin", "point", "points", "angka", "derajat", "tingkat", "level",
    "laju", "koefisien", "peringkat", "rank", "predikat", "kategori", "opini", "grade", "rata",
    "rerata", "average", "mean", "per", "kapita", "tahun", "bulan", "hari", "jam", "menit",
    "detik", "year", "years", "month", "months", "day", "days", "hour", "hours", "minute",
    "minutes",
})
# fmt: on
"""Words of a unit that is no count and no money: its figures are not summed unless declared."""


def is_summable(variable: Variable) -> bool:
    """Whether figures of places add up: as declared, else where the unit is a count or money."""
    if variable.rollup is not None:
        return variable.rollup is Rollup.SUM
    return is_summable_unit(variable.unit)


def is_summable_unit(declared: str) -> bool:
    """Whether figures in this unit are counts or money, which places may be summed in."""
    unit = declared.casefold()
    if not unit.strip() or _RATIO_SIGNS.intersection(unit):
        return False
    return _RATIO_WORDS.isdisjoint(_WORD.findall(unit))


def families(dimension: Dimension) -> Mapping[str, tuple[str, ...]]:
    """Each member that is a whole, with its parts.

    The parts of a total are the members at the top: those without a parent that are no total
    themselves, and those that name the total as their parent.
    """
    parts: dict[str, list[str]] = {}
    members = dimension.members
    totals = [member.id for member in members.values() if member.total]
    for member in members.values():
        if member.parent:
            parts.setdefault(member.parent, []).append(member.id)
        elif not member.total:
            for total in totals:
                parts.setdefault(total, []).append(member.id)
    return {whole: tuple(found) for whole, found in parts.items() if whole in members}


def check_totals(
    catalog: Catalog,
    observations: Mapping[Key, Observation],
    findings: Findings,
    file: str,
    locate: Callable[[Origin], Location],
) -> None:
    """Report every whole whose parts, where all are present, sum to something else."""
    summable = {one.id for one in catalog.variables.values() if is_summable(one)}
    wholes = {one.id: families(one) for one in catalog.dimensions.values()}
    wholes = {dimension: found for dimension, found in wholes.items() if found}
    if not wholes or not summable:
        return
    for key, whole in observations.items():
        if whole.value is None or key[0] not in summable:
            continue
        for dimension, member in whole.place:
            names = wholes.get(dimension, {}).get(member, ())
            parts = _parts(observations, whole, dimension, names)
            refusal = _difference(whole, member, parts) if parts else None
            if refusal is not None:
                origin = whole.origin
                findings.add(refusal, file, origin.row, _at(locate, origin), whole.variable)


def _at(locate: Callable[[Origin], Location], origin: Origin) -> Callable[[], Location]:
    return lambda: locate(origin)


def _parts(
    observations: Mapping[Key, Observation],
    whole: Observation,
    dimension: str,
    names: Iterable[str],
) -> list[Observation]:
    """The observations of all parts; none where one of them is missing."""
    found: list[Observation] = []
    for name in names:
        place = with_member(whole.place, dimension, name)
        part = observations.get((whole.variable, whole.period, place))
        if part is None or part.value is None:
            return []
        found.append(part)
    return found


def _difference(whole: Observation, member: str, parts: list[Observation]) -> Refusal | None:
    value = whole.value or Fraction(0)
    total = sum((part.value or Fraction(0) for part in parts), Fraction(0))
    if abs(total - value) <= _tolerance(value, [whole, *parts]):
        return None
    decimals = min(_SHOWN_DECIMALS, max(one.decimals for one in [whole, *parts]))
    return Refusal(
        "IKU408",
        f"`{whole.variable}` of {quoted(member)} in {whole.period} is "
        f"{to_decimal_text(value, decimals)}, but its {len(parts)} parts sum to "
        f"{to_decimal_text(total, decimals)}",
        "check these figures, and the parents and totals declared for the dimension",
    )


def _tolerance(value: Fraction, figures: list[Observation]) -> Fraction:
    """Half a unit of the last printed decimal of each figure, and what floats lose.

    A printed 0 says that there is nothing, not that there is less than half a unit.
    """
    halves = sum((Fraction(1, 2 * 10**one.decimals) for one in figures if one.value), Fraction(0))
    by_float = any(one.decimals > _FLOAT_DECIMALS for one in figures)
    return halves + (abs(value) * _FLOAT_PRECISION if by_float else 0)
