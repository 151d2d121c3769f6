"""When a formula is undefined, said before it is computed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from iku_engine import Engine
from iku_engine.analysis.domain import Cause, domain_of, outside_bands
from iku_engine.analysis.domain_findings import check_domains, holding_at, indicator_domain
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Status
from iku_engine.language.model import Binary, Call, If, Name, Node, Number
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period, parse_periods
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.to_domain import condition_symbols, condition_words, domain_texts
from iku_engine.scales import Band, parse_range
from tests.analysis.formulas import engine_of, run_of
from tests.definitions.reading import plugins_of
from tests.properties.reading import SCOPE, World, compiled_outcome, parsed
from tests.properties.trees import PERIODS, SCALE, figures_of, numeric, pools

Pools = Mapping[str, list[Fraction | None]]
SCALES = {SCALE.name: SCALE}


def symbols(formula: str) -> list[str]:
    domain = domain_of(parsed(formula), SCALES)
    return [condition_symbols(condition) for condition in domain.conditions]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a + b * 2", []),
        ("a / 100", []),
        ("a / 100%", []),
        ("a / 0", ["0 = 0"]),
        ("a / b", ["b = 0"]),
        ("a / a", ["a = 0"]),
        ("a / b + c / b", ["b = 0"]),
        ("a / (b / c)", ["c = 0", "b / c = 0"]),
        ("(a / b)[t-1]", ["b[t-1] = 0"]),
        ("(a / (b - c[t-1]))[t-1][y-1]", ["b[t-1][y-1] - c[t-2][y-1] = 0"]),
        ("a / b[t-1][2018]", ["b[t-1][2018] = 0"]),
        ("a ^ 2", []),
        ("a ^ 0", ["a = 0"]),
        ("a ^ -2", ["a = 0"]),
        ("a ^ (1 / 2)", ["a < 0"]),
        ("a ^ (1 / 3)", []),
        ("a ^ (-1 / 2)", ["a < 0", "a = 0"]),
        ("sqrt(a) + root(b, 4) + root(c, 3)", ["a < 0", "b < 0"]),
        ("ln(a) + log10(b) + exp(c)", ["a <= 0", "b <= 0"]),
        ("score(a, skala)", ["skala(x = a): 1.5 < x < 3 or x = 40"]),
        ("ytd(a / b)", ["ytd: b = 0"]),
        ("total(a / b over kecamatan)", ["over kecamatan: b = 0"]),
        ("if(c > 0, total(a / b over d), 0)", ["c > 0: over d: b = 0"]),
        ("mean(k.x where y > 2)", ["count(k where y > 2) < 1"]),
        ("stdev(k.x)", ["count(k) < 2"]),
        ("gini(k.x)", ["count(k) < 1", "min(k.x) < 0 or max(k.x) = 0"]),
        ("count(k) + sum(k.x)", []),
        ("f(a)", ["f(a)"]),
    ],
)
def test_conditions_stand_in_the_order_of_the_text(formula: str, expected: list[str]) -> None:
    assert symbols(formula) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("if(b = 0, 0, a / b)", []),
        ("if(0 != b, a / b, 0)", []),
        ("if(b > 0, a / b, 0)", []),
        ("if(b >= 3, a / b, 0)", []),
        ("if(not b = 0, a / b, 0)", []),
        ("if(a = b, 0, 1 / (a - b))", []),
        ("if(a > 0 and b > 0, ln(a) / b, 0)", []),
        ("if(b < 0 or a = 0, 0, sqrt(b) / a)", []),
        ("if(b != 0 and a / b > 2, 1, 0)", []),
        ("if(b = 0 or a / b > 2, 1, 0)", []),
        ("if(b = 0, 0, a / b)[t-1]", []),
        ("if(b >= 0, a / b, 0)", ["b >= 0 and b = 0"]),
        ("if(b = 1, 0, a / b)", ["b != 1 and b = 0"]),
        ("if(b[t-1] = 0, 0, a / b)", ["b[t-1] != 0 and b = 0"]),
        ("if(a = 0 and b = 0, 0, a / b)", ["not (a = 0 and b = 0) and b = 0"]),
        ("if(c > 0 or d > 0, a / b, 0)", ["(c > 0 or d > 0) and b = 0"]),
        ("if(b = 0, 0, ytd(a / b))", ["b != 0: ytd: b = 0"]),
        ("if(c > 0, a / b, 0) + d / b", ["b = 0"]),
    ],
)
def test_a_branch_leaves_out_what_its_condition_excludes(formula: str, expected: list[str]) -> None:
    assert symbols(formula) == expected


def test_a_base_below_zero_counts_where_the_call_says_undefined() -> None:
    engine = engine_of(marked="growth_rate(a)", refused="growth_rate(a, negative_base: undefined)")
    found = {
        name: [c.cause for c in indicator_domain(bound).conditions]
        for name, bound in engine.binding.indicators.items()
    }
    assert found == {"marked": [Cause.ZERO], "refused": [Cause.ZERO, Cause.NEGATIVE_BASE]}


def test_the_inputs_of_a_domain_are_those_of_the_text() -> None:
    domain = domain_of(parsed("0 * a + (b - a[t-1])[t-1] + ytd(c) + b[t-1]"))
    assert [to_text(node) for node in domain.needs] == ["a", "b[t-1]", "a[t-2]", "ytd(c)"]


def test_beyond_a_scale_is_outside_its_bands() -> None:
    bands = tuple(
        Band("", e.low, e.low_included, e.high, e.high_included)
        for e in map(parse_range, ("0 <= x < 50", "50 < x <= 100"))
    )
    assert [hole.range_text() for hole in outside_bands(bands)] == ["x < 0", "x = 50", "x > 100"]


@pytest.mark.parametrize(
    ("formula", "indonesian", "english"),
    [
        (
            "a / umkm[t-1]",
            "Jumlah UMKM satu periode sebelumnya sama dengan 0",
            "Jumlah UMKM one period before is 0",
        ),
        ("sqrt(umkm[y-2])", "Jumlah UMKM 2 tahun sebelumnya kurang dari 0",
         "Jumlah UMKM 2 years before is below 0"),
        ("ln(umkm - a * 2)", "Jumlah UMKM - a × 2 tidak lebih dari 0",
         "Jumlah UMKM - a × 2 is not above 0"),
        ("if(umkm > 5, 1 / a, 0)", "a sama dengan 0, sedangkan Jumlah UMKM lebih dari 5",
         "a is 0 while Jumlah UMKM is above 5"),
        ("score(umkm, skala)",
         "nilai x = Jumlah UMKM tidak termuat dalam skala Skala mutu: 1.5 < x < 3 atau x = 40",
         "x = Jumlah UMKM lies in no band of the scale Skala mutu: 1.5 < x < 3 or x = 40"),
        ("1 / (a - umkm[t-1])",
         "a - (Jumlah UMKM satu periode sebelumnya) sama dengan 0",
         "a - (Jumlah UMKM one period before) is 0"),
        ("total(1 / umkm over kec)", "pada salah satu anggota Kecamatan Jumlah UMKM sama dengan 0",
         "Jumlah UMKM is 0 at some member of Kecamatan"),
    ],
)  # fmt: skip
def test_conditions_are_said_in_words(formula: str, indonesian: str, english: str) -> None:
    names = Names({"umkm": "Jumlah UMKM", "skala": "Skala mutu"}, dimensions={"kec": "Kecamatan"})
    (condition,) = domain_of(parsed(formula), SCALES).conditions
    assert condition_words(condition, names, Language.ID) == indonesian
    assert condition_words(condition, names, Language.EN) == english


def test_many_conditions_are_counted() -> None:
    formula = " + ".join(f"a / x{n}" for n in range(20))
    texts = domain_texts(domain_of(parsed(formula)), Names(), Language.EN)
    assert texts[0] == "x0 is 0 (x0 = 0)"
    assert texts[-1] == "and 12 more conditions"


def rooted() -> st.SearchStrategy[Node]:
    """Random trees, some of them under a root, a logarithm or a branch of their own."""
    trees = numeric()
    level = Number(Fraction(2))
    return st.one_of(
        trees,
        trees.map(lambda tree: Call("sqrt", (tree,))),
        trees.map(lambda tree: Call("ln", (tree,))),
        trees.map(lambda tree: Binary("/", level, Call("root", (tree, Number(Fraction(4)))))),
        st.builds(If, st.just(parsed("a / b > 2 or 1 / c < 1 and 1 / d > 0")), trees, trees),
    )


@given(rooted(), pools(), st.sampled_from(PERIODS))
def test_a_value_is_undefined_exactly_where_a_condition_holds(
    tree: Node, pool: Pools, period: Period
) -> None:
    figures = figures_of(pool)
    found = compiled_outcome(tree, figures, period)
    assume(found.status in (Status.OK, Status.UNDEFINED))
    event(found.status)
    holding = [
        condition_symbols(condition)
        for condition in domain_of(tree, SCALES).conditions
        if any(holding_at(condition, World(figures), SCOPE, (period, ())))
    ]
    assert bool(holding) == (found.status is Status.UNDEFINED), (to_text(tree), holding)


HEAD = """
iku: 1
owner: dinas
periods: 2020..2022
owners: {dinas: {title: Dinas contoh}}
dimensions: {kecamatan: {label: Kecamatan}}
sources:
  isian: {title: Isian, file: isian.csv, period: tahun, numbers: id}
  lokal: {title: Lokal, file: lokal.csv, period: tahun, dimensions: [kecamatan], numbers: id}
  neraca: {title: Neraca, file: neraca.csv, period: tahun, numbers: id}
variables:
  a: {label: Bagian, unit: orang, source: isian, column: a}
  b: {label: Keseluruhan, unit: orang, source: isian, column: b}
  c: {label: Lokal, unit: orang, source: lokal, column: c}
records:
  koperasi:
    label: Koperasi
    source: neraca
    key: id
    fields:
      skor: {unit: ""}
      mutu: {formula: 'rating(skor, skala)'}
scales:
  skala: {bands: [{label: Kurang, range: x < 50}, {label: Sehat, range: x > 50}]}
indicators:
"""


def engine_at(folder: Path, **formulas: str) -> Engine:
    lines = [
        f"  {name}: {{name: {name}, unit: '', formula: '{text}'}}"
        for name, text in formulas.items()
    ]
    (folder / "iku.yaml").write_text(HEAD + "\n".join(lines) + "\n")
    (folder / "lokal.csv").write_text("tahun,kecamatan,c\n2022,Liwa,0\n2022,Sukau,4\n")
    (folder / "neraca.csv").write_text("tahun,id,skor\n2022,K1,20\n2022,K2,80\n")
    (folder / "isian.csv").write_text("tahun,a,b\n2019,1,2\n2020,3,0\n2021,4,0\n2022,50,7\n")
    return Engine.open(folder, discover=False)


def findings(engine: Engine, periods: str = "2020..2022") -> list[tuple[str, str]]:
    assert {one.code for one in engine.diagnostics} <= {"IKU110"}, engine.diagnostics
    run = ExactEvaluation(engine.binding, engine.data())
    found = check_domains(run, parse_periods(periods))
    return [(one.message, one.help.removesuffix(HELP)) for one in found]


HELP = "; correct the figure, or say what the formula gives there with `if(...)`"


def test_one_finding_names_the_periods_and_the_cells(tmp_path: Path) -> None:
    engine = engine_at(tmp_path, bagi="a / b", lanjut="bagi + 1", lalu="a / b[t-1]")
    assert findings(engine) == [
        (
            "`bagi` is undefined in 2020, 2021: `b = 0`",
            "`b` 2020 is 0 in isian.csv row 3, column `b`, "
            "`b` 2021 is 0 in isian.csv row 4, column `b`",
        ),
        (
            "`lalu` is undefined in 2021, 2022: `b[t-1] = 0`",
            "`b` 2020 is 0 in isian.csv row 3, column `b`, "
            "`b` 2021 is 0 in isian.csv row 4, column `b`",
        ),
    ]


def test_a_finding_stands_at_the_divisor(tmp_path: Path) -> None:
    engine = engine_at(tmp_path, bagi="a / (b + 0)")
    run = ExactEvaluation(engine.binding, engine.data())
    (one,) = check_domains(run, parse_periods("2020"))
    assert one.code == "IKU506"
    assert one.location is not None
    where = one.location
    assert where.text[where.column - 1 :].startswith("b + 0")


def test_findings_look_into_members_bands_and_records(tmp_path: Path) -> None:
    engine = engine_at(
        tmp_path,
        rata="mean(1 / c over kecamatan)",
        pita='if(rating(a, skala) = "Sehat", 1, 0)',
        sehat='mean(koperasi.skor where mutu = "Sehat")',
        buruk='mean(koperasi.skor where mutu = "Parah")',
    )
    assert findings(engine, "2022") == [
        (
            "`rata` is undefined in 2022: `c = 0`",
            "`c` 2022 (Liwa) is 0 in lokal.csv row 2, column `c`",
        ),
        (
            "`pita` is undefined in 2022: `a` lies in no band of `skala`",
            "`a` 2022 is 50 in isian.csv row 5, column `a`",
        ),
        (
            '`buruk` is undefined in 2022: `count(koperasi where mutu = "Parah") < 1`',
            HELP.removeprefix("; "),
        ),
    ]


def test_what_is_missing_is_not_called_undefined() -> None:
    engine = engine_of(bagi="c / b")
    assert not list(check_domains(run_of(engine, {"b": 0}), [Period.of(2021)]))
    assert list(check_domains(run_of(engine, {"b": 0, "c": 1}), [Period.of(2021)]))


@pytest.mark.parametrize("name", ["kepulauan_tanimbar", "koperasi_sehat", "lampung_barat"])
def test_every_shipped_formula_has_a_domain_in_words(name: str) -> None:
    engine = Engine.open(Path("definitions") / name, plugins=plugins_of(name), discover=False)
    names = Names.of(engine.catalog)
    for bound in engine.binding.indicators.values():
        domain = indicator_domain(bound)
        assert domain.needs
        for language in Language:
            assert all(domain_texts(domain, names, language))


def test_a_name_alone_is_defined_everywhere() -> None:
    domain = domain_of(Name("a"))
    assert not domain.conditions
    assert domain.needs == (Name("a"),)
