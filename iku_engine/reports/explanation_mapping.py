"""An explanation -> mappings for JSON: everything the text form says, and all cells and records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from iku_engine.analysis.domain import Domain, Undefined
from iku_engine.evaluation.how import How
from iku_engine.evaluation.model import Reason
from iku_engine.language.to_text import to_text
from iku_engine.places import Place
from iku_engine.quantities import to_exact_text
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.to_domain import condition_symbols, condition_words
from iku_engine.results.explanation import CountedRecord, ExplainedInput, Explanation
from iku_engine.results.model import row_of
from iku_engine.sources.model import Observation, Origin

Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain] | None"


_NO_DOMAINS: Mapping[str, Domain] = MappingProxyType({})


def explanation_mapping(
    explanation: Explanation,
    domains: Mapping[str, Domain] = _NO_DOMAINS,
    names: Names | None = None,
) -> dict[str, Plain]:
    """The explanation as plain values; figures are text, exact ones `n` or `n/d`.

    `domains` says by `Result.formula_id` when a formula is undefined, in the words of `names`.
    """
    result = explanation.result
    row = row_of(result, tuple(dimension for dimension, _ in result.place))
    texts = {
        "name": result.indicator.name,
        "formulation": explanation.formulation,
        "formula": explanation.formula,
        "version": explanation.version,
        "expanded": explanation.expanded,
        "figures": explanation.figures,
        "latex": explanation.latex,
        "data_source": explanation.data_source,
        "target_basis": explanation.target_basis,
        "target_since": explanation.target_since,
        "target_rule": explanation.target_rule,
        "achievement_method": result.method,
        "achievement_formula": explanation.achievement_formula,
        "achievement_figures": explanation.achievement_figures,
        "achievement_policies": explanation.policies,
    }
    return {
        **{key: value or None for key, value in row.items()},
        **{key: value or None for key, value in texts.items()},
        "target_replaced": [
            {"basis": basis, "target": target or None}
            for basis, target in explanation.target_replaced
        ],
        "domain": _domain(domains.get(result.formula_id), names or Names()),
        "inputs": [_input(each, domains, names) for each in explanation.inputs],
    }


def _domain(domain: Domain | None, names: Names) -> dict[str, Plain] | None:
    if domain is None:
        return None
    return {
        "needs": [to_text(node) for node in domain.needs],
        "undefined_when": [_condition(condition, names) for condition in domain.conditions],
    }


def _condition(condition: Undefined, names: Names) -> dict[str, Plain]:
    return {
        "cause": condition.cause.value,
        "symbols": condition_symbols(condition),
        **{each.value: condition_words(condition, names, each) for each in Language},
    }


def _input(
    each: ExplainedInput, domains: Mapping[str, Domain], names: Names | None
) -> dict[str, Plain]:
    parts = each.parts
    return {
        "name": each.name,
        "label": each.label,
        "unit": each.unit or None,
        "period": str(each.period),
        "place": _place(each.place),
        "status": each.status.value,
        "value": None if each.value is None else to_exact_text(each.value),
        "reasons": _reasons(each.reasons),
        "cells": [_cell(cell) for cell in each.cells],
        "records": [_record(record) for record in each.records],
        "reduction": _how(each.how) if each.how else None,
        "explanation": explanation_mapping(parts, domains, names) if parts else None,
    }


def _how(how: How) -> dict[str, Plain]:
    """Where an aggregate over records was made, by which statements, or why row by row."""
    return {
        "engine": how.engine or None,
        "statements": list(how.statements),
        "cause": how.cause or None,
        "subject": how.subject or None,
    }


def _cell(cell: Observation) -> dict[str, Plain]:
    return {
        "variable": cell.variable,
        "period": str(cell.period),
        "place": _place(cell.place),
        "value": None if cell.value is None else to_exact_text(cell.value),
        "printed": cell.printed,
        "mark": cell.mark.sign or None,
        "published": cell.published.isoformat() if cell.published else None,
        "replaced": [_cell(one) for one in cell.replaced],
        **_origin(cell.origin),
    }


def _record(record: CountedRecord) -> dict[str, Plain]:
    return {
        "key": record.key,
        "counted": record.counted,
        "fields": dict(record.fields),
        "reason": record.reason or None,
        **(_origin(record.origin) if record.origin else {}),
    }


def _origin(origin: Origin) -> dict[str, Plain]:
    return {
        "file": origin.file,
        "sha256": origin.sha256 or None,
        "row": origin.row,
        "column": origin.column,
        **(origin.spot._asdict() if origin.spot else {}),
    }


def _reasons(reasons: Sequence[Reason]) -> list[Plain]:
    return [str(reason) for reason in reasons]


def _place(place: Place) -> dict[str, Plain]:
    return dict(place)
