"""Every shipped catalog validates against the committed schema, read by a YAML 1.2 reader."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schema" / "definition.schema.json"
FILES = sorted((ROOT / "definitions").rglob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shipped_definitions_validate(file: Path) -> None:
    definition = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(definition)))


def test_there_are_shipped_definitions() -> None:
    assert len(FILES) >= 11
