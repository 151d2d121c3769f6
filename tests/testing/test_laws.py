"""The laws that formula authors get: they hold for the built-ins, and find what is wrong."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from iku_engine.algebra.model import Program
from iku_engine.diagnostics import text_alone
from iku_engine.evaluation import steps
from iku_engine.evaluation.model import Outcome
from iku_engine.evaluation.steps import World
from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.achievement import METHODS
from iku_engine.formulas.grades import GRADES
from iku_engine.formulas.model import Formula, FormulaExample, Function, Parameter, Refused
from iku_engine.language.from_text import parse_formula
from iku_engine.language.model import Binary, Name, Node, Number
from iku_engine.periods import Period
from iku_engine.places import Place
from iku_engine.testing import Law, bench, check_examples, check_laws, laws_of, outcome_of
from iku_engine.testing.scaling import ANY, Mixed, degree_of

ALL = [law for one in (*BUILT_IN, *METHODS) for law in laws_of(one, METHODS, GRADES)]


@pytest.mark.parametrize("law", ALL, ids=str)
def test_every_law_holds_for_the_formulas_of_the_engine(law: Law) -> None:
    law.check()


COUNT = itertools.count()


def formula(body: str | Callable[[Sequence[Node]], Node], *names: str, value: str = "") -> Formula:
    call = f"f({', '.join(names)})"
    example = FormulaExample(call, dict.fromkeys(names, "4"), value)
    return Formula(
        "f", "F", "F", "", tuple(Parameter(name, name) for name in names), body, "",
        (example,) if value else (),
    )  # fmt: skip


def function(compute: Callable[..., object], *names: str) -> Function:
    parameters = tuple(Parameter(name, name) for name in names)
    return Function("f", "F", "F", "", parameters, compute)  # type: ignore[arg-type]


def names_of(laws: Sequence[Law]) -> list[str]:
    return [law.name for law in laws]


def test_a_formula_has_the_laws_that_apply_to_it() -> None:
    every = ["examples", "print and parse", "missing inputs", "stepwise", "scaling"]
    assert names_of(laws_of(formula("a / b * 100%", "a", "b"))) == every
    assert names_of(laws_of(formula("a + 5", "a"))) == every[:-1]
    assert names_of(laws_of(formula("sqrt(a / b)", "a", "b"))) == [*every[:3], "scaling"]
    assert names_of(laws_of(formula("total(a over kecamatan)", "a"))) == every[:2]
    assert names_of(laws_of(function(lambda n: n, "n"))) == [
        "examples", "exact answers", "same answers",
    ]  # fmt: skip


def test_an_example_that_does_not_hold_is_found() -> None:
    check_laws(formula("a / 2", "a", value="2"))
    with pytest.raises(AssertionError, match=r"f\(a\) with .*: 2, not 3"):
        check_laws(formula("a / 2", "a", value="3"))


def test_a_tree_that_text_cannot_write_is_found() -> None:
    with pytest.raises(AssertionError, match="is printed as"):
        check_laws(formula(lambda _: Binary("+", Name("a b"), Number(Fraction(1))), "a"))


def test_thirds_that_a_builder_makes_are_written_as_quotients() -> None:
    check_laws(formula(lambda found: Binary("*", found[0], Number(Fraction(1, 3))), "a"))


@pytest.mark.parametrize(
    ("answer", "law"),
    [
        (float, "exact answers"),
        (lambda n: n > 0, "exact answers"),
        (lambda n: None, "exact answers"),
        (lambda n: 1 / n, "ZeroDivisionError"),
        (lambda n: Fraction(next(COUNT)), "same answers"),
    ],
)
def test_a_function_that_is_not_exact_or_changes_its_mind_is_found(
    answer: Callable[..., object], law: str
) -> None:
    with pytest.raises((AssertionError, ZeroDivisionError)):
        check_laws(function(answer, "n"))
    for one in laws_of(function(answer, "n")):
        if one.name == law:
            with pytest.raises(AssertionError, match=r"f\("):
                one.check()


def test_a_function_may_refuse_and_formulas_may_call_it() -> None:
    half = Function(
        "half", "H", "H", "", (Parameter("n", ""),),
        lambda n: n / 2 if n >= 0 else Refused("negative"),
    )  # fmt: skip
    check_laws(half)
    laws = laws_of(formula("half(a) + half(b)", "a", "b"), [half])
    assert "stepwise" in names_of(laws)
    for law in laws:
        law.check()


Wrong = Callable[[Outcome], Outcome]


def engine_gone_wrong(monkeypatch: pytest.MonkeyPatch, wrong: Wrong) -> None:
    def evaluate(program: Program, world: World, period: Period, place: Place) -> Outcome:
        return wrong(steps.evaluate(program, world, period, place))

    monkeypatch.setattr(bench, "evaluate", evaluate)


def law_of(made: Formula, name: str) -> Law:
    return next(law for law in laws_of(made) if law.name == name)


def test_an_engine_that_puts_0_for_missing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    law = law_of(formula("a + b", "a", "b"), "missing inputs")
    law.check()
    engine_gone_wrong(monkeypatch, lambda found: found if found.ok else Outcome(Fraction(0)))
    with pytest.raises(AssertionError, match="for what is missing"):
        law.check()


def test_an_engine_that_is_off_by_a_little_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    law = law_of(formula("a * b", "a", "b"), "stepwise")
    law.check()

    def rounded(found: Outcome) -> Outcome:
        return Outcome(round(found.number, 6)) if found.ok else found

    engine_gone_wrong(monkeypatch, rounded)
    with pytest.raises(AssertionError, match="step by step"):
        law.check()


def test_an_engine_that_cares_for_size_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    law = law_of(formula("a / (abs(a) + abs(b))", "a", "b"), "scaling")
    law.check()

    def rounded(found: Outcome) -> Outcome:
        return Outcome(round(found.number, 0)) if found.ok else found

    engine_gone_wrong(monkeypatch, rounded)
    law.check()  # a ratio stays a ratio, however it is shown
    engine_gone_wrong(
        monkeypatch,
        lambda found: Outcome(found.number + 1) if found.ok and found.number > 5 else found,
    )
    with pytest.raises(AssertionError, match="times"):
        law_of(formula("a + b", "a", "b"), "scaling").check()


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("a / b * 100%", 0),
        ("a * b", 2),
        ("a / b^2", -1),
        ("a + 0", 1),
        ("0 * a", ANY),
        ("min(a, b, 0)", 1),
        ("if(a > b, a, -b)", 1),
        ("if(a > 0 and not b < 0, a / b, 1)", 0),
        ("round(a / b, 2)", 0),
        ("ytd(a) / a[t-1] + b[2020] / a", 0),
        ("2^3 * a", 1),
    ],
)
def test_the_degree_is_the_power_by_which_a_value_grows(text: str, degree: int | str) -> None:
    tree, _ = parse_formula(text_alone(text))
    assert tree is not None
    assert degree_of(tree) == degree


@pytest.mark.parametrize(
    "text", ["a + 1", "if(a > 100, a, b)", "round(a, 2)", "a + a * b", "max(a, 5%)", "exp(a)"]
)
def test_what_knows_the_size_of_its_inputs_has_no_degree(text: str) -> None:
    tree, _ = parse_formula(text_alone(text))
    assert tree is not None
    with pytest.raises(Mixed):
        degree_of(tree)


def test_one_call_may_be_tried_alone() -> None:
    made = formula("a / a[t-1]", "a")
    assert outcome_of("f(x)", {"x": 5, "x[t-1]": "2.5"}, [made]).value == 2
    assert outcome_of("f(x)", {"x": 5}, [made]).status.value == "missing"
    assert outcome_of("score(n, nilai_sakip)", {"n": 91}, scales=GRADES).ok is False
    with pytest.raises(ValueError, match="`g` is not known"):
        outcome_of("g(x)", {"x": 5}, [made])
    with pytest.raises(ValueError, match="records or members"):
        outcome_of("total(x over kecamatan)", {"x": 5})


def test_examples_know_the_formulas_of_the_engine() -> None:
    assert check_examples(formula("share(a, a)", "a", value="100")) == []


def test_hypothesis_is_imported_only_when_a_law_is_tried() -> None:
    script = (
        "import sys; import iku_engine.testing as t; from iku_engine.formulas import BUILT_IN; "
        "t.laws_of(BUILT_IN[1]); t.tiny_engine(y='x + 1'); print('hypothesis' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"


def test_without_hypothesis_a_law_says_what_to_install() -> None:
    script = (
        "import sys; sys.modules['hypothesis'] = None; import iku_engine.testing as t; "
        "from iku_engine.formulas import BUILT_IN; t.check_laws(BUILT_IN[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr.splitlines()[-1] == (
        'ModuleNotFoundError: laws need hypothesis: pip install "iku-engine[test]"'
    )
