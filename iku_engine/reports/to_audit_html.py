"""An audit -> a page: each printed figure beside the recomputed one, with what may explain it."""

from __future__ import annotations

from iku_engine.audit.model import Audit, AuditedCell, Verdict
from iku_engine.reports.audit_words import AuditWords
from iku_engine.reports.forms.to_html import sheet
from iku_engine.reports.html import Html, element, joined, page
from iku_engine.reports.labels import label
from iku_engine.reports.to_audit import summary_line

_SHARES = {  # of the width of the page, in percent
    "place": 24,
    "column": 10,
    "period": 7,
    "printed": 12,
    "recomputed": 12,
    "verdict": 9,
    "explanation": 20,
    "origin": 6,
}
_FIGURES = ("printed", "recomputed")


def to_audit_html(audit: Audit, words: AuditWords, *, every: bool = False) -> str:
    """The cells that are not reproduced, or every cell, under the counts of all."""
    shown = [cell for cell in audit if every or cell.verdict is not Verdict.REPRODUCED]
    document = words.catalog.document
    title = label("audit.title", words.language)
    named = f"{title}: {document.title}" if document and document.title else title
    body = [element("h1", named), element("p", summary_line(audit, words))]
    if shown:
        body.append(_table(shown, words, title))
    widths = "".join(f"col.{key} {{ width: {share}%; }}\n" for key, share in _SHARES.items())
    return page(named, joined(*body), sheet() + widths, words.language.value)


def _table(cells: list[AuditedCell], words: AuditWords, caption: str) -> Html:
    heads = [
        element("th", label(f"audit.{key}", words.language), attributes={"scope": "col"})
        for key in _SHARES
    ]
    rows = [_row(cell, words) for cell in cells]
    return element(
        "table",
        element("caption", caption),
        element("colgroup", *[element("col", attributes={"class": key}) for key in _SHARES]),
        element("thead", element("tr", *heads)),
        element("tbody", joined(*rows)),
    )


def _row(cell: AuditedCell, words: AuditWords) -> Html:
    printed = cell.printed
    texts = {
        "place": words.place(printed.place),
        "column": label(f"audit.column.{printed.column.value}", words.language),
        "period": str(printed.period),
        "printed": printed.text or "-",
        "recomputed": words.figure(printed, cell),
        "verdict": label(f"audit.verdict.{cell.verdict.value}", words.language),
        "explanation": "\n".join(words.explained(cell)),
        "origin": printed.origin,
    }
    cells = [
        element("td", text, attributes={"class": "figure" if key in _FIGURES else key})
        for key, text in texts.items()
    ]
    return element("tr", *cells, attributes={"class": cell.verdict.value})
