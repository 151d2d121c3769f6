"""The formulas that a catalog names, looked at by themselves: also those that nothing calls."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from iku_engine.algebra.invariants import check_tree
from iku_engine.algebra.model import Kind, Readable, Scope
from iku_engine.binding.read import Reader
from iku_engine.catalog.model import Catalog
from iku_engine.diagnostics import Diagnostic


def unknown_names(
    catalog: Catalog, reader: Reader, scope: Scope, named: Collection[str]
) -> Iterator[Diagnostic]:
    """Names in the bodies of formulas that are neither declared nor parameters (IKU206).

    `named` are those that some indicator has been told of already. A body may name the fields of
    records too: it may be meant to be called inside of them.
    """
    fields = {name: readable for row in scope.records.values() for name, readable in row.items()}
    for formula in catalog.formulas.values():
        _, expanded, _ = reader.read(formula.body)
        if expanded is None:
            continue  # why it cannot be read has been said
        parameters: Mapping[str, Readable] = {name: Readable() for name in formula.parameters}
        inside = replace(scope, series={**fields, **scope.series, **parameters})
        for found in check_tree(expanded, inside, formula.body, Kind.NUMBER):
            known = found.subject in parameters or found.subject in named
            if found.code == "IKU206" and not known:
                yield found
