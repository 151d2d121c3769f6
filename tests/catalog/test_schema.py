"""The JSON Schema of definitions: what editors check files with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from ruamel.yaml import YAML

from iku_engine.catalog import forms
from iku_engine.catalog.from_mapping import tree_of
from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import to_plain
from iku_engine.catalog.schema_examples import EXAMPLES
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


def test_every_field_has_examples_and_every_example_a_field() -> None:
    written = {name: set(fields) for name, fields in EXAMPLES.items()}
    every = [form for form in vars(forms).values() if isinstance(form, type)]
    known = {
        form.__name__: set(form.model_fields)
        for form in every
        if issubclass(form, forms.Form) and form not in (forms.Form, forms.HeaderForm)
    }
    assert written == known
    assert all(values for fields in EXAMPLES.values() for values in fields.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_read_and_fits_the_schema(name: str) -> None:
    form = getattr(forms, name)
    schema: dict[str, Any] = definition_schema()
    definitions = schema["$defs"]
    below = schema if name == "DefinitionFile" else definitions[name]
    for field, examples in EXAMPLES[name].items():
        rule = {**below["properties"][field], "$defs": definitions}
        for example in examples:
            assert Draft202012Validator(rule).is_valid(example), (name, field, example)
            found = tree_of({field: example}, Mistakes(""))
            assert found.root is not None
            plain = to_plain(found.root)
            wrong = refusals(form, plain)
            assert not [one for one in wrong if one[0] == field], (name, field, wrong)


def refusals(form: type[forms.Form], plain: object) -> list[tuple[int | str, ...]]:
    try:
        form.model_validate(plain)
    except ValidationError as invalid:
        return [one["loc"] for one in invalid.errors() if one["type"] != "missing"]
    return []


def test_every_choice_is_an_enumeration() -> None:
    text = schema_text()
    for word in ("higher", "sum", "id", "refuse", "number", "displayed", "achievement", "en"):
        assert f'"{word}"' in text


@pytest.mark.parametrize("text", ["80 <= x <= 90", "x >= 80.5", "x<-3", "x = 0", " x > 1 "])
def test_a_range_that_is_read_fits_the_schema(text: str) -> None:
    definition = {"iku": 1, "scales": {"s": {"bands": [{"label": "L", "range": text}]}}}
    assert Draft202012Validator(definition_schema()).is_valid(definition)
