"""Definition text -> located, validated catalog, with every mistake as a diagnostic.

`nodes` and `located` read YAML into a tree that knows its places, `spoiled` finds what YAML
would spoil, `forms` and `leaves` say which fields there are, `shape` tells pydantic's findings
in our words, `from_tree`, `from_forms` and `indicators` make the records of `model`, `merge`
and `invariants` bring the files together, `from_yaml` holds the entry points.
"""
