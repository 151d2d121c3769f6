"""Small workbooks written by hand: as zips of XML, so that they may be as bad as can be.

Examples of diagnostics write a workbook as text, each sheet under a line with its name:

    == Data
    tahun,jumlah
    2022,5
    == Catatan (hidden)
    belum diperiksa
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

_HEADING = re.compile(r"== (?P<name>.+?)(?P<hidden> \(hidden\))?")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    """A sheet with these rows, and what stands before and behind them."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(sheets: Mapping[str, str], hidden: Iterable[str] = ()) -> dict[str, bytes]:
    """The parts of a workbook of these sheets, each given as XML."""
    listed, related = "", ""
    found: dict[str, bytes] = {}
    for number, (name, xml) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="r{number}"/>'
        related += (
            f'<Relationship Id="r{number}" Type="{RELATIONS}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
        found[f"xl/worksheets/sheet{number}.xml"] = xml.encode()
    found["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    ).encode()
    found["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>'
    ).encode()
    found["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ).encode()
    found["[Content_Types].xml"] = f'<Types xmlns="{TYPES}"></Types>'.encode()
    return found


def zipped(found: Mapping[str, bytes]) -> bytes:
    """The parts as a file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in found.items():
            file.writestr(name, content)
    return made.getvalue()


def workbook(rows: str, after: str = "", before: str = "") -> bytes:
    """A workbook of the one sheet `Data`."""
    return zipped(parts({"Data": sheet_xml(rows, after, before)}))


def number_row(row: int, *figures: object) -> str:
    """A row of figures, from the column A on."""
    cells = "".join(
        f'<c r="{chr(65 + at)}{row}"><v>{figure}</v></c>' for at, figure in enumerate(figures)
    )
    return f'<row r="{row}">{cells}</row>'


def text_row(row: int, *texts: str) -> str:
    """A row of texts, from the column A on; an empty one leaves its cell out."""
    cells = "".join(
        f'<c r="{chr(65 + at)}{row}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for at, text in enumerate(texts)
        if text
    )
    return f'<row r="{row}">{cells}</row>'


def workbook_of(text: str) -> bytes:
    """The workbook that a text shows; figures are cells of numbers, the others of text."""
    sheets: dict[str, list[str]] = {}
    hidden = []
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line)
        if heading:
            sheets[heading["name"]] = []
            hidden += [heading["name"]] * bool(heading["hidden"])
        else:
            rows = sheets[next(reversed(sheets))]
            rows.append(_row(len(rows) + 1, line.split(",")))
    found = {name: sheet_xml("".join(rows)) for name, rows in sheets.items()}
    return zipped(parts(found, hidden))


def _row(number: int, cells: list[str]) -> str:
    coded = ""
    for at, cell in enumerate(cells):
        where = f"{chr(65 + at)}{number}"
        if _NUMBER.fullmatch(cell):
            coded += f'<c r="{where}"><v>{cell}</v></c>'
        elif cell:
            coded += f'<c r="{where}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<row r="{number}">{coded}</row>'
