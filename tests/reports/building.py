"""Small hand-made results for the tests of reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from iku_engine.catalog.model import Indicator
from iku_engine.diagnostics import Location, text_alone
from iku_engine.evaluation.model import Reason, Status
from iku_engine.periods import Period
from iku_engine.places import place_of
from iku_engine.results.model import Result, Results

HERE = Location("iku.yaml", 1)
UMKM = Indicator(
    "peningkatan_umkm",
    "Persentase Peningkatan Kemitraan UMKM",
    "%",
    "dinas",
    text_alone("growth_rate(umkm)"),
    HERE,
    no="1",
    objective="Meningkatnya UMKM yang berdaya saing",
)
PINJAMAN = replace(
    UMKM,
    id="total_pinjaman",
    no="2",
    name="Total Pinjaman",
    unit="rupiah",
    decimals=0,
    objective="Meningkatnya pembiayaan",
)


def year(number: int) -> Period:
    return Period.of(number)


def result(
    indicator: Indicator = UMKM,
    when: int = 2020,
    value: Fraction | int | str | None = Fraction(10),
    *,
    target: Fraction | int | str | None = None,
    reasons: Sequence[Reason] = (),
    status: Status = Status.MISSING,
    quality: Sequence[str] = (),
    rating: str = "",
    place: Mapping[str, str] | None = None,
) -> Result:
    """One result; its achievement is the plain ratio, and without a value it has the status."""
    exact = None if value is None else Fraction(value)
    promised = None if target is None else Fraction(target)
    achievement = exact / promised * 100 if exact is not None and promised else None
    if promised is None:
        achievement_status = Status.NO_TARGET
    else:
        achievement_status = Status.OK if achievement is not None else status
    return Result(
        indicator,
        year(when),
        place_of(place or {}),
        Status.OK if exact is not None else status,
        exact,
        tuple(reasons),
        promised,
        achievement,
        achievement_status,
        tuple(reasons) if promised is not None else (),
        "ratio",
        rating,
        tuple(quality),
    )


def results(*rows: Result, dimensions: Sequence[str] = ()) -> Results:
    periods = tuple(sorted({row.period for row in rows}))
    return Results.of(rows, periods, tuple(dimensions))


def missing(subject: str, when: int, place: Mapping[str, str] | None = None) -> Reason:
    return Reason("missing", subject, year(when), place_of(place or {}))
