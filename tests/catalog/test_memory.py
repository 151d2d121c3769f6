"""Definitions held in memory are read as files are."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.catalog.from_yaml import catalog_from_mapping, load_catalog
from iku_engine.periods import Period

RICH = Path(__file__).parent.parent / "cases" / "catalog" / "rich.yaml"


def definitions(**fields: object) -> dict[str, object]:
    indicator = {"name": "A", "formula": "b / c", "unit": "%", "polarity": "higher", **fields}
    return {"iku": 1, "owner": "d", "owners": {"d": {"title": "D"}}, "indicators": {"a": indicator}}


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("10.5", Fraction(21, 2)),
        (10, Fraction(10)),
        (0.1, Fraction(1, 10)),
        (1e-7, Fraction(1, 10**7)),
        (Decimal("10.50"), Fraction(21, 2)),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_a_figure_is_exact_whatever_holds_it(figure: object, value: Fraction) -> None:
    catalog, diagnostics = catalog_from_mapping(definitions(targets={2020: figure}))
    assert diagnostics == ()
    targets = catalog.indicators["a"].targets
    assert targets is not None and targets.given == {Period.of(2020): value}


def test_periods_and_truth_values_may_be_objects() -> None:
    mapping = definitions(targets={Period.of(2020): 1})
    mapping["dimensions"] = {"k": {"members": {64: {"total": True}}}}
    catalog, diagnostics = catalog_from_mapping(mapping)
    assert diagnostics == ()
    assert catalog.dimensions["k"].members["64"].total


@pytest.mark.parametrize(
    "figure",
    [float("nan"), float("inf"), 10**5000, Decimal("1E+999999")],
    ids=["nan", "inf", "digits", "exponent"],
)
def test_a_figure_no_definition_can_hold_is_a_diagnostic(figure: object) -> None:
    (diagnostic,) = catalog_from_mapping(definitions(targets={2020: figure}))[1]
    assert diagnostic.code == "IKU104"
    assert diagnostic.location is not None
    assert diagnostic.location.file == "memory:indicators.a.targets.2020"


def test_a_value_of_a_foreign_type_is_a_diagnostic() -> None:
    (diagnostic,) = catalog_from_mapping(definitions(note=object()))[1]
    assert diagnostic.code == "IKU103"


def test_a_mapping_that_holds_itself_is_a_diagnostic() -> None:
    circle: dict[str, object] = {"iku": 1}
    circle["owners"] = circle
    assert "IKU005" in {one.code for one in catalog_from_mapping(circle)[1]}


def test_a_sign_of_a_formula_is_found_in_its_text() -> None:
    catalog, _ = catalog_from_mapping(definitions(formula="b\n / c"))
    place = catalog.indicators["a"].formula.at(5, 6)
    assert place.text[place.column - 1] == "c"


def test_the_same_definitions_give_the_same_catalog() -> None:
    from ruamel.yaml import YAML

    from_file, _ = load_catalog(RICH)
    held = YAML(typ="safe").load(RICH)
    from_memory, diagnostics = catalog_from_mapping(held)
    assert diagnostics == ()
    assert from_memory.indicators.keys() == from_file.indicators.keys()
    for id_, indicator in from_file.indicators.items():
        other = from_memory.indicators[id_]
        assert (indicator.name, indicator.formula.text) == (other.name, other.formula.text)
        assert indicator.targets and other.targets
        assert indicator.targets.given == other.targets.given


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=3)
    ),
    max_leaves=10,
)
FIELDS = st.sampled_from(["targets", "examples", "rating", "name", "formula", "decimals", "x"])


@given(st.dictionaries(FIELDS, VALUES))
def test_no_mapping_raises(fields: dict[str, object]) -> None:
    catalog_from_mapping(definitions(**fields))
    catalog_from_mapping(fields)
