"""The shipped definitions hold what their documents print, checked without the engine."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from tests.definitions.reading import (
    DEFINITIONS,
    HERE,
    Node,
    Row,
    read_csv,
    read_yaml,
    section,
    text,
)

LAMPUNG_BARAT = DEFINITIONS / "lampung_barat"
TANIMBAR = DEFINITIONS / "kepulauan_tanimbar"
TARGET_YEARS = ("2018", "2019", "2020", "2021", "2022")


def declared_rows() -> list[Row]:
    """The indicators of Lampung Barat, in the order of the files, as the document's columns."""
    contents = [read_yaml(path) for path in sorted(LAMPUNG_BARAT.glob("*.yaml"))]
    titles = {
        owner: text(node, "title")
        for content in contents
        for owner, node in section(content, "owners").items()
    }
    rows = []
    for content in contents:
        for node in section(content, "indicators").values():
            owner = text(node, "owner") or text(content, "owner")
            targets = printed_targets(node)
            rows.append(
                {
                    "table": "IKU" if owner == "dinas" else "IKI",
                    "position": titles[owner],
                    "no": text(node, "no"),
                    "sasaran": text(node, "objective"),
                    "indikator": text(node, "name"),
                    "formulasi": text(node, "formulation"),
                    "unit": text(node, "unit"),
                    **{f"target_{year}": text(targets, year) for year in TARGET_YEARS},
                    "sumber_data": text(node, "data_source"),
                }
            )
            assert set(targets) <= set(TARGET_YEARS)
    return rows


def printed_targets(node: dict[str, Node]) -> dict[str, Node]:
    """The targets an indicator declares: all of them, or those that begin its rule of growth."""
    targets = node["targets"]
    assert isinstance(targets, dict)
    if "rule" not in targets:
        return targets
    start = targets["start"]
    assert isinstance(start, dict)
    return start


def indicators_in_order() -> list[str]:
    """The indicators of Lampung Barat, in the order of the files."""
    files = sorted(LAMPUNG_BARAT.glob("*.yaml"))
    return [name for path in files for name in section(read_yaml(path), "indicators")]


def test_lampung_barat_declares_the_rows_of_the_document_in_its_order() -> None:
    printed = read_csv(HERE / "data" / "lampung_barat.csv")
    assert Counter(row["table"] for row in printed) == {"IKU": 4, "IKI": 66}
    growing = [row for row in printed if "PDRB" in row["indikator"]]
    assert len(growing) == 4
    for row in growing:
        row.update(target_2021="", target_2022="")
    assert declared_rows() == printed


def test_lampung_barat_prints_every_target_once_as_in_the_document() -> None:
    document = read_csv(HERE / "data" / "lampung_barat.csv")
    figures = {
        (name, year): row[f"target_{year}"]
        for name, row in zip(indicators_in_order(), document, strict=True)
        for year in TARGET_YEARS
        if row[f"target_{year}"]
    }
    printed = read_csv(LAMPUNG_BARAT / "printed.csv")
    assert {row["column"] for row in printed} == {"target"}
    cells = {(row["place"], row["period"]): row["printed"] for row in printed}
    assert len(cells) == len(printed) == 345
    bare = {cell: figure.split()[0].rstrip("%") for cell, figure in cells.items()}
    assert {cell: Fraction(figure.replace(",", "")) for cell, figure in bare.items()} == {
        cell: Fraction(figure) for cell, figure in figures.items()
    }


def test_lampung_barat_gives_every_position_its_duty_and_functions() -> None:
    files = sorted(LAMPUNG_BARAT.glob("*.yaml"))
    owners = {
        name: node
        for path in files
        for name, node in section(read_yaml(path), "owners").items()
        if name != "dinas"
    }
    assert len(owners) == 21
    assert all(text(node, "duty") for node in owners.values())
    functions = {name: node["functions"] for name, node in owners.items()}
    assert {len(found) for found in functions.values()} == {2, 3, 4, 5}


def test_lampung_barat_asks_for_every_input_in_every_year() -> None:
    declared = {
        variable: text(node, "unit")
        for path in sorted(LAMPUNG_BARAT.glob("*.yaml"))
        for variable, node in section(read_yaml(path), "variables").items()
    }
    sheet = read_csv(LAMPUNG_BARAT / "data" / "isian.csv")
    years: dict[str, list[str]] = {}
    for row in sheet:
        years.setdefault(row["variabel"], []).append(row["periode"])
    assert {row["variabel"]: row["satuan"] for row in sheet} == declared
    growing = {name for name, asked in years.items() if asked == ["2017", *TARGET_YEARS]}
    assert growing == {"umkm", "koperasi", "produk_terfasilitasi", "produk_dipasarkan"}
    assert all(years[name] == list(TARGET_YEARS) for name in set(years) - growing)
    assert {row["nilai"] for row in sheet} == {""}


def industries() -> dict[str, dict[str, Node]]:
    dimension = section(read_yaml(TANIMBAR / "industri.yaml"), "dimensions")["industri"]
    return section(dimension, "members")


def test_industries_are_the_rows_of_the_table_by_number_and_name() -> None:
    printed = {row["no"]: row["uraian"] for row in read_csv(TANIMBAR / "data" / "pdrb.csv")}
    assert {number: text(node, "label") for number, node in industries().items()} == printed
    assert len(printed) == 64


def test_industries_with_a_letter_are_the_17_categories() -> None:
    lettered = {row["no"] for row in read_csv(TANIMBAR / "data" / "pdrb.csv") if row["kategori"]}
    categories = {no for no, node in industries().items() if text(node, "level") == "kategori"}
    assert categories == lettered
    assert len(categories) == 17


@pytest.mark.parametrize("year", ["2021", "2022", "2023", "2024", "2025"])
def test_industries_sum_to_their_parent_and_categories_to_the_total(year: str) -> None:
    output = {
        row["no"]: Fraction(row["adhb_juta"])
        for row in read_csv(TANIMBAR / "data" / "pdrb.csv")
        if row["tahun"] == year
    }
    parts: dict[str, Fraction] = {}
    for number, node in industries().items():
        whole = text(node, "parent") or ("" if "total" in node else "64")
        if whole:
            parts[whole] = parts.get(whole, Fraction(0)) + output[number]
    # The table was published with the noise of binary arithmetic in its last digits.
    assert {n: abs(parts[n] - output[n]) < output[n] / 10**12 for n in parts} == dict.fromkeys(
        parts, True
    )
    assert {"1", "2", "12", "17", "34", "39", "42", "49", "53", "64"} == set(parts)
