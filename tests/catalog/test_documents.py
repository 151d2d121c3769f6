"""Plans, documents, targets in all forms, versions and revisions: read from YAML and tables."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine.catalog.from_yaml import catalog_from_mapping, load_catalog, parse_catalog
from iku_engine.catalog.model import (
    Catalog,
    Consolidation,
    EmptyChild,
    Indicator,
    Level,
    Measure,
    PathKind,
    Phasing,
    Polarity,
    Spread,
    SummaryMethod,
    TargetRange,
)
from iku_engine.periods import Frequency, Period
from iku_engine.quantities import NumberFormat, Rounding

HEAD = """
iku: 1
owner: dinas
periods: 2022..2024
owners: {dinas: {title: Dinas}}
variables: {x: {label: X, unit: kali}}
"""


def read(text: str) -> tuple[Catalog, list[str]]:
    catalog, found = parse_catalog(HEAD + text)
    return catalog, [one.code for one in found]


def indicator(fields: str) -> tuple[Indicator, list[str]]:
    catalog, codes = read(f"indicators:\n  i: {{name: I, polarity: higher, {fields}}}\n")
    return catalog.indicators["i"], codes


def sound(fields: str) -> Indicator:
    found, codes = indicator(f"formula: x, unit: kali, {fields}")
    assert codes == []
    return found


YEAR = Period.of(2024)


def test_a_target_is_a_figure_a_range_or_none() -> None:
    targets = sound('targets: {2022: 0, 2023: 7..8, 2024: "-"}').targets
    assert targets is not None
    assert targets.given == {Period.of(2022): 0}
    assert targets.ranges == {Period.of(2023): TargetRange(Fraction(7), Fraction(8))}
    assert targets.periods == (Period.of(2022), Period.of(2023))


def test_a_grade_needs_the_scale_it_belongs_to() -> None:
    _, codes = indicator("formula: x, unit: kali, targets: {2024: WTP}")
    assert codes == ["IKU104"]
    catalog, codes = read(
        "scales: {opini: {bands: [{label: WTP, range: x = 4, score: 4}]}}\n"
        "indicators: {i: {name: I, formula: x, unit: '', polarity: higher, grades: opini, "
        "targets: {2024: WTP}}}\n"
    )
    assert codes == []
    targets = catalog.indicators["i"].targets
    assert targets is not None
    assert targets.labels == {YEAR: "WTP"}


def test_targets_are_read_on_a_path_with_its_rounding() -> None:
    targets = sound(
        "targets: {path: compound, given: {2022: 100, 2024: 121}, round: {decimals: 1, mode: down}}"
    ).targets
    assert targets is not None
    assert (targets.path, targets.round_to, targets.rounding) == (
        PathKind.COMPOUND,
        1,
        Rounding.DOWN,
    )


def test_a_year_is_spread_by_weights() -> None:
    targets = sound(
        "phasing: cumulative, consolidation: sum, "
        "targets: {annual: {2024: 12}, over: quarter, weights: [1, 1, 1, 3]}"
    )
    assert targets.targets is not None
    weights = tuple(map(Fraction, (1, 1, 1, 3)))
    assert targets.targets.spread == Spread({YEAR: Fraction(12)}, Frequency.QUARTER, weights)
    assert (targets.phasing, targets.consolidation) == (Phasing.CUMULATIVE, Consolidation.SUM)


@pytest.mark.parametrize(
    ("targets", "code"),
    [
        ("{2024: 8..7}", "IKU119"),
        ("{2024: 7..x}", "IKU104"),
        ("{annual: {2024: 12}, over: quarter, weights: [1, 2]}", "IKU121"),
        ("{annual: {2024: 12}, over: quarter, weights: [0, 0, 0, 0]}", "IKU121"),
        ("{annual: {2024-Q1: 12}, over: month}", "IKU105"),
        ("{path: curved, given: {2022: 1, 2024: 2}}", "IKU103"),
    ],
)
def test_a_mistake_in_targets_is_told_once(targets: str, code: str) -> None:
    _, codes = indicator(f"formula: x, unit: kali, targets: {targets}")
    assert codes == [code]


def test_revisions_stand_in_the_order_of_their_days() -> None:
    found = sound(
        "targets: {2024: 10}, revisions: ["
        "{decree: Kedua, since: 2024-09-01, targets: {2024: 12}}, "
        "{decree: Pertama, since: 1 Maret 2024, targets: {2024: 11}}]"
    ).revisions
    assert [(one.decree, one.since) for one in found] == [
        ("Pertama", date(2024, 3, 1)),
        ("Kedua", date(2024, 9, 1)),
    ]


def test_versions_of_a_formula_take_their_unit() -> None:
    found, codes = indicator(
        'formula: {..2022: "x", 2023..: "x * 2"}, unit: {..2022: kali, 2023..: orang}'
    )
    assert codes == []
    assert [(v.first, v.last, v.formula.text, v.unit) for v in found.versions] == [
        (None, Period.of(2022), "x", "kali"),
        (Period.of(2023), None, "x * 2", "orang"),
    ]
    assert (found.formula.text, found.unit) == ("x * 2", "orang")


def test_a_unit_alone_divides_the_versions() -> None:
    found, codes = indicator("formula: x, unit: {..2022: kali, 2023..: orang}")
    assert codes == []
    assert [(v.formula.text, v.unit) for v in found.versions] == [("x", "kali"), ("x", "orang")]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ('formula: {..2023: "x", 2023..: "x * 2"}, unit: kali', "IKU118"),
        ('formula: {2022: "x"}, unit: {2023: kali}', "IKU118"),
        ("formula: {}, unit: kali", "IKU102"),
        ('formula: {"..": "x"}, unit: kali', "IKU105"),
    ],
)
def test_versions_that_do_not_fit_are_told(fields: str, code: str) -> None:
    _, codes = read(f"indicators:\n  i: {{name: I, polarity: higher, {fields}}}\n")
    assert code in codes


def test_a_range_polarity_is_measured_by_the_method_of_ranges() -> None:
    found = sound("targets: {2024: 7..8}")
    assert found.achievement == "ratio"
    catalog, codes = read(
        "indicators: {i: {name: I, formula: x, unit: kali, polarity: range, targets: {2024: 7..8}}}"
    )
    assert codes == []
    assert catalog.indicators["i"].polarity is Polarity.RANGE
    assert catalog.indicators["i"].achievement == "range"


def test_policies_stand_beside_the_method() -> None:
    found = sound("achievement: {method: linear, zero_target: 100, floor: 0, cap: 120}")
    assert found.achievement == "linear"
    assert found.policies is not None
    policies = found.policies
    assert [policies.zero_target, policies.floor, policies.cap] == [100, 0, 120]


def test_a_plan_stands_parents_first_in_the_order_of_the_file() -> None:
    catalog, codes = read(
        "plan:\n"
        "  s2: {level: sub_kegiatan, name: S2, parent: k}\n"
        "  k: {level: kegiatan, name: K, parent: p}\n"
        "  p: {level: program, name: P}\n"
        "  s1: {level: sub_kegiatan, name: S1, parent: k, budget: {2024: 5}, spent: {2024: 4}}\n"
        "  q: {level: program, name: Q}\n"
        "indicators: {i: {name: I, formula: x, unit: kali, node: s1, counted: false}}\n"
        "summaries: {output: {method: mean, empty: leave_out}}\n"
    )
    assert codes == []
    assert list(catalog.plan) == ["p", "k", "s2", "s1", "q"]
    node = catalog.plan["s1"]
    assert node.budget == {YEAR: Fraction(5)}
    assert (node.level, node.owner) == (Level.SUB_KEGIATAN, "dinas")
    assert not catalog.indicators["i"].counted
    summary = catalog.summaries[Measure.OUTPUT]
    assert (summary.method, summary.empty) == (SummaryMethod.MEAN, EmptyChild.LEAVE_OUT)


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ("a: {level: program, name: A, parent: b}", "IKU108"),
        (
            "a: {level: program, name: A, parent: b}\n  b: {level: kegiatan, name: B, parent: a}",
            "IKU116",
        ),
        (
            "a: {level: kegiatan, name: A}\n  b: {level: kegiatan, name: B, parent: a}",
            "IKU117",
        ),
        ("total: {level: program, name: A}", "IKU106"),
        ("x: {level: program, name: A}", "IKU107"),
        ("a: {level: programme, name: A}", "IKU103"),
        ("a: {level: program, name: A, budget: 5}", "IKU105"),
    ],
)
def test_a_mistake_in_a_plan_is_told(plan: str, code: str) -> None:
    _, codes = read(f"plan:\n  {plan}\n")
    assert code in codes


def test_a_document_has_a_header_in_order_and_counts() -> None:
    catalog, codes = read(
        "document:\n  form: laporan-capaian\n  header: {UNIT: Dinas, TAHUN: 2023}\n"
        "  counts: {program: 0}\n  printed: printed.csv\n  numbers: en\n"
    )
    assert codes == []
    document = catalog.document
    assert document is not None
    assert document.header == (("UNIT", "Dinas"), ("TAHUN", "2023"))
    assert document.counts == {Level.PROGRAM: 0}
    assert document.numbers is NumberFormat.EN
    assert document.printed is not None
    assert document.printed.text == "printed.csv"


def test_a_plan_and_its_lines_may_be_tables(tmp_path: Path) -> None:
    (tmp_path / "iku.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "a.plan.csv").write_text(
        "# owner: dinas\n# numbers: id\n"
        "id,level,parent,code,no,name,budget 2024,spent 2024,accept\n"
        'p,program,,2.17.01,1,P,,,\nk,kegiatan,p,2.17.01.2.05,"1,1",K,"1.000,5",900,'
        "IKU616: dicairkan terlambat\n",
        encoding="utf-8",
    )
    (tmp_path / "a.indicators.csv").write_text(
        "# owner: dinas\n# polarity: higher\n# numbers: id\n"
        'id,name,formula,unit,node,counted,target 2024\ni,I,x,kali,k,false,"7,5..8"\n',
        encoding="utf-8",
    )
    catalog, found = load_catalog(tmp_path)
    assert not found
    assert catalog.plan["k"].budget == {YEAR: Fraction(2001, 2)}
    assert catalog.plan["k"].accepted == {"IKU616": "dicairkan terlambat"}
    line = catalog.indicators["i"]
    assert (line.node, line.counted) == ("k", False)
    assert line.targets is not None
    assert line.targets.ranges == {YEAR: TargetRange(Fraction(15, 2), Fraction(8))}


def test_functions_of_an_owner_are_one_cell_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.owners.csv").write_text(
        "id,title,duty,functions\nkadis,Kepala Dinas,Memimpin,Perumusan; Pelayanan\n",
        encoding="utf-8",
    )
    catalog, found = load_catalog(tmp_path)
    assert not found
    assert catalog.owners["kadis"].functions == ("Perumusan", "Pelayanan")


def actual_and_target(fields: str) -> tuple[Indicator, list[str]]:
    return indicator(f"formula: x, unit: kali, {fields}")


def test_an_unreadable_part_of_a_rule_leaves_what_is_printed() -> None:
    """Without its rounding or a weight it would make other figures than the decree."""
    for fields, printed in [
        ('{start: {2022: 10}, rule: "target[t-1] * 1.02", round: {decimals: 1, mode: upp}}', 1),
        ("{path: linear, given: {2022: 1, 2024: 2}, round: x}", 2),
        ("{path: linear, given: {2022: 1, 2024: 2}, rund: 1}", 2),
        ("{path: linear, given: {2022: 1, 2023: x1, 2024: 2}}", 2),
        ("{annual: {2024: 10}, over: quarter, weights: [1, x, 3, 4]}", 1),
    ]:
        found, codes = actual_and_target(f"targets: {fields}")
        assert len(codes) == 1, codes
        assert found.targets is not None
        assert len(found.targets.given) == printed
        made = (found.targets.rule, found.targets.path, found.targets.spread)
        assert made == (None, None, None)


def test_a_decree_that_cannot_be_read_leaves_the_others_in_force() -> None:
    found, codes = actual_and_target(
        "targets: {2022: 1}, revisions: [{decree: P, since: 2022-13-01, targets: {2022: 2}}, "
        "{decree: Q, since: 2022-06-01, targets: {2022: 3}}, text]"
    )
    assert codes == ["IKU105", "IKU103"]
    assert [one.decree for one in found.revisions] == ["Q"]


def test_a_target_that_cannot_be_read_does_not_bring_back_the_one_before() -> None:
    found, codes = actual_and_target(
        "targets: {2022: 1, 2023: 1}, "
        "revisions: [{decree: Q, since: 2022-06-01, targets: {2022: x1, 2023: 5}}, "
        "{decree: P, since: 2022-03-01, targets: {2022: 2, 2023: 2}}]"
    )
    assert codes == ["IKU104"]
    assert found.targets is not None
    assert found.targets.periods == (Period.of(2023),)
    assert [one.targets.periods for one in found.revisions] == [(Period.of(2023),)] * 2


def test_a_policy_that_cannot_be_read_leaves_no_method() -> None:
    for policy in ("cap: 12x", "capp: 120"):
        found, codes = actual_and_target(
            f"targets: {{2022: 1}}, achievement: {{method: ratio, {policy}}}"
        )
        assert len(codes) == 1
        assert (found.achievement, found.policies) == ("", None)


def test_a_floor_above_the_cap_is_told() -> None:
    _, codes = actual_and_target("achievement: {method: ratio, floor: 120, cap: 100}")
    assert codes == ["IKU103"]


def test_periods_that_two_formulas_claim_have_none() -> None:
    def ranges(written: str) -> list[tuple[str, str]]:
        found, codes = indicator(f"unit: kali, formula: {written}")
        assert codes == ["IKU118"]
        return [(str(one.first or ""), str(one.last or "")) for one in found.versions]

    assert ranges('{"..2022": x, "2022..": x * 2}') == [("", "2021"), ("2023", "")]
    assert ranges('{"..2023": x, "2022": x * 2}') == [("", "2021")]
    assert ranges('{"..2022": x, "..2023": x * 2}') == [("2023", "2023")]


def test_one_range_in_two_spellings_is_told() -> None:
    catalog, codes = read(
        'indicators:\n  i: {name: I, unit: kali, formula: {"2022": x, "2022..2022": x * 2}}\n'
    )
    assert codes == ["IKU118"]
    assert not catalog.indicators


def test_a_wrong_word_is_not_replaced_by_the_default() -> None:
    found, codes = read(
        "defaults: {consolidation: last, phasing: cumulative}\nindicators:\n"
        "  i: {name: I, formula: x, unit: kali, consolidation: summ, phasing: cumul}\n"
    )
    assert codes == ["IKU103", "IKU103"]
    assert found.indicators["i"].consolidation is None
    assert found.indicators["i"].phasing is None


def test_a_day_from_memory_is_a_date() -> None:
    revision = {"decree": "P", "since": date(2022, 3, 1), "targets": {2022: 2}}
    one = {"name": "I", "formula": "1", "unit": "kali", "polarity": "higher"}
    catalog, found = catalog_from_mapping(
        {
            "iku": 1,
            "owner": "d",
            "owners": {"d": {"title": "D"}},
            "indicators": {"i": {**one, "targets": {2022: 1}, "revisions": [revision]}},
        }
    )
    assert not found
    assert [one.since for one in catalog.indicators["i"].revisions] == [date(2022, 3, 1)]


def test_money_without_a_period_is_that_of_the_only_year() -> None:
    text = "iku: 1\nperiods: {}\nplan: {{p: {{level: program, name: P, budget: 100}}}}\n"
    catalog, found = parse_catalog(text.format("2024-Q1..2024-Q4"))
    assert not found
    assert catalog.plan["p"].budget == {YEAR: 100}
    catalog, found = parse_catalog(text.format("2023-Q1..2024-Q4"))
    assert [one.code for one in found] == ["IKU105"]


def test_text_of_documents_that_is_cut_is_told() -> None:
    text = (
        "plan:\n  p:\n    level: program\n    name: P\n    obstacles: Kurang #2 orang\n"
        "document:\n  header:\n    UNIT: Dinas #1\n"
    )
    assert read(text)[1] == ["IKU007", "IKU007"]
