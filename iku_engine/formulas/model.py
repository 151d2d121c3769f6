"""A formula is a value: parameters, a body in the language, and its documentation.

So every formula, built-in or an agency's, is explained, checked for units and evaluated without
its author doing anything. What the language cannot say is a `Function`: opaque, exact numbers
in, an exact number or a reason out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from iku_engine.language.model import Node


class ParameterKind(StrEnum):
    """What a call may put in the place of a parameter."""

    EXPRESSION = "expression"
    NUMBER = "number"  # a literal figure
    PERIOD = "period"  # `2018`, or "2018-Q1" in quotes
    DIMENSION = "dimension"
    CHOICE = "choice"  # one of a few words, picking the variant of the body


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, in the order of a call; with a default it may be left out.

    `choices` are the words of a `CHOICE`; the default of any kind is written as in a formula.
    """

    name: str
    meaning: str
    kind: ParameterKind = ParameterKind.EXPRESSION
    default: str | None = None
    choices: tuple[str, ...] = ()


Variants: TypeAlias = Mapping[str, str]
"""A body for each word of the formula's one `CHOICE` parameter."""

TreeBuilder: TypeAlias = Callable[[Sequence[Node]], Node]
"""Builds the tree of a call from the trees of its arguments, in the order of the parameters.

A `ValueError` says why arguments do not fit.
"""


@dataclass(frozen=True, slots=True)
class FormulaExample:
    """A call with the inputs it reads, and the value it must give.

    `given` maps an input as the formula's tree names it (`x`, `x[t-1]`) to a figure; `value` is
    a figure as text, `undefined` or `missing`.
    """

    call: str
    given: Mapping[str, str]
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A named formula.

    `unit` names the unit of the result (`%`), or says `same` (the first argument's) or is
    empty where it follows from the arguments. `base` is the expression that the value is
    measured against: a base of 0 is undefined anyway, one below 0 marks the value with the
    quality `negative_base`, or makes it undefined where the call says
    `negative_base: undefined`.
    """

    name: str
    title: str
    title_id: str
    meaning: str
    parameters: tuple[Parameter, ...]
    body: str | Variants | TreeBuilder
    unit: str
    examples: tuple[FormulaExample, ...]
    reference: str = ""
    base: str | Variants = ""
    variadic: bool = False
    origin: str = "iku-engine"


METHOD_READS = ("actual", "target", "target_low", "target_high")
"""What an achievement method may read; for a target of one figure all three are that figure."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The reason why a function gives no number, as a short word such as `not_positive`."""

    reason: str


@dataclass(frozen=True, slots=True)
class Function:
    """An opaque function: exact numbers in, exact number or reason out; nothing is derived."""

    name: str
    title: str
    title_id: str
    meaning: str
    parameters: tuple[Parameter, ...]
    compute: Callable[..., Fraction | Refused]
    unit: str = ""
    examples: tuple[FormulaExample, ...] = ()
    reference: str = ""
    origin: str = "iku-engine"


@dataclass(frozen=True, slots=True)
class Library:
    """All formulas and functions that a catalog may call."""

    formulas: Mapping[str, Formula] = field(default_factory=lambda: MappingProxyType({}))
    functions: Mapping[str, Function] = field(default_factory=lambda: MappingProxyType({}))

    def names(self) -> tuple[str, ...]:
        return (*self.formulas, *self.functions)
