"""The scales of plan evaluation, as printed and as they can be used."""

from __future__ import annotations

from dataclasses import replace

from iku_engine.scales import Band, Graded, Scale, parse_range


def _band(label: str, interval: str) -> Band:
    return replace(parse_range(interval), label=label)


_PRINTED = (
    _band("Sangat Rendah", "x <= 50"),
    _band("Rendah", "51 <= x <= 65"),
    _band("Sedang", "66 <= x <= 75"),
    _band("Tinggi", "76 <= x <= 90"),
    _band("Sangat Tinggi", "91 <= x <= 100"),
)
_REFERENCE = (
    "Permendagri 54/2010 and 86/2017, skala nilai peringkat kinerja; bands as an evaluation "
    "report prints them, LABELS FROM MEMORY: that report has Sangat Baik, Baik, Cukup, Kurang and "
    "Sangat Kurang"
)

PRINTED_RANK = Scale(
    name="peringkat_kinerja_cetak",
    title="Skala nilai peringkat kinerja, sebagaimana tercetak",
    reference=f"{_REFERENCE}; 50,5 or 75,5 lies in no band",
    bands=_PRINTED,
)
"""The bands with the holes between their printed whole numbers."""

RANK = Scale(
    name="peringkat_kinerja",
    title="Skala nilai peringkat kinerja",
    reference=(
        f"{_REFERENCE}; of a figure rounded to whole percent, which is how the bands are printed; "
        "above 100 the highest"
    ),
    bands=(*_PRINTED[:-1], _band("Sangat Tinggi", "x >= 91")),
    on=Graded.DISPLAYED,
    decimals=0,
)
"""The same on figures rounded to whole percent, so that every figure has a band."""

ACCOUNTABILITY = Scale(
    name="predikat_akip",
    title="Predikat akuntabilitas kinerja",
    reference=(
        "PermenPANRB 12/2015 and 88/2021, as a public application carries them, not verified "
        "against the regulations; it prints 90,01-100, 80,01-90 and so on: bands here begin above "
        "the whole number, so that 90,005 has a grade"
    ),
    bands=(
        _band("D", "0 <= x <= 30"),
        _band("C", "30 < x <= 50"),
        _band("CC", "50 < x <= 60"),
        _band("B", "60 < x <= 70"),
        _band("BB", "70 < x <= 80"),
        _band("A", "80 < x <= 90"),
        _band("AA", "90 < x <= 100"),
    ),
)
"""AA down to D; 90 itself is A, as the table says."""

SCALES = (PRINTED_RANK, RANK, ACCOUNTABILITY)
