"""The forms -> JSON Schema, for editors that complete and check definition files.

The schema accepts what an ordinary YAML 1.2 reader makes of a valid file: figures and years as
numbers, `true` as a truth value, an empty field as null.
"""

from __future__ import annotations

import json

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DictSchema

from iku_engine.catalog.forms import DefinitionFile
from iku_engine.catalog.schema_examples import EXAMPLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _WithKeys(GenerateJsonSchema):
    """Says of every mapping what its keys look like: identifiers, periods."""

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        values = super().dict_schema(schema)
        keys = schema.get("keys_schema")
        pattern = self.generate_inner(keys).get("pattern") if keys else None
        return {**values, "propertyNames": {"pattern": pattern}} if pattern else values


def definition_schema() -> dict[str, object]:
    """JSON Schema 2020-12 of a definition file, every field with its description and examples."""
    schema = DefinitionFile.model_json_schema(mode="validation", schema_generator=_WithKeys)
    schema["title"] = "iku-engine definition file"
    for name, form in {**schema["$defs"], "DefinitionFile": schema}.items():
        for field, value in form["properties"].items():
            value["examples"] = list(EXAMPLES[name][field])
    return {"$schema": DIALECT, **schema}


def schema_text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(definition_schema(), indent=2, ensure_ascii=False) + "\n"
