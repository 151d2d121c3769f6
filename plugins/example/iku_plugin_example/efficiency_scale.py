"""`efficiency`: a public application's three bands for achievement less budget absorption."""

from __future__ import annotations

from dataclasses import replace

from iku_engine.scales import Band, Scale, parse_range


def _band(label: str, interval: str) -> Band:
    return replace(parse_range(interval), label=label)


EFFICIENCY_SCALE = Scale(
    name="efficiency",
    title="Efisiensi: capaian dikurangi serapan",
    reference="seen in a public e-SAKIP application; no regulation prescribes it",
    bands=(
        _band("Tidak efisien", "x < -5"),
        _band("Cukup efisien", "-5 <= x <= 5"),
        _band("Efisien", "x > 5"),
    ),
)
