"""The catalogs of documents hold every figure their documents print, once and equal.

The transcriptions in `data/` were read from the documents row by row; the catalogs are compared
with them without the engine.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.definitions.reading import (
    DEFINITIONS,
    Row,
    by_id,
    read_csv,
    read_yaml,
    section,
    text,
    transcription,
)

REPORT = DEFINITIONS / "buleleng_2023"
ACTIONS_2021 = DEFINITIONS / "buleleng_2021"
ACTIONS_2024 = DEFINITIONS / "rencana_aksi_2024"
LETTERS = {"program": "p", "kegiatan": "k", "sub_kegiatan": "s"}
MONTHS = tuple(f"2021-{month:02}" for month in range(1, 13))
QUARTERS = tuple(f"2024-Q{quarter}" for quarter in range(1, 5))
_OFFICIAL = re.compile(r"\bNIP\b|\b\d{8} \d{6} \d \d{3}\b|\b(Drs|Dra|Ir)\. |M\.Si|S\.E\b")


def table(catalog: Path, name: str) -> dict[str, Row]:
    return by_id(read_csv(catalog / name))


def place_of(row: Row) -> str:
    """The id of the node a row of the report belongs to, from its code."""
    code = "2.17.01" if row["code"] == "2.17.1" else row["code"]
    return "total" if row["level"] == "total" else LETTERS[row["level"]] + code.replace(".", "_")


def report_rows() -> list[Row]:
    rows = transcription("buleleng_2023")
    levels = Counter(row["level"] for row in rows)
    assert levels == {"program": 15, "kegiatan": 21, "sub_kegiatan": 86, "total": 1}
    return rows


def first_rows() -> dict[str, Row]:
    """The row that opens each node, which holds its money and percentages."""
    found: dict[str, Row] = {}
    for row in report_rows():
        found.setdefault(place_of(row), row)
    return found


def test_the_report_has_its_nodes_in_the_order_of_the_document() -> None:
    plan = table(REPORT, "capaian.plan.csv")
    document = {place: row for place, row in first_rows().items() if place != "total"}
    assert list(plan) == list(document)
    assert Counter(node["level"] for node in plan.values()) == {
        "program": 15,
        "kegiatan": 21,
        "sub_kegiatan": 39,
    }
    for place, row in document.items():
        node = plan[place]
        assert (node["code"], node["no"], node["name"]) == (row["code"], row["no"], row["name"])
        above = row["number"].rpartition(".")[0]
        parent = document[node["parent"]]["number"] if node["parent"] else ""
        assert parent == above


def test_the_report_has_its_lines_with_unit_target_and_actual() -> None:
    lines = table(REPORT, "capaian.indicators.csv")
    actuals = {row["variabel"]: row for row in read_csv(REPORT / "data" / "realisasi.csv")}
    document = [row for row in report_rows() if row["level"] != "total"]
    assert list(lines) == [f"{place_of(row)}_{row['row']}" for row in document]
    assert list(actuals) == [f"r_{line}" for line in lines]
    for line, row in zip(lines.values(), document, strict=True):
        assert line["name"] == row["indicator"]
        assert line["unit"] == (row["unit"] or "-")
        assert line["target 2023"] == row["target"]
        assert line["node"] == place_of(row)
        assert line["counted"] == ("" if row["level"] == "sub_kegiatan" else "false")
        actual = actuals[f"r_{line['id']}"]
        assert (actual["nilai"], actual["baris"]) == (row["actual"], row["line"])
        assert line["note"].startswith(f"baris {row['line']}")


def test_the_report_has_every_budget_once_in_the_plan_or_in_the_print() -> None:
    plan = table(REPORT, "capaian.plan.csv")
    printed = printed_cells(REPORT)
    for place, row in first_rows().items():
        declared = plan.get(place, {})
        for column in ("budget", "spent"):
            inside = declared.get(f"{column} 2023", "")
            beside = printed.pop((place, column, "2023"), "")
            assert sorted((inside, beside)) == ["", row[column]]
    assert not [cell for cell in printed if cell[1] in ("budget", "spent")]


def test_the_report_prints_every_percentage_once() -> None:
    printed = printed_cells(REPORT)
    expected: dict[tuple[str, str, str], str] = {}
    for row in report_rows():
        place = place_of(row)
        if row["level"] == "total":
            expected[place, "average", "2023"] = row["average"]
        if row["absorption"]:
            expected[place, "absorption", "2023"] = row["absorption"]
        if row["output"]:
            expected[place, "output", "2023"] = row["output"]
        if row["achievement"]:
            expected[f"{place}_{row['row']}", "achievement", "2023"] = row["achievement"]
    found = {cell: figure for cell, figure in printed.items() if cell[1] not in ("budget", "spent")}
    assert found == expected
    # 75 nodes and the total have an absorption, one of them a dash; two lines print no percentage.
    assert Counter(column for _, column, _ in expected) == {
        "absorption": 76,
        "output": 47,
        "achievement": 84,
        "average": 1,
    }


def printed_cells(catalog: Path) -> dict[tuple[str, str, str], str]:
    rows = read_csv(catalog / "printed.csv")
    found = {(row["place"], row["column"], row["period"]): row["printed"] for row in rows}
    assert len(found) == len(rows)
    assert all(row["origin"] for row in rows)
    return found


def test_the_plan_of_2024_has_its_tree_in_the_order_of_the_document() -> None:
    document = transcription("rencana_aksi_2024")
    plan = list(table(ACTIONS_2024, "rencana_aksi.plan.csv").values())
    assert len(document) == 101
    ids = {row["node"]: node["id"] for row, node in zip(document, plan, strict=True)}
    for row, node in zip(document, plan, strict=True):
        assert node["level"] == row["level"].removesuffix("_strategis")
        assert node["name"] == (row["name"] or "(uraian tidak tercetak)")
        assert node["parent"] == (ids[row["parent"]] if row["parent"] else "")
        assert node["note"].startswith(f"baris {row['line']}")


def test_the_plan_of_2024_has_every_target_and_position() -> None:
    document = transcription("rencana_aksi_2024")
    lines = table(ACTIONS_2024, "rencana_aksi.indicators.csv")
    nodes = list(table(ACTIONS_2024, "rencana_aksi.plan.csv"))
    titles = titles_of(ACTIONS_2024)
    for node, line, row in zip(nodes, lines.values(), document, strict=True):
        assert line["node"] == node
        assert (line["name"], line["unit"]) == (row["indicator"], row["unit"] or "-")
        assert titles.get(line["owner"], "").lower() == row["owner"].lower()
        for number, quarter in enumerate(QUARTERS, 1):
            printed = row[f"tw{number}"]
            assert line[f"target {quarter}"] == {"--": "-", "54.54": "54,54"}.get(printed, printed)


def titles_of(catalog: Path) -> dict[str, str]:
    owners = section(read_yaml(catalog / "iku.yaml"), "owners")
    return {name: text(node, "title") for name, node in owners.items() if name != "dinas"}


def rows_of(part: str) -> list[Row]:
    return [row for row in transcription("buleleng_2021") if row["part"] == part]


def figure_of(cell: str) -> str:
    """The figure of a printed cell without its unit; none where only the unit can be read."""
    found = re.match(r"[\d.,]+|-$", cell)
    return found.group() if found else ""


def test_the_staff_table_of_2021_has_its_73_rows_with_every_target() -> None:
    document = rows_of("staff")
    lines = table(ACTIONS_2021, "staf.indicators.csv")
    titles = titles_of(ACTIONS_2021)
    assert len(document) == 73
    for line, row in zip(lines.values(), document, strict=True):
        assert (line["no"], line["objective"]) == (row["no"], row["objective"])
        assert line["name"] == (row["indicator"] or f"(baris tanpa uraian, baris {row['line']})")
        assert titles.get(line["owner"], "") == row["owner"]
        assert (
            line["unit"].lower() == (row["unit"].partition("|")[0] or "-")
            or row["beyond"]
            or ("berganti" in line["note"])
        )
        for number, month in enumerate(MONTHS, 1):
            assert line[f"target {month}"] == figure_of(row[f"m{number}"])


def test_the_staff_table_of_2021_notes_what_stands_beyond_its_twelve_months() -> None:
    lines = table(ACTIONS_2021, "staf.indicators.csv").values()
    beyond = [
        (line, row) for line, row in zip(lines, rows_of("staff"), strict=True) if row["beyond"]
    ]
    assert len(beyond) == 15
    for line, row in beyond:
        written = row["beyond"].replace(" value cells", " sel")
        assert written in line["note"]


def legible() -> list[Row]:
    found = [row for row in rows_of("eselon") if row["confidence"] in ("high", "medium")]
    assert len(found) == 18
    return found


def test_the_eselon_table_of_2021_has_every_target_of_its_legible_rows() -> None:
    lines = table(ACTIONS_2021, "eselon.indicators.csv")
    printed = printed_cells(ACTIONS_2021)
    others = iter(lines.values())
    spread_over_the_year = {
        ("191", "sasaran strategis"): "e1_1",
        ("242", "sasaran strategis"): "e4_1",
    }
    declared: list[Row] = [
        {"id": name} if name else next(others)
        for row in legible()
        for name in [spread_over_the_year.get((row["line"], row["level"]), "")]
    ]
    for line, row in zip(declared, legible(), strict=True):
        for number, month in enumerate(MONTHS, 1):
            given = line.get(f"target {month}", "")
            beside = printed.get((line["id"], "target", month), "")
            assert sorted((given, beside)) == sorted(("", row[f"m{number}"]))
    assert next(others, None) is None


def test_the_staff_table_of_2021_is_printed_with_the_units_of_its_cells() -> None:
    lines = table(ACTIONS_2021, "staf.indicators.csv")
    expected = {
        (line, "target", month): row[f"m{number}"]
        for line, row in zip(lines, rows_of("staff"), strict=True)
        for number, month in enumerate(MONTHS, 1)
        if figure_of(row[f"m{number}"]) not in ("", "-")
    }
    printed = printed_cells(ACTIONS_2021)
    assert {cell: text for cell, text in printed.items() if cell[0] in lines} == expected


def test_the_plan_of_2024_is_printed_as_its_cells_are() -> None:
    lines = table(ACTIONS_2024, "rencana_aksi.indicators.csv")
    expected = {
        (line, "target", quarter): row[f"tw{number}"]
        for line, row in zip(lines, transcription("rencana_aksi_2024"), strict=True)
        for number, quarter in enumerate(QUARTERS, 1)
        if row[f"tw{number}"] not in ("", "-", "--")
    }
    assert printed_cells(ACTIONS_2024) == expected


def test_the_eselon_table_of_2021_takes_no_money_from_rows_that_cannot_be_read() -> None:
    plan = table(ACTIONS_2021, "eselon.plan.csv")
    printed = [
        figure for cell, figure in printed_cells(ACTIONS_2021).items() if cell[1] == "budget"
    ]
    inside = [node["budget 2021"] for node in plan.values() if node["budget 2021"]]
    below = [row["budget"] for row in legible() if "sasaran" not in row["level"] and row["budget"]]
    assert sorted(inside + printed) == sorted(below)


@pytest.mark.parametrize("catalog", sorted(DEFINITIONS.iterdir()), ids=lambda path: path.name)
def test_no_catalog_names_an_official(catalog: Path) -> None:
    files = [*catalog.rglob("*.yaml"), *catalog.rglob("*.csv"), *catalog.rglob("*.md")]
    assert files
    named = [path.name for path in files if _OFFICIAL.search(path.read_text(encoding="utf-8"))]
    assert not named
