"""The real table of a district: 17 categories, their parts, and the total, in one column."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine.catalog.model import Catalog, Dimension, Member
from iku_engine.diagnostics import Location
from iku_engine.places import place_of
from iku_engine.quantities import NumberFormat
from iku_engine.sources.from_files import read_data
from tests.sources.building import HERE, Folder, codes, source, variable

TABLE = Path(__file__).parents[2] / "definitions" / "kepulauan_tanimbar" / "data" / "pdrb.csv"
TOTAL = "64"
YEARS = range(2021, 2026)


def rows() -> list[dict[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def industries() -> Dimension:
    """The hierarchy as the order of the rows shows it: parts stand below their whole."""
    members: dict[str, Member] = {}
    category = division = ""
    for row in rows():
        name, label = row["no"], row["uraian"]
        if name in members:
            continue
        if name == TOTAL:
            members[name] = Member(name, label, HERE, total=True)
        elif row["kategori"]:
            category, division = name, ""
            members[name] = Member(name, label, HERE)
        elif label[1:3] == ". ":
            members[name] = Member(name, label, HERE, parent=division)
        else:
            division = name
            members[name] = Member(name, label, HERE, parent=category)
    return Dimension("industri", "Lapangan usaha", HERE, members)


def tanimbar(table: Path = TABLE) -> Catalog:
    industri = industries()
    pdrb = source(
        table.parent, table.name, numbers=NumberFormat.EN, dimensions={"industri": "no"},
        comment="#",
    )  # fmt: skip
    return Catalog(
        str(table.parent),
        sources={pdrb.id: pdrb},
        dimensions={"industri": industri},
        variables={
            "adhb": variable("adhb", "adhb_juta", "juta rupiah"),
            "harga": variable("harga", "indeks_implisit", "indeks"),
        },
    )


def test_every_cell_is_read_and_blank_deflators_are_missing() -> None:
    data = read_data(tanimbar())
    assert not data.diagnostics
    assert len(data.observations) == 2 * len(rows())
    for (name, period, place), found in data.observations.items():
        if found.value is None:
            assert name == "harga"
            assert data.observations["adhb", period, place].value == 0


@pytest.mark.parametrize("year", YEARS)
def test_the_categories_sum_to_the_printed_total(year: int) -> None:
    """No difference is reported, and the sum agrees with one made without the engine."""
    found = {
        dict(place)["industri"]: one.value
        for (name, period, place), one in read_data(tanimbar()).observations.items()
        if name == "adhb" and period.year == year and one.value is not None
    }
    categories = [row["no"] for row in rows() if row["kategori"] and row["tahun"] == str(year)]
    assert len(categories) == 17
    total = found[TOTAL]
    assert abs(sum((found[name] for name in categories), Fraction(0)) - total) <= total / 10**9


def test_a_changed_part_is_noticed_in_its_wholes(tmp_path: Path) -> None:
    text = TABLE.read_text(encoding="utf-8").replace("198680.12,", "198780.12,")
    (tmp_path / "pdrb.csv").write_text(text, encoding="utf-8")
    data = read_data(tanimbar(tmp_path / "pdrb.csv"))
    assert codes(data) == ["IKU408"]
    assert "`2` in 2021" in data.diagnostics[0].message
    assert isinstance(data.diagnostics[0].location, Location)


def test_origins_name_the_line_of_the_file() -> None:
    data = read_data(tanimbar())
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    for (name, period, place), found in data.observations.items():
        line = lines[found.origin.row - 1]
        assert line.startswith(dict(place)["industri"] + ",")
        assert f",{period}," in line
        assert name == "harga" or found.printed in line
    assert place_of({"industri": TOTAL}) in {place for _, _, place in data.observations}


def test_the_table_under_the_other_format_is_all_refused(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    data = folder.read(TABLE.read_bytes(), variable("a", "adhb_juta"), comment="#")
    assert {"IKU405", "IKU406"} >= set(codes(data))
