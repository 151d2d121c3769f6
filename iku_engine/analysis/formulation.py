"""The decree's sentence against the formula: equal, different, ambiguous or not to be read."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import Scope
from iku_engine.analysis.compare import Comparison, Verdict, compare_programs
from iku_engine.analysis.patience import Patience
from iku_engine.binding.model import Binding, BoundIndicator
from iku_engine.catalog.model import Catalog
from iku_engine.language.formulation import Kind, Labels, Reading, read_formulation
from iku_engine.language.formulation.labels import folded_name
from iku_engine.language.invariants import depth
from iku_engine.language.model import (
    Aggregate,
    Based,
    Lag,
    Name,
    Node,
    rebuilt,
    size,
    walk,
)

_MAX_INLINED = 500
_MAX_DEPTH = 100
_SECONDS = 10.0  # for all long formulas of a catalog together
_SHORTER_PERIODS = ("bulan", "bln", "triwulan", "tw ", "semester")
_EQUAL = (Verdict.EQUIVALENT, Verdict.WHERE_DEFINED)


class Agreement(StrEnum):
    """What a formulation says beside its formula.

    `ambiguous`: one of several readings, or of a malformed sentence, is the formula. `reported`
    and `count` name a figure and no calculation. `undecided`: algebra cannot compare the two.
    """

    EQUAL = "equal"
    DIFFERENT = "different"
    AMBIGUOUS = "ambiguous"
    REPORTED = "reported"
    COUNT = "count"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The agreement of one formulation with its formula.

    `equal` are the positions of the readings that are the formula. Where none is, `comparison`
    has a sample at which the formula (its first) and the first reading (its second) differ.
    """

    agreement: Agreement
    reading: Reading
    equal: tuple[int, ...] = ()
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """Two indicators of one name with different formulas, by their ids."""

    first: str
    second: str
    comparison: Comparison


def classify(
    formula: Node,
    reading: Reading,
    binding: Binding | None = None,
    patience: Patience | None = None,
) -> Judgement:
    """How the readings of a sentence agree with an expanded formula.

    With a binding, a reading that names another indicator is also compared by its formula.
    Formulas for whose comparison there is no patience are undecided.
    """
    patience = patience or Patience()
    plain = {Kind.REPORTED: Agreement.REPORTED, Kind.UNREADABLE: Agreement.UNREADABLE}
    if reading.kind in plain:
        return Judgement(plain[reading.kind], reading)
    compared = [compare_trees(formula, tree, binding, patience) for tree in reading.readings]
    equal = tuple(i for i, c in enumerate(compared) if c.verdict in _EQUAL)
    decided = all(comparison.verdict is not Verdict.UNDECIDED for comparison in compared)
    if reading.kind is Kind.COUNT:
        sure = compared and decided and all(taken.exact for taken in reading.taken)
        if equal or not sure:
            return Judgement(Agreement.COUNT, reading, equal)
    if len(equal) == len(compared) and not reading.malformed:
        return Judgement(Agreement.EQUAL, reading, equal)
    if equal:
        return Judgement(Agreement.AMBIGUOUS, reading, equal)
    found = Agreement.DIFFERENT if decided else Agreement.UNDECIDED
    return Judgement(found, reading, (), compared[0])


def compare_trees(
    first: Node,
    second: Node,
    binding: Binding | None = None,
    patience: Patience | None = None,
) -> Comparison:
    """Compare two expanded trees; with a binding also with derived indicators written out."""
    patience = patience or Patience()
    comparison = _compared(first, second, patience)
    if binding is None or comparison.verdict in _EQUAL:
        return comparison
    inlined = written_out(first, binding), written_out(second, binding)
    if inlined == (first, second):
        return comparison
    deeper = _compared(*inlined, patience)
    return comparison if deeper.verdict is Verdict.DIFFERENT else deeper


def _compared(first: Node, second: Node, patience: Patience) -> Comparison:
    programs = compile_tree(first, Scope()), compile_tree(second, Scope())
    return compare_programs(*programs, patience)


def written_out(tree: Node, binding: Binding) -> Node:
    """The tree with the formulas of derived indicators for their names, where that stays small."""

    def change(node: Node) -> Node:
        if isinstance(node, Name):
            bound = binding.indicators.get(node.name)
            known = bound is not None and node.name not in binding.circular
            return bound.expanded if bound and known and bound.expanded else node
        return node if isinstance(node, Aggregate) else rebuilt(node, change)

    for _ in range(8):
        further = change(tree)
        if further == tree or size(further) > _MAX_INLINED or depth(further) > _MAX_DEPTH:
            break
        tree = further
    return tree


class Formulations:
    """The sentences of one catalog beside its formulas; the vocabulary is made once."""

    def __init__(self, catalog: Catalog, binding: Binding) -> None:
        self._catalog, self._binding = catalog, binding
        self._patience = Patience(_SECONDS)

    @functools.cached_property
    def labels(self) -> Labels:
        """The words that the sentences of this catalog may use."""
        return Labels(labels_of(self._catalog))

    def read(self, indicator: str) -> Reading:
        """The readings of the formulation of an indicator."""
        bound = self._binding.indicators[indicator]
        text = bound.declared.formulation
        reading = read_formulation(
            text, self.labels, preferred=frozenset(bound.needs), excluded=(indicator,)
        )
        if _lags_by_year(bound) and not any(word in text.casefold() for word in _SHORTER_PERIODS):
            return replace(reading, readings=tuple(_by_year(tree) for tree in reading.readings))
        return reading

    def judge(self, indicator: str) -> Judgement | None:
        """The judgement on an indicator; None without a formulation or without a sound formula."""
        bound = self._binding.indicators[indicator]
        if not bound.declared.formulation or bound.expanded is None or bound.program is None:
            return None
        return classify(bound.expanded, self.read(indicator), self._binding, self._patience)

    def judgements(self) -> Iterator[tuple[BoundIndicator, Judgement]]:
        """All of them, in the order of the catalog."""
        for name, bound in self._binding.indicators.items():
            judgement = self.judge(name)
            if judgement is not None:
                yield bound, judgement

    def twins(self) -> Iterator[Twin]:
        """Indicators of the same name (case and spacing folded) whose formulas are not equal.

        Figures that are only reported are no formulas: each agency counts its own.
        """
        first_of: dict[str, BoundIndicator] = {}
        for name, bound in self._binding.indicators.items():
            if bound.expanded is None or bound.program is None:
                continue
            first = first_of.setdefault(folded_name(bound.declared.name), bound)
            if first is bound or (is_taken_as_it_is(bound) and is_taken_as_it_is(first)):
                continue
            assert first.expanded is not None
            comparison = compare_trees(
                first.expanded, bound.expanded, self._binding, self._patience
            )
            if comparison.verdict is Verdict.DIFFERENT:
                yield Twin(first.declared.id, name, comparison)


def labels_of(catalog: Catalog) -> dict[str, str]:
    """The labels that sentences of a catalog may use: of variables, and names of indicators."""
    labels = {name: variable.label for name, variable in catalog.variables.items()}
    known = {folded_name(label) for label in labels.values()}
    for name, indicator in catalog.indicators.items():
        folded = folded_name(indicator.name)
        if folded not in known:
            known.add(folded)
            labels[name] = indicator.name
    return labels


def is_taken_as_it_is(bound: BoundIndicator) -> bool:
    """Whether a formula only names a series: `reported(x)`, or `x`."""
    return isinstance(_bare(bound.expanded), Name)


def is_count(bound: BoundIndicator) -> bool:
    """Whether a formula counts or adds up records."""
    return isinstance(_bare(bound.expanded), Aggregate)


def _bare(tree: Node | None) -> Node | None:
    while isinstance(tree, Based):
        tree = tree.operand
    return tree


def _lags_by_year(bound: BoundIndicator) -> bool:
    if bound.expanded is None:
        return False
    lags = [node for node in walk(bound.expanded) if isinstance(node, Lag)]
    return bool(lags) and all(lag.years and not lag.periods for lag in lags)


def _by_year(node: Node) -> Node:
    """`Tahun n-1` in a series of months or quarters: the same one a year before."""
    if isinstance(node, Lag):
        return replace(node, periods=0, years=node.periods)
    return rebuilt(node, _by_year)
