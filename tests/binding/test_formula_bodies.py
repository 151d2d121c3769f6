"""Formulas of a catalog that nothing calls are read as well."""

from __future__ import annotations

import pytest

from iku_engine import Engine

TEXT = """
iku: 1
owner: d
owners: {{d: {{title: D}}}}
variables: {{a: {{label: A, unit: orang}}}}
sources: {{s: {{title: S, file: s.csv, period: t, numbers: en}}}}
records: {{r: {{label: R, source: s, key: k, fields: {{nilai: {{label: N, unit: rupiah}}}}}}}}
formulas: {{f: {{parameters: [p], body: "{body}"}}}}
indicators: {{x: {{name: X, formula: "{formula}", unit: orang}}}}
"""


def unknown(body: str, formula: str = "a") -> list[tuple[str, str]]:
    engine = Engine.from_text(TEXT.format(body=body, formula=formula), discover=False)
    found = [d for d in engine.diagnostics if d.code == "IKU206"]
    return [(d.subject, d.location.text if d.location else "") for d in found]


def test_an_unknown_name_is_found_in_the_body() -> None:
    ((name, line),) = unknown("p + nosuch")
    assert name == "nosuch"
    assert "body" in line


def test_it_is_named_once_where_an_indicator_calls_the_formula() -> None:
    assert len(unknown("p + nosuch", "f(a)")) == 1


@pytest.mark.parametrize("body", ["p + a", "p / nilai", "sum(r.nilai where nilai > p)"])
def test_parameters_and_what_the_catalog_declares_are_known(body: str) -> None:
    assert unknown(body) == []
