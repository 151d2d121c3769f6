"""From a definition text with a plan to its rows."""

from __future__ import annotations

from iku_engine.engine import Engine

PLAN = """
iku: 1
owner: dinas
periods: 2022..2023
owners: {dinas: {title: Dinas contoh}}
variables:
  dokumen: {label: Dokumen selesai, unit: dokumen}
  kendaraan: {label: Kendaraan terpelihara, unit: unit}
plan:
  p1: {level: program, code: "2.17.01", no: "1", name: Program penunjang}
  k1: {level: kegiatan, parent: p1, code: 2.17.01.2.01, no: "1.1", name: Perencanaan,
       budget: {2023: 300}, spent: {2023: 240}}
  k2: {level: kegiatan, parent: p1, code: 2.17.01.2.09, no: "1.2", name: Pemeliharaan,
       budget: {2023: 100}, spent: {2023: 90}}
summaries:
  output: {method: mean}
indicators:
  i1: {name: Jumlah dokumen, formula: reported(dokumen), unit: dokumen, data_source: Bidang,
       polarity: higher, node: k1, targets: {2022: 5, 2023: 5}}
  i2: {name: Jumlah kendaraan, formula: reported(kendaraan), unit: unit, data_source: Bidang,
       polarity: higher, node: k2, targets: {2023: 44}}
"""
DATA = {"dokumen": {2022: 4, 2023: 5}, "kendaraan": {2022: 40, 2023: 43}}


def test_a_plan_is_computed_from_its_definitions() -> None:
    engine = Engine.from_text(PLAN, discover=False)
    plan, found = engine.plan_with_findings("2023", data=DATA)
    assert found == (), [one.message for one in found]
    rows = [(r["place"], r["absorption"], r["output"], r["average"]) for r in plan.as_rows()]
    assert rows == [
        ("p1", "82.50", "98.86", "90.68"),
        ("k1", "80.00", "100.00", "90.00"),
        ("k2", "90.00", "97.73", "93.86"),
        ("total", "82.50", "98.86", "90.68"),
    ]


def test_a_line_without_a_target_leaves_its_node_without_an_output() -> None:
    plan = Engine.from_text(PLAN, discover=False).plan(data=DATA)
    assert [row["reason"] for row in plan.as_rows() if row["period"] == "2022"] == [
        "no_budget:k1@2022;no_budget:k2@2022;no_spent:k1@2022;no_spent:k2@2022;no_output:k2@2022",
        "no_budget:k1@2022;no_spent:k1@2022",
        "no_budget:k2@2022;no_spent:k2@2022;no_target:i2@2022",
        "no_budget:p1@2022;no_spent:p1@2022;no_output:p1@2022",
    ]


def test_a_mistake_in_one_line_costs_one_line() -> None:
    broken = PLAN.replace("reported(kendaraan)", "kendaraan +")
    engine = Engine.from_text(broken, discover=False)
    plan, found = engine.plan_with_findings("2023", data=DATA)
    assert [one.code for one in found] == ["IKU201"]
    assert [plan.get(place, "2023").output.value for place in ("k1", "k2", "p1")] == [
        100,
        None,
        None,
    ]


def test_a_catalog_without_a_plan_has_an_empty_one() -> None:
    text = PLAN[: PLAN.index("plan:")] + "indicators: {}\n"
    assert len(Engine.from_text(text, discover=False).plan("2023", data=DATA)) == 0
