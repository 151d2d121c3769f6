"""What changed between two runs is named at exactly the results that it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from iku_engine.results.verification import Difference
from tests.results.manifests import DATA, DEFINITIONS, catalog, changed, inputs, kept, opened

PLUGIN = """\
from iku_engine.formulas.model import Formula, FormulaExample, Parameter
from iku_engine.hooks import hookimpl

@hookimpl
def iku_formulas():
    x = Parameter("x", "an expression")
    return [Formula("ganda", "twice", "dua kali", "twice", (x,), "x * 2", "", ())]
"""
CALLED = DEFINITIONS.replace("formula: umkm\n", "formula: ganda(umkm)\n")


def agency(folder: Path, text: str = PLUGIN) -> Path:
    """A plugin called `agency`; a folder of its own makes it a module of its own."""
    folder.mkdir()
    (folder / "agency.py").write_text(text, encoding="utf-8")
    return folder / "agency.py"


def edited(old: str, new: str) -> str:
    assert old in DEFINITIONS
    return DEFINITIONS.replace(old, new)


def test_nothing_changed(tmp_path: Path) -> None:
    folder = catalog(tmp_path)
    manifest = kept(folder, by=("kecamatan",))
    found = opened(folder).verify(manifest)
    assert (found.same, found.changes, found.inputs) == (len(manifest.results), (), ())


def test_a_cell_is_named_at_the_results_made_from_it(tmp_path: Path) -> None:
    manifest = kept(catalog(tmp_path))
    folder = catalog(tmp_path, data=DATA.replace("2020,Sukau,12,", "2020,Sukau,13,"))
    found = opened(folder).verify(manifest)
    cell = {"figure umkm 2020 kecamatan=Sukau"}
    assert changed(found) == {
        "jumlah 2020": cell,
        "pertumbuhan 2020": cell,
        "pertumbuhan 2021": cell,
        "keaktifan 2020": cell,
        "selisih 2020": cell,
        "selisih 2021": cell,
    }
    (first, *_) = found.changes
    (cause,) = first.causes
    assert (cause.old, cause.new) == ("12", "13")
    assert cause.detail == "data/umkm.csv row 4, column jumlah"
    assert first.old is not None
    assert first.new is not None
    assert (first.old.says["exact"], first.new.says["exact"]) == ("30", "31")
    assert first.fields == ("exact", "actual", "achievement")
    assert inputs(found) == {"data_file data/umkm.csv"}


def test_a_mark_on_a_figure_is_a_change_of_its_quality(tmp_path: Path) -> None:
    manifest = kept(catalog(tmp_path))
    folder = catalog(tmp_path, data=DATA.replace("2019,Sukau,10,", "2019,Sukau,10*,"))
    (first, *_) = opened(folder).verify(manifest).changes
    assert first.fields == ("quality",)
    assert [(cause.old, cause.new) for cause in first.causes] == [("10", "10*")]


def test_a_blank_and_a_new_row_are_told_apart(tmp_path: Path) -> None:
    manifest = kept(catalog(tmp_path))
    blank = catalog(tmp_path, data=DATA.replace("2021,Sukau,15,", "2021,Sukau,-,"))
    causes = opened(blank).verify(manifest).changes[0].causes
    assert [(cause.old, cause.new) for cause in causes] == [("15", "-")]
    longer = catalog(tmp_path, data=DATA + "2021,Liwa,1,1,2022-01-15\n")
    found = opened(longer).verify(manifest)
    newest = next(each for each in found.changes if each.result.key == ("jumlah", "2021", ()))
    assert [(cause.subject, cause.old, cause.new) for cause in newest.causes] == [
        ("umkm 2021 kecamatan=Liwa", None, "1")
    ]
    assert changed(found)["jumlah 2019"] == {"data_file data/umkm.csv"}


def test_a_row_that_moved_changes_nothing(tmp_path: Path) -> None:
    manifest = kept(catalog(tmp_path))
    header, first, *others = DATA.splitlines(keepends=True)
    folder = catalog(tmp_path, data="".join([header, *others, first]))
    found = opened(folder).verify(manifest)
    assert found.is_reproduced
    assert inputs(found) == {"data_file data/umkm.csv"}


YEARS = (2019, 2020, 2021)
JUMLAH = tuple(f"jumlah {year}" for year in YEARS)
KEAKTIFAN = tuple(f"keaktifan {year}" for year in YEARS)
SELISIH = ("selisih 2020", "selisih 2021")

# a change of the definitions, its one cause, and the results that differ by it
CHANGES_OF_DEFINITIONS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "a target": (
        edited("2020: 30", "2020: 31"),
        "indicator jumlah targets",
        ("jumlah 2020",),
    ),
    "a rule of targets": (
        edited("target[t-1] + 1", "target[t-1] + 2"),
        "indicator keaktifan targets",
        KEAKTIFAN[1:],
    ),
    "a formula": (
        edited("formula: umkm\n", "formula: umkm + 1\n"),
        "indicator jumlah formula",
        JUMLAH,
    ),
    "a named formula, through another indicator": (
        edited("body: x / y * 100%", "body: (x + 1) / y * 100%"),
        "formula bagian body",
        (*KEAKTIFAN, *SELISIH),
    ),
    "the decimals": (
        edited("decimals: 0", "decimals: 1"),
        "indicator jumlah decimals",
        JUMLAH,
    ),
    "how figures are rolled up": (
        edited("source: umkm, column: jumlah", "source: umkm, column: jumlah, rollup: mean"),
        "variable umkm rollup",
        (*JUMLAH, *KEAKTIFAN, *SELISIH),
    ),
    "the achievement method": (
        edited("targets: {2019: 20", "achievement: inverse_ratio\n    targets: {2019: 20"),
        "indicator jumlah achievement",
        ("jumlah 2019", "jumlah 2021"),
    ),
    "labels, and a formula that means the same": (
        edited("formula: bagian(aktif, umkm)", "formula: share(aktif, umkm)")
        .replace("label: Jumlah UMKM", "label: UMKM seluruhnya")
        .replace("name: Jumlah UMKM\n", "name: Banyaknya\n"),
        "",
        (),
    ),
}


@pytest.mark.parametrize("change", CHANGES_OF_DEFINITIONS)
def test_a_change_of_definitions_is_named(change: str, tmp_path: Path) -> None:
    definitions, cause, results = CHANGES_OF_DEFINITIONS[change]
    manifest = kept(catalog(tmp_path))
    found = opened(catalog(tmp_path, definitions)).verify(manifest)
    assert changed(found) == {result: {f"definition {cause}"} for result in results}
    assert inputs(found) == {"definition_file iku.yaml"}


def test_added_and_removed_indicators_are_named(tmp_path: Path) -> None:
    short = catalog(tmp_path / "pendek")
    further = "  baru: {name: Baru, formula: 2 * aktif, unit: UMKM}\n"
    long = catalog(tmp_path / "panjang", DEFINITIONS + further)
    added = opened(long).verify(kept(short))
    assert {change.difference for change in added.changes} == {Difference.ADDED}
    assert changed(added) == {f"baru {year}": {"definition indicator baru"} for year in YEARS}
    removed = opened(short).verify(kept(long))
    assert {change.difference for change in removed.changes} == {Difference.REMOVED}
    assert changed(removed) == changed(added)


def test_only_the_indicators_asked_for_are_computed_again(tmp_path: Path) -> None:
    folder = catalog(tmp_path)
    manifest = opened(folder).manifest("2020", indicators=["jumlah", "keaktifan"])
    gone = DEFINITIONS.replace("  jumlah:\n", "  banyaknya:\n")
    found = opened(catalog(tmp_path, gone)).verify(manifest)
    assert found.same == 1
    assert changed(found) == {"jumlah 2020": {"definition indicator jumlah"}}


def test_a_renamed_file_changes_no_result(tmp_path: Path) -> None:
    manifest = kept(catalog(tmp_path))
    folder = catalog(tmp_path, edited("data/umkm.csv", "data/rekap.csv"))
    (folder / "data" / "umkm.csv").rename(folder / "data" / "rekap.csv")
    (folder / "iku.yaml").rename(folder / "utama.yaml")
    found = opened(folder).verify(manifest)
    assert found.is_reproduced
    (renamed,) = [cause for cause in found.inputs if cause.kind == "renamed"]
    assert (renamed.old, renamed.new) == ("data/umkm.csv", "data/rekap.csv")
    assert inputs(found) == {
        "renamed data/umkm.csv", "definition_file iku.yaml", "definition_file utama.yaml",
    }  # fmt: skip


def test_a_renamed_file_is_not_blamed_for_a_changed_target(tmp_path: Path) -> None:
    manifest = kept(catalog(tmp_path))
    folder = catalog(
        tmp_path, edited("data/umkm.csv", "data/rekap.csv").replace("2020: 30", "2020: 9")
    )
    (folder / "data" / "umkm.csv").rename(folder / "data" / "rekap.csv")
    found = opened(folder).verify(manifest)
    assert changed(found) == {"jumlah 2020": {"definition indicator jumlah targets"}}


def test_a_file_that_is_gone_stands_for_its_figures(tmp_path: Path) -> None:
    manifest = kept(catalog(tmp_path))
    (tmp_path / "data" / "umkm.csv").unlink()
    found = opened(tmp_path).verify(manifest)
    assert {cause for causes in changed(found).values() for cause in causes} == {
        "data_file data/umkm.csv"
    }


def test_another_day_is_named(tmp_path: Path) -> None:
    folder = catalog(tmp_path)
    manifest = kept(folder)
    found = opened(folder, as_of="2021-06-30").verify(manifest)
    assert "jumlah 2021" in changed(found)
    assert all("as_of" in causes for causes in changed(found).values())
    assert inputs(found) == {"as_of"}
    back = opened(folder, as_of="2021-06-30")
    assert back.verify(back.manifest()).is_reproduced


def test_the_formula_of_a_plugin_is_named_with_the_plugin(tmp_path: Path) -> None:
    before = agency(tmp_path / "satu")
    after = agency(tmp_path / "dua", PLUGIN.replace("x * 2", "x * 3"))
    folder = catalog(tmp_path / "katalog", CALLED)
    found = opened(folder, plugins=(after,)).verify(kept(folder, plugins=(before,)))
    causes = {"definition formula ganda body", "plugin agency"}
    assert changed(found) == {f"jumlah {year}": causes for year in (2019, 2020, 2021)}
    assert inputs(found) == {"plugin agency"}


def test_a_plugin_that_was_reworded_changes_no_result(tmp_path: Path) -> None:
    before = agency(tmp_path / "satu")
    after = agency(tmp_path / "dua", PLUGIN + "# a comment\n")
    folder = catalog(tmp_path / "katalog", CALLED)
    found = opened(folder, plugins=(after,)).verify(kept(folder, plugins=(before,)))
    assert found.is_reproduced
    assert inputs(found) == {"plugin agency"}


def test_a_plugin_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = catalog(tmp_path / "katalog", CALLED)
    manifest = kept(folder, plugins=(agency(tmp_path / "satu"),))
    found = opened(folder).verify(manifest)
    causes = {"definition formula ganda", "plugin agency"}
    assert changed(found)["jumlah 2019"] >= causes


def test_results_that_differ_for_no_recorded_reason_say_so(tmp_path: Path) -> None:
    folder = catalog(tmp_path)
    manifest = kept(folder)
    manifest.results[0].says["exact"] = "1"  # type: ignore[index]
    assert changed(opened(folder).verify(manifest)) == {"jumlah 2019": {"nothing"}}


def test_a_dimension_that_is_gone_is_named(tmp_path: Path) -> None:
    manifest = kept(catalog(tmp_path), by=("kecamatan",))
    folder = catalog(
        tmp_path,
        DEFINITIONS.replace("dimensions: [kecamatan], ", "").replace(
            "dimensions:\n  kecamatan: {label: Kecamatan}\n", ""
        ),
        "tahun,jumlah,aktif,terbit\n2019,24,13,2020-01-15\n",
    )
    found = opened(folder).verify(manifest)
    assert all("by" in causes for causes in changed(found).values())
    assert found.count(Difference.REMOVED) == len(manifest.results)
