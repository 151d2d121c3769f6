"""The grades of a satisfaction survey. Their edges are printed in hundredths."""

from __future__ import annotations

from dataclasses import replace

from iku_engine.scales import Band, Graded, Scale, parse_range


def _band(label: str, interval: str) -> Band:
    return replace(parse_range(interval), label=label)


SKM_2017 = Scale(
    name="mutu_pelayanan",
    title="Mutu pelayanan: A sangat baik, B baik, C kurang baik, D tidak baik",
    reference=(
        "PermenPAN-RB 14/2017, as a published survey prints it; of the index rounded to two "
        "decimals, as edges are printed"
    ),
    bands=(
        _band("D", "25.00 <= x <= 64.99"),
        _band("C", "65.00 <= x <= 76.60"),
        _band("B", "76.61 <= x <= 88.30"),
        _band("A", "88.31 <= x <= 100.00"),
    ),
    on=Graded.DISPLAYED,
    decimals=2,
)

SKM_2004 = Scale(
    name="mutu_pelayanan_2004",
    title="Mutu pelayanan menurut aturan 2004: A sangat baik, B baik, C kurang baik, D tidak baik",
    reference=(
        "Kepmenpan 25/2004, as a published survey prints it; other edges than those of 2017, so "
        "that grades do not compare"
    ),
    bands=(
        _band("D", "25.00 <= x <= 43.75"),
        _band("C", "43.76 <= x <= 62.50"),
        _band("B", "62.51 <= x <= 81.25"),
        _band("A", "81.26 <= x <= 100.00"),
    ),
    on=Graded.DISPLAYED,
    decimals=2,
)

GRADES = (SKM_2017, SKM_2004)
