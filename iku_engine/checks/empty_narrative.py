"""IKU617: an achievement report that leaves obstacles or follow-up empty.

The form asks for them. They are missed where a node at the end of the plan came to less than
100 % of its output or spent less than three quarters of its budget, and neither the node, nor one
above it, nor the document has the text. One finding a text, with the nodes that call for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from iku_engine.catalog.model import Document, PlanNode
from iku_engine.checks.model import CheckedCatalog, Needs, Rule
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic
from iku_engine.results.plan import NodeResult

_FORM = "laporan-capaian"
_DONE, _SPENT = Fraction(100), Fraction(75)
_SHOWN = 5


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    document = checked.catalog.document
    if document is None or document.form != _FORM:
        return
    for field, what in (("obstacles", "obstacles"), ("follow_up", "follow-up")):
        if getattr(document, field).strip():
            continue
        calling = dict.fromkeys(
            result.node.id
            for result in checked.plan or ()
            if result.node is not None
            and not checked.children.get(result.node.id)
            and _falls_short(result)
            and not _is_told(checked, result.node, field)
        )
        if calling:
            yield _finding(document, what, list(calling))


def _finding(document: Document, what: str, calling: list[str]) -> Diagnostic:
    shown = ", ".join(f"`{id_}`" for id_ in calling[:_SHOWN])
    more = f" and {len(calling) - _SHOWN} more" if len(calling) > _SHOWN else ""
    message = f"the report leaves the {what} empty, and {shown}{more} fell short"
    help_ = "write them for the document or for each of these nodes"
    return Diagnostic("IKU617", message, document.location, help_)


def _falls_short(result: NodeResult) -> bool:
    output, absorption = result.output.value, result.absorption.value
    return (output is not None and output < _DONE) or (
        absorption is not None and absorption < _SPENT
    )


def _is_told(checked: CheckedCatalog, node: PlanNode, field: str) -> bool:
    return any(getattr(one, field).strip() for one in (node, *checked.nodes_above(node.id)))


EMPTY_NARRATIVE = Rule(
    code="IKU617",
    name="empty_narrative",
    title="obstacles or follow-up left empty in an achievement report",
    title_id="permasalahan atau tindak lanjut kosong dalam laporan capaian",
    find=_find,
    severity=Severity.HINT,
    needs=Needs.PLAN,
)
