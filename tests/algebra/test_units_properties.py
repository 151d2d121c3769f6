"""Laws of derived units: other names and equal algebra change nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from iku_engine.algebra.measures import Measure
from iku_engine.algebra.model import Readable, Scope
from iku_engine.algebra.units import check_units, derived_measure
from iku_engine.diagnostics import text_alone
from iku_engine.language.model import At, Binary, Lag, Name, Negate, Node, Number
from tests.laws import LAW
from tests.properties.trees import arithmetic

Trees: TypeAlias = SearchStrategy[Node]

UNITS = ("Rp", "Rp juta", "miliar", "kg", "Ton", "Rp/kg", "orang", "UMKM", "%", "indeks", "ruko")
NAMES = ("a", "b", "c", "d")
RENAMED = {"a": "pinjaman", "b": "S", "c": "zeta", "d": "a"}


def scopes() -> SearchStrategy[Scope]:
    one = st.sampled_from(UNITS).map(Readable)
    return st.fixed_dictionaries(dict.fromkeys(NAMES, one)).map(Scope)


def operands() -> Trees:
    """Names, and products and quotients of them."""
    names: Trees = st.sampled_from(NAMES).map(Name)
    operators = st.sampled_from(["*", "/"])
    return st.recursive(
        names, lambda parts: st.builds(Binary, operators, parts, parts), max_leaves=4
    )


def seen(tree: Node, scope: Scope) -> tuple[object, ...]:
    """What may not change: whether it is known, its base units, its scale."""
    measure: Measure = derived_measure(tree, scope)
    return (measure.known, measure.bases, measure.scale if measure.known else None)


def renamed(tree: Node) -> Node:
    if isinstance(tree, Name):
        return Name(RENAMED[tree.name])
    match tree:
        case Binary(operator=operator, left=left, right=right):
            return Binary(operator, renamed(left), renamed(right))
        case Negate(operand=operand):
            return Negate(renamed(operand))
        case Lag(operand=operand, periods=periods, years=years):
            return Lag(renamed(operand), periods, years)
        case At(operand=operand, period=period):
            return At(renamed(operand), period)
    return tree


@LAW
@given(arithmetic(NAMES), scopes())
def test_names_change_nothing(tree: Node, scope: Scope) -> None:
    other = Scope({RENAMED[name]: series for name, series in scope.series.items()})
    changed = renamed(tree)
    text = text_alone("")
    assert seen(tree, scope) == seen(changed, other)
    before = [one.code for one in check_units(tree, "Rp", scope, text)]
    assert before == [one.code for one in check_units(changed, "Rp", other, text)]


@LAW
@given(operands(), operands(), scopes())
def test_factors_may_change_places(x: Node, y: Node, scope: Scope) -> None:
    assert seen(Binary("*", x, y), scope) == seen(Binary("*", y, x), scope)


@LAW
@given(operands(), operands(), operands(), scopes())
def test_products_and_quotients_may_be_bracketed_anew(
    x: Node, y: Node, z: Node, scope: Scope
) -> None:
    product = Binary("*", Binary("*", x, y), z)
    assert seen(product, scope) == seen(Binary("*", x, Binary("*", y, z)), scope)
    quotient = Binary("/", Binary("/", x, y), z)
    assert seen(quotient, scope) == seen(Binary("/", x, Binary("*", y, z)), scope)
    swapped = Binary("/", Binary("*", x, y), z)
    assert seen(swapped, scope) == seen(Binary("*", x, Binary("/", y, z)), scope)


@LAW
@given(operands(), operands(), operands(), st.sampled_from("+-"), st.sampled_from("*/"), scopes())
def test_sums_may_be_multiplied_out(
    x: Node, y: Node, z: Node, sum_: str, operator: str, scope: Scope
) -> None:
    together = Binary(operator, Binary(sum_, x, y), z)
    apart = Binary(sum_, Binary(operator, x, z), Binary(operator, y, z))
    assert seen(together, scope) == seen(apart, scope)


@LAW
@given(operands(), operands(), operands(), scopes())
def test_terms_may_change_places(x: Node, y: Node, z: Node, scope: Scope) -> None:
    known = seen(Binary("+", Binary("+", x, y), z), scope)
    assert known == seen(Binary("+", x, Binary("+", y, z)), scope)
    assert known == seen(Binary("+", Binary("+", z, x), y), scope)


@given(operands(), scopes())
def test_a_square_is_a_product(x: Node, scope: Scope) -> None:
    squared = Binary("^", x, Number(Fraction(2)))
    assert seen(squared, scope) == seen(Binary("*", x, x), scope)
