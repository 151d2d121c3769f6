"""What the definitions behind results say, as short texts: to find out later what was changed.

Each definition has a key, `indicator umkm` or `formula growth_rate`, and names the keys of those
it is made with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from iku_engine.algebra.model import Program
from iku_engine.binding.from_catalog import Vocabulary
from iku_engine.binding.model import Binding, BoundIndicator, BoundVersion
from iku_engine.binding.versions import held_text, readings
from iku_engine.catalog.model import Catalog, NamedFormula, RecordSet, Source, Targets, Variable
from iku_engine.formulas.model import Formula, Function, Parameter
from iku_engine.language.to_text import to_text
from iku_engine.results.written import fields_of, shortened, written

EXPANDED = "expanded"
"""The field of an indicator with its formula written out, without named formulas."""

_OF_INDICATORS = (
    "targets", "revisions", "polarity", "achievement", "policies", "rating", "decimals",
    "consolidation", "phasing", "grades",
)  # fmt: skip
_NAMED = ("records", "dimension", "formula", "function", "scale")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)

_Said: TypeAlias = tuple[Mapping[str, str], Iterable[str]]
"""The fields of a definition, and the keys it needs."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one definition says, by its fields, as far as it may change a figure.

    `kind` is a word such as `indicator` or `formula`, `needs` are the keys of the definitions it
    is made with, `plugin` is the plugin that brings it, empty for one of the catalog.
    """

    kind: str
    name: str
    says: Mapping[str, str]
    needs: tuple[str, ...] = ()
    plugin: str = ""

    @property
    def key(self) -> str:
        """`indicator umkm`, `formula growth_rate`."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Brought:
    """Who brings a formula, function, scale or method: the plugin, and the text of its version."""

    plugin: str = ""
    version: str = ""


def meanings_of(
    catalog: Catalog,
    binding: Binding,
    vocabulary: Vocabulary,
    brought: Mapping[str, Brought],
    indicators: Iterable[str],
) -> tuple[Meaning, ...]:
    """The meanings of these indicators and of all they need, sorted by key.

    `brought` says by key what comes from plugins and the built-ins.
    """
    writer = _Writer(catalog, _spaces(catalog, binding, vocabulary), brought)
    found: dict[str, Meaning] = {}
    waiting = [f"indicator {name}" for name in indicators]
    while waiting:
        key = waiting.pop()
        meaning = writer.meaning(key) if key not in found else None
        if meaning is not None:
            found[key] = meaning
            waiting += meaning.needs
    return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Finds definitions by their keys and writes down what they say."""

    catalog: Catalog
    spaces: Mapping[str, Mapping[str, object]]
    brought: Mapping[str, Brought]

    def meaning(self, key: str) -> Meaning | None:
        """What stands behind a key; None where nothing does."""
        kind, _, name = key.partition(" ")
        said = self._said(key)
        if said is None:
            return None
        says = {field: shortened(text) for field, text in said[0].items() if text}
        plugin = "" if self._is_declared(kind, name) else self._by(key).plugin
        needs = {need for need in said[1] if need != key and self._found(need) is not None}
        return Meaning(kind, name, says, tuple(sorted(needs)), plugin)

    def _said(self, key: str) -> _Said | None:
        match self._found(key):
            case BoundIndicator() as bound:
                return self._indicator(bound)
            case Variable() as variable:
                needs = (f"source {variable.source}", f"scale {variable.grades}")
                return fields_of(variable), needs
            case RecordSet() as records:
                return self._records(records)
            case Source() as source:
                return fields_of(source), [f"dimension {each}" for each in source.dimensions]
            case NamedFormula() as named:
                parameters = ", ".join(named.parameters)
                says = {"parameters": parameters, "body": written(named.body)}
                return says, self._named_in(says["body"], without=named.parameters)
            case Formula() as formula:
                return self._formula(key, formula)
            case Function() as function:
                version = self._by(key).version
                return {"parameters": _parameters(function.parameters), "body": version}, ()
            case None:
                return None
            case other:
                return fields_of(other), ()

    def _found(self, key: str) -> object:
        kind, _, name = key.partition(" ")
        return self.spaces.get(kind, {}).get(name)

    def _is_declared(self, kind: str, name: str) -> bool:
        own = {"formula": self.catalog.formulas, "scale": self.catalog.scales}
        return name in own.get(kind, {})

    def _indicator(self, bound: BoundIndicator) -> _Said:
        declared = bound.declared
        formulas = [(_held("formula", one), _formula_text(one)) for one in bound.versions]
        expanded = [
            (_held(EXPANDED, one), to_text(one.expanded)) for one in bound.versions if one.expanded
        ]
        units = [(_held("unit", one), one.declared.unit) for one in bound.versions]
        says = dict([*formulas, *units, *expanded])
        says |= {name: written(getattr(declared, name)) for name in _OF_INDICATORS}
        texts = [text for _, text in (*formulas, *expanded)]
        texts += [written(targets.rule) for targets in _targets(bound)]
        needs = [*self._named_in(" ".join(texts)), *self._series(bound)]
        needs.append(f"scale {declared.grades}")
        if bound.achievement is not None:
            needs.append(f"method {bound.achievement.method}")
        if declared.rating is not None:
            needs.append(f"scale {declared.rating.scale}")
            says["rating"] = f"{declared.rating.scale} of {declared.rating.of.value}"
        return says, needs

    def _series(self, bound: BoundIndicator) -> Iterator[str]:
        """The series that its formulas and the rules of its targets read."""
        rules: list[Program] = [
            one.rule for one in (bound.targets, *bound.revisions) if one and one.rule
        ]
        read = dict.fromkeys((*bound.needs, *(step.name for step in readings(rules))))
        for name in read:
            yield f"{'indicator' if name in self.spaces['indicator'] else 'variable'} {name}"

    def _records(self, records: RecordSet) -> _Said:
        says = fields_of(records)
        says.pop("fields", None)
        says |= {f"field {name}": written(one) for name, one in records.fields.items()}
        computed = " ".join(written(one.formula) for one in records.fields.values())
        return says, [f"source {records.source}", *self._named_in(computed, records.fields)]

    def _formula(self, key: str, formula: Formula) -> _Said:
        """A formula as text; of one that builds its tree, the version of its plugin."""
        body = "" if callable(formula.body) else written(formula.body)
        says = {
            "parameters": _parameters(formula.parameters),
            "body": body or self._by(key).version,
            "unit": formula.unit,
            "base": written(formula.base),
        }
        names = [parameter.name for parameter in formula.parameters]
        return says, self._named_in(f"{body} {says['base']}", without=names)

    def _by(self, key: str) -> Brought:
        return self.brought.get(key, Brought())

    def _named_in(self, text: str, without: Iterable[str] = ()) -> Iterator[str]:
        """The keys of what a formula text names, besides the series that it reads."""
        left_out = {*without}
        for word in dict.fromkeys(_WORD.findall(text)):
            if word not in left_out:
                yield from (f"{kind} {word}" for kind in _NAMED if word in self.spaces[kind])


def _spaces(
    catalog: Catalog, binding: Binding, vocabulary: Vocabulary
) -> Mapping[str, Mapping[str, object]]:
    """Everything that has a meaning, by kind and name."""
    library = vocabulary.library
    scales = {name: declared.scale for name, declared in catalog.scales.items()}
    return {
        "indicator": binding.indicators,
        "variable": catalog.variables,
        "source": catalog.sources,
        "method": vocabulary.methods,
        "records": catalog.records,
        "dimension": catalog.dimensions,
        "formula": {**library.formulas, **catalog.formulas},
        "function": library.functions,
        "scale": {**vocabulary.scales, **scales},
    }


def _targets(bound: BoundIndicator) -> list[Targets]:
    declared = bound.declared
    own = [declared.targets] if declared.targets is not None else []
    return [*own, *(revision.targets for revision in declared.revisions)]


def _formula_text(version: BoundVersion) -> str:
    """The formula in the one spelling of its tree; as it is written where it has mistakes."""
    return to_text(version.tree) if version.tree else written(version.declared.formula)


def _held(field: str, version: BoundVersion) -> str:
    """`formula`, or `formula 2021..` where the indicator has several."""
    return f"{field} {held_text(version.declared)}".strip()


def _parameters(parameters: Iterable[Parameter]) -> str:
    return ", ".join(
        parameter.name if parameter.default is None else f"{parameter.name}: {parameter.default}"
        for parameter in parameters
    )
