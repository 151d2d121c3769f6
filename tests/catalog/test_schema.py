"""The JSON Schema of definitions: what editors check files with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from iku_engine.catalog.to_schema import definition_schema, schema_text

ROOT = Path(__file__).parent.parent.parent
COMMITTED = ROOT / "schema" / "definition.schema.json"
RICH = ROOT / "tests" / "cases" / "catalog" / "rich.yaml"
SHIPPED = sorted((ROOT / "definitions").rglob("*.yaml"))


def as_an_editor_reads(file: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    """YAML 1.2 with JSON's keys, which are text."""
    return json.loads(json.dumps(YAML(typ="safe").load(file)))


def test_the_committed_schema_is_the_models_schema() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), (
        "write `schema_text()` to schema/definition.schema.json"
    )


def test_the_schema_is_valid_itself() -> None:
    Draft202012Validator.check_schema(definition_schema())


@pytest.mark.parametrize(
    "file", [RICH, *SHIPPED], ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_definitions_validate_as_an_ordinary_reader_sees_them(file: Path) -> None:
    errors = list(Draft202012Validator(definition_schema()).iter_errors(as_an_editor_reads(file)))
    assert errors == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"iku": 2},
        {"iku": 1, "indicatorz": {}},
        {"iku": 1, "variables": {"a": {"label": "A"}}},
        {"iku": 1, "variables": {"a b": {"label": "A", "unit": "x"}}},
        {"iku": 1, "variables": {"a": {"label": "A", "unit": "x", "rollup": "add"}}},
        {"iku": 1, "defaults": {"decimals": 13}},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(wrong: dict[str, object]) -> None:
    assert not Draft202012Validator(definition_schema()).is_valid(wrong)


def test_every_field_is_described() -> None:
    schema = definition_schema()
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    for name, form in {**definitions, "DefinitionFile": schema}.items():
        assert form["description"], name
        for field, value in form["properties"].items():
            assert value.get("description"), f"{name}.{field}"
