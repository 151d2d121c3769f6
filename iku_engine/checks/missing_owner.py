"""IKU610: a plan node without an owner among nodes of its level that have one.

Only where at least three of four nodes of the level have one.
"""

from __future__ import annotations

from collections.abc import Iterator

from iku_engine.catalog.model import Level
from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.checks.words import is_practice
from iku_engine.codes import Severity
from iku_engine.diagnostics import Diagnostic


def _find(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    for level in Level:
        nodes = [node for node in checked.catalog.plan.values() if node.level is level]
        lacking = [node for node in nodes if not node.owner]
        if is_practice(lacking, nodes):
            for node in lacking:
                message = f"`{node.id}` names no owner, and the others of its level do"
                help_ = "name the position that answers for it"
                yield Diagnostic("IKU610", message, node.location, help_, node.id)


MISSING_OWNER = Rule(
    code="IKU610",
    name="missing_owner",
    title="a plan node without an owner",
    title_id="simpul rencana tanpa penanggung jawab",
    find=_find,
    severity=Severity.HINT,
)
