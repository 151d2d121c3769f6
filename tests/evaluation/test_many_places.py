"""Many places: what all members of a whole ask for is made once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iku_engine import Engine
from iku_engine.algebra.model import OverMembers
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome
from iku_engine.evaluation.steps import World
from iku_engine.periods import Period
from iku_engine.places import Place

CATALOG = """
iku: 1
owner: d
periods: 2020
owners: {d: {title: D}}
dimensions: {kec: {label: Kecamatan}}
sources: {s: {title: S, file: x.csv, period: tahun, dimensions: [kec], numbers: en}}
variables: {x: {label: X, unit: orang, source: s, column: x}}
indicators:
  dua: {name: Dua kali, formula: 2 * x, unit: orang}
  bagian: {name: Bagian, formula: "share(dua, total(dua over kec))", unit: "%"}
"""


def test_a_total_over_members_is_made_once_for_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []
    reduced = ExactEvaluation._reduced

    def counted(
        run: ExactEvaluation, step: OverMembers, period: Period, whole: Place, world: World
    ) -> Outcome:
        made.append((period, whole))
        return reduced(run, step, period, whole, world)

    monkeypatch.setattr(ExactEvaluation, "_reduced", counted)
    rows = [{"variable": "x", "period": 2020, "kec": f"K{n}", "value": n} for n in range(1, 101)]
    results = Engine.from_text(CATALOG).compute(by=["kec"], indicators=["bagian"], data=rows)
    assert results.get("bagian", "2020", kec="K7").exact == Fraction(700, 5050)
    assert len(made) == 1
