"""What a valid definition file becomes."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest

from iku_engine.catalog.from_yaml import load_catalog, parse_catalog, read_catalog, read_text
from iku_engine.catalog.model import (
    Catalog,
    FieldKind,
    Polarity,
    RatedFigure,
    Rollup,
    Unknown,
)
from iku_engine.periods import Period
from iku_engine.quantities import NumberFormat
from iku_engine.scales import Graded

RICH = Path(__file__).parent.parent / "cases" / "catalog" / "rich.yaml"


@pytest.fixture(scope="module")
def rich() -> Catalog:
    catalog, diagnostics = load_catalog(RICH)
    assert diagnostics == ()
    return catalog


def test_periods_and_folder_come_from_the_file(rich: Catalog) -> None:
    assert rich.folder == str(RICH.parent)
    assert rich.periods == tuple(Period.of(year) for year in (2018, 2019, 2020))


def test_an_owner_knows_the_one_above_it(rich: Catalog) -> None:
    assert rich.owners["dinas"].parent == "kabupaten"


def test_a_source_says_how_its_file_is_read(rich: Catalog) -> None:
    source = rich.sources["isian"]
    assert (source.file.text, source.folder) == ("data/isian.csv", str(RICH.parent))
    assert (source.numbers, source.delimiter, source.comment) == (NumberFormat.ID, ";", "#")
    assert source.missing == ("-", "n/a")
    assert source.dimensions == {"kecamatan": "kecamatan"}
    assert rich.sources["neraca"].dimensions == {"kecamatan": "kec"}
    assert rich.sources["neraca"].missing == ("-", "--", "n/a", "n.a.")


def test_members_keep_their_codes_as_text(rich: Catalog) -> None:
    members = rich.dimensions["industri"].members
    assert list(members) == ["1", "1.a", "64"]
    assert members["1.a"].parent == "1"
    assert members["64"].total and not members["1"].total


def test_a_variable_takes_the_source_of_its_file(rich: Catalog) -> None:
    assert rich.variables["umkm"].source == "isian"
    aktif = rich.variables["aktif"]
    assert (aktif.source, aktif.column) == ("neraca", "jumlah_aktif")
    assert aktif.where == (("jenis", "aktif"),)
    assert aktif.rollup is Rollup.SUM


def test_a_record_field_is_a_column_or_computed(rich: Catalog) -> None:
    records = rich.records["koperasi"]
    assert records.unknown is Unknown.EXCLUDE
    assert records.fields["aset"].column == "aset"
    assert records.fields["predikat"].kind is FieldKind.TEXT
    computed = records.fields["rasio"]
    assert computed.column == "" and computed.formula is not None
    assert computed.formula.text == "share(modal, aset)"


def test_a_formula_has_examples_with_their_precision(rich: Catalog) -> None:
    first, second = rich.formulas["rasio_aktif"].examples
    assert (first.value, first.decimals) == (Fraction(50), 2)
    assert second.value == "missing"
    assert second.given == (("sebagian", None), ("jumlah", Fraction(10)))


def test_bands_are_sorted_and_keep_their_places(rich: Catalog) -> None:
    declared = rich.scales["kesehatan"]
    assert [band.label for band in declared.scale.bands] == ["Cukup", "Sehat"]
    assert declared.scale.on is Graded.DISPLAYED
    assert declared.bands[0].line == declared.bands[1].line + 1


def test_an_indicator_holds_the_promise_and_the_words_of_the_decree(rich: Catalog) -> None:
    indicator = rich.indicators["persentase_aktif"]
    assert (indicator.no, indicator.owner, indicator.decimals) == ("1", "kabupaten", 2)
    assert indicator.polarity is Polarity.HIGHER
    assert indicator.targets is not None
    assert indicator.targets.given == {
        Period.of(2018): Fraction(10),
        Period.of(2019): Fraction(21, 2),
    }
    assert indicator.targets.locations[Period.of(2019)].text.endswith('2020: "-"}')
    assert indicator.rating is not None and indicator.rating.of is RatedFigure.ACHIEVEMENT


def test_defaults_of_the_file_fill_what_an_indicator_leaves_out(rich: Catalog) -> None:
    indicator = rich.indicators["jumlah"]
    assert (indicator.owner, indicator.decimals, indicator.achievement) == ("dinas", 1, "ratio")
    assert indicator.targets is not None and indicator.targets.rule is not None
    assert indicator.targets.rule.text == "target[t-1] * 1.02"
    assert indicator.targets.round_to == 2


def test_a_sign_of_a_formula_is_found_in_the_file(rich: Catalog) -> None:
    plain = rich.indicators["persentase_aktif"].formula
    place = plain.at(12, 17)
    assert place.text[place.column - 1 :][: place.length] == "aktif"
    quoted = rich.records["koperasi"].fields["rasio"].formula
    assert quoted is not None
    place = quoted.at(6, 11)
    assert place.text[place.column - 1 :][: place.length] == "modal"
    block = rich.indicators["jumlah"].formula
    start = block.text.index("aktif")
    place = block.at(start, start + 5)
    assert place.text[place.column - 1 :][: place.length] == "aktif"
    assert place.line == block.location.line + 1


@pytest.mark.parametrize(
    "written", ['"a \\u002b b"', "a +\n      b", ">\n      a\n      + b", "'it''s'"]
)
def test_text_that_the_file_spells_differently_is_located_as_a_whole(written: str) -> None:
    text = f"iku: 1\nformulas:\n  f:\n    parameters: [a, b]\n    body: {written}\n"
    catalog, diagnostics = parse_catalog(text)
    assert diagnostics == ()
    body = catalog.formulas["f"].body
    assert not body.verbatim
    assert body.at(2, 3).line == 5


def test_every_scalar_is_text() -> None:
    text = """iku: 1
owner: d
owners: {d: {title: no}}
indicators:
  a: {no: 05.09, name: 0101, formula: 2018, unit: off, note: ~}
"""
    catalog, diagnostics = parse_catalog(text)
    assert diagnostics == ()
    indicator = catalog.indicators["a"]
    assert (indicator.no, indicator.name, indicator.unit) == ("05.09", "0101", "off")
    assert (indicator.formula.text, indicator.note) == ("2018", "~")
    assert catalog.owners["d"].title == "no"


def test_an_empty_field_is_an_absent_field() -> None:
    text = "iku: 1\nsources:\nvariables:\n  a: {label: A, unit: orang, note: }\n"
    catalog, diagnostics = parse_catalog(text)
    assert diagnostics == ()
    assert catalog.variables["a"].note == ""


def test_higher_is_better_is_measured_by_ratio() -> None:
    text = """iku: 1
owner: d
owners: {d: {title: D}}
indicators:
  a: {name: A, formula: x1, unit: orang, polarity: higher, targets: {2018: 1}}
  b: {name: B, formula: x1, unit: orang, polarity: lower}
"""
    catalog, diagnostics = parse_catalog(text)
    assert diagnostics == ()
    assert catalog.indicators["a"].achievement == "ratio"
    assert catalog.indicators["b"].achievement == ""


def test_files_of_a_folder_are_one_catalog(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "a.yaml").write_text("iku: 1\nowners: {d: {title: D, parent: e}}\n")
    (tmp_path / "b" / "c.yml").write_text("iku: 1\nowners: {e: {title: E}}\nperiods: 2018\n")
    (tmp_path / ".hidden" / "x.yaml").write_text("broken: [")
    (tmp_path / "notes.txt").write_text("not a definition")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "a.yaml")
    catalog, diagnostics = load_catalog(tmp_path)
    assert diagnostics == ()
    assert list(catalog.owners) == ["d", "e"]
    assert catalog.owners["e"].location.file == str(tmp_path / "b" / "c.yml")


def test_the_digest_follows_the_content(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("iku: 1\n")
    before = read_catalog(file).digest
    assert read_catalog(tmp_path).digest == before == read_catalog(file).digest
    file.write_text("iku: 1 \n")
    assert read_catalog(file).digest != before


def test_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rich.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + RICH.read_bytes().replace(b"\n", b"\r\n"))
    catalog, diagnostics = load_catalog(file)
    assert diagnostics == ()
    assert catalog.indicators["jumlah"].formula.text == "umkm\n  + aktif\n"
    assert catalog.indicators["jumlah"].formula.verbatim


def test_names_that_are_declared_but_unusable_are_known() -> None:
    text = "iku: 1\nvariables:\n  a: {label: A}\n  b: {label: B, unit: orang}\n"
    reading = read_text(text)
    assert reading.broken == {"variables": frozenset({"a"})}
    assert list(reading.catalog.variables) == ["b"]


def test_a_scale_of_a_plugin_can_be_referred_to() -> None:
    text = """iku: 1
owner: d
owners: {d: {title: D}}
indicators:
  a: {name: A, formula: x1, unit: orang, rating: {scale: of_a_plugin}}
"""
    assert [one.code for one in parse_catalog(text)[1]] == ["IKU108"]
    catalog, diagnostics = parse_catalog(text, scales=["of_a_plugin"])
    assert diagnostics == ()
    assert catalog.indicators["a"].rating is not None


def test_a_device_is_not_opened() -> None:
    if os.name == "posix":
        assert [one.code for one in load_catalog(Path("/dev/zero"))[1]] == ["IKU001"]
