"""Roll-up to the whole sums the inputs; `total` and `mean` run over the members as written."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from iku_engine.engine import Engine
from iku_engine.evaluation.model import Status
from tests.properties.catalogs import definitions, reasons_of, sound

# The tree of industries: two roots, one with parts, of which one has parts; and a printed total.
MEMBERS: dict[str, dict[str, str]] = {
    "1": {"label": "Pertanian"},
    "2": {"label": "Tanaman", "parent": "1"},
    "3": {"label": "Padi", "parent": "2"},
    "4": {"label": "Jagung", "parent": "2"},
    "5": {"label": "Ternak", "parent": "1"},
    "6": {"label": "Industri"},
    "9": {"label": "PDRB", "total": "true"},
}
LEAVES = ("3", "4", "5", "6")
PARTS = {"2": ("3", "4"), "1": ("3", "4", "5"), "6": ("6",), "9": LEAVES, "": LEAVES}

figures = st.integers(-50, 900).map(Fraction) | st.fractions(1, 99, max_denominator=20)
by_leaf = st.fixed_dictionaries(dict.fromkeys(LEAVES, figures))
places = st.dictionaries(st.sampled_from(["Sukau", "Belalau", "Kota"]), figures, min_size=1)


def engine_of(formulas: Mapping[str, str], *, tree: bool) -> Engine:
    """Variables `a` and `b` (counts) split by `d`: declared as a tree, or known from the data."""
    dimension: dict[str, object] = {"label": "D"}
    if tree:
        dimension["members"] = MEMBERS
    variables = {
        name: {"label": name, "unit": "orang", "source": "s", "column": name} for name in ("a", "b")
    }
    found = definitions(
        formulas,
        (),
        dimensions={"d": dimension},
        sources={
            "s": {
                "title": "S", "file": "s.csv", "period": "t", "dimensions": ["d"], "numbers": "en",
            }
        },
    )  # fmt: skip
    return sound(Engine.from_text({**found, "variables": variables}, discover=False))


def rows(**variables: Mapping[str, Fraction]) -> list[dict[str, object]]:
    return [
        {"variable": name, "period": "2020", "d": member, "value": figure}
        for name, found in variables.items()
        for member, figure in found.items()
    ]


@given(places, places)
def test_a_ratio_rolls_up_as_a_ratio_of_sums(
    above: Mapping[str, Fraction], below: Mapping[str, Fraction]
) -> None:
    below = {member: below.get(member, Fraction(7)) for member in above}
    engine = engine_of({"rasio": "a / b", "rata": "mean(a / b over d)"}, tree=False)
    data = rows(a=above, b=below)
    whole = engine.compute("2020", data=data)
    total, summed = sum(below.values(), Fraction(0)), sum(above.values(), Fraction(0))
    if total:
        assert whole.get("rasio", "2020").exact == summed / total
    else:
        assert reasons_of(whole.get("rasio", "2020")) == {"zero:b@2020"}
    split = engine.compute("2020", data=data, by=["d"])
    zero = {member for member, figure in below.items() if not figure}
    for member in above:
        result = split.get("rasio", "2020", d=member)
        if member in zero:
            assert reasons_of(result) == {f"zero:b@2020[d={member}]"}
        else:
            assert result.exact == above[member] / below[member]
    mean = whole.get("rata", "2020")
    if zero:
        assert reasons_of(mean) == {f"zero:b@2020[d={member}]" for member in zero}
    else:
        ratios = [above[member] / below[member] for member in above]
        assert mean.exact == sum(ratios, Fraction(0)) / len(ratios)


@given(by_leaf, by_leaf, st.booleans())
def test_parents_and_totals_are_never_summed_with_their_children(
    above: dict[str, Fraction], below: dict[str, Fraction], printed: bool
) -> None:
    """With or without the printed wholes in the data, the figures of all members are the same."""
    formulas = {"rasio": "a / b", "nilai": "a", "bagian": "a / total(a over d)"}
    engine = engine_of(formulas, tree=True)
    wholes: dict[str, dict[str, Fraction]] = {"a": {}, "b": {}}
    if printed:
        for name, found in (("a", above), ("b", below)):
            wholes[name] = {
                member: sum((found[leaf] for leaf in leaves), Fraction(0))
                for member, leaves in PARTS.items()
                if member
            }
    data = rows(a={**wholes["a"], **above}, b={**wholes["b"], **below})
    results = engine.compute("2020", data=data, by=["d"])
    whole = engine.compute("2020", data=data)
    total = sum(above.values(), Fraction(0))
    for member, leaves in PARTS.items():
        one = sum((above[leaf] for leaf in leaves), Fraction(0))
        other = sum((below[leaf] for leaf in leaves), Fraction(0))
        place = {"d": member} if member else {}
        found_in = results if member else whole
        assert found_in.get("nilai", "2020", **place).exact == one
        rasio = found_in.get("rasio", "2020", **place)
        assert rasio.exact == (one / other if other else None)
        bagian = found_in.get("bagian", "2020", **place)
        assert bagian.exact == (one / total if total else None)


@given(by_leaf, st.sampled_from(LEAVES))
def test_a_missing_leaf_is_missing_in_every_whole_above_it(
    figures_by_leaf: dict[str, Fraction], gone: str
) -> None:
    engine = engine_of({"nilai": "a", "rata": "mean(a over d)"}, tree=True)
    left = {leaf: figure for leaf, figure in figures_by_leaf.items() if leaf != gone}
    assume(left)
    results = engine.compute("2020", data=rows(a=left), by=["d"])
    for member, leaves in PARTS.items():
        if not member:
            continue
        result = results.get("nilai", "2020", d=member)
        assert (result.status is Status.MISSING) == (gone in leaves), member
    whole = engine.compute("2020", data=rows(a=left))
    assert whole.get("nilai", "2020").status is Status.MISSING
    assert reasons_of(whole.get("rata", "2020")) == {f"missing:a@2020[d={gone}]"}


@given(by_leaf)
def test_a_mean_over_members_counts_each_leaf_once(found: dict[str, Fraction]) -> None:
    engine = engine_of({"rata": "mean(a over d)", "jumlah": "total(a * 2 over d)"}, tree=True)
    results = engine.compute("2020", data=rows(a=found))
    assert results.get("rata", "2020").exact == sum(found.values(), Fraction(0)) / len(found)
    assert results.get("jumlah", "2020").exact == 2 * sum(found.values(), Fraction(0))
