"""`iku compute --manifest` and `iku verify`: what is written, shown, refused, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.building import CATALOG, DATA, catalog, iku


def recorded(folder: Path) -> Path:
    """The manifest of a catalog, beside its definitions."""
    done = iku("compute", catalog(folder), "--manifest", folder / "run.json", "--format", "csv")
    assert done.exit_code == 0, done.output
    return folder / "run.json"


def test_a_manifest_changes_nothing_about_the_results(tmp_path: Path) -> None:
    manifest = recorded(tmp_path / "a")
    plain = iku("compute", tmp_path / "a", "--format", "csv")
    again = iku("compute", tmp_path / "a", "--format", "csv", "--manifest", manifest)
    assert again.stdout == plain.stdout


def test_an_unchanged_catalog_verifies(tmp_path: Path) -> None:
    manifest = recorded(tmp_path)
    for arguments in ((manifest,), (manifest, tmp_path), (manifest, "--no-cache")):
        done = iku("verify", *arguments, "--lang", "en")
        assert (done.exit_code, done.output) == (0, "All 4 results came out the same again\n")


def test_a_changed_cell_is_shown_with_the_results_it_changed(tmp_path: Path) -> None:
    manifest = recorded(tmp_path)
    (tmp_path / "data" / "umkm.csv").write_text(DATA.replace("Sukau,12", "Sukau,13"))
    done = iku("verify", manifest, "--lang", "en")
    assert done.exit_code == 1
    assert done.stdout == (
        "2 results are the same, 2 differ, 0 are new, 0 are gone\n"
        "\n"
        "Results that differ:\n"
        "  jumlah 2020: 30 -> 31  [1]\n"
        "      achievement: 100 -> 103.33 (310/3)\n"
        "  pertumbuhan 2020: 25.00 -> 29.17  [1]\n"
        "      exact: 25 -> 175/6\n"
        "\n"
        "What changed behind them:\n"
        "  [1] figure umkm 2020 kecamatan=Sukau: 12 -> 13 (data/umkm.csv row 4, column jumlah)\n"
        "\n"
        "Files, plugins, versions and options that changed:\n"
        "  data file data/umkm.csv: other content\n"
    )
    assert "25,00 -> 29,17" in iku("verify", manifest).stdout


def test_json_has_both_results_and_the_causes(tmp_path: Path) -> None:
    manifest = recorded(tmp_path)
    (tmp_path / "iku.yaml").write_text(CATALOG.replace("2019: 20", "2019: 21"))
    done = iku("verify", manifest, "--format", "json")
    found = json.loads(done.stdout)
    (change,) = found["changes"]
    assert (found["reproduced"], found["same"], change["fields"]) == (
        False, 3, ["target", "achievement"],
    )  # fmt: skip
    assert (change["old"]["target"], change["new"]["target"]) == ("20", "21")
    assert change["causes"] == [
        {
            "kind": "definition",
            "subject": "indicator jumlah",
            "detail": "targets",
            "old": "{given: {2019: 20, 2020: 30}}",
            "new": "{given: {2019: 21, 2020: 30}}",
        }
    ]


def test_the_options_of_the_run_are_those_of_the_manifest(tmp_path: Path) -> None:
    folder = catalog(tmp_path)
    options = ("--periods", "2020", "--by", "kecamatan", "--indicator", "jumlah")
    iku("compute", folder, *options, "--as-of", "2021-06-30", "--manifest", folder / "run.json")
    done = iku("verify", folder / "run.json", "--lang", "en")
    assert done.output == "All 2 results came out the same again\n"
    other = iku("verify", folder / "run.json", "--lang", "en", "--as-of", "2022-01-01")
    assert other.exit_code == 0
    assert "as of: 2021-06-30 -> 2022-01-01" in other.output


def test_a_manifest_never_replaces_definitions_data_or_the_output(tmp_path: Path) -> None:
    folder = catalog(tmp_path)
    for name in ("data/umkm.csv", "iku.yaml", "baru.yaml"):
        assert iku("compute", folder, "--manifest", folder / name).exit_code == 2
    same = folder / "x.json"
    assert iku("compute", folder, "-o", same, "--manifest", same).exit_code == 2
    assert (folder / "data" / "umkm.csv").read_text() == DATA
    assert not (folder / "baru.yaml").exists()


def test_what_is_no_manifest_is_wrong_usage(tmp_path: Path) -> None:
    manifest = recorded(tmp_path)
    manifest.write_text('{"iku_manifest": 1}')
    done = iku("verify", manifest)
    assert done.exit_code == 2
    assert "run.json is no manifest that can be read: engine: Field required" in done.output
    assert iku("verify", tmp_path / "lain.json").exit_code == 2
    assert iku("verify", tmp_path).exit_code == 2


def test_a_path_in_a_manifest_is_not_followed(tmp_path: Path) -> None:
    manifest = recorded(tmp_path / "a")
    catalog(tmp_path / "b")
    for outside in ("../b", str(tmp_path / "b"), ".."):
        whole = json.loads(manifest.read_text())
        whole["catalog"] = outside
        manifest.write_text(json.dumps(whole))
        assert iku("verify", manifest).exit_code == 2


def test_a_hostile_manifest_does_not_steer_the_terminal(tmp_path: Path) -> None:
    manifest = recorded(tmp_path)
    text = manifest.read_text().replace('"jumlah", "2019"', '"jum\\u001b[2Jlah", "2019"')
    manifest.write_text(text)
    done = iku("verify", manifest)
    assert done.exit_code == 1
    assert "\x1b" not in done.output


def test_a_broken_catalog_says_why_results_differ(tmp_path: Path) -> None:
    manifest = recorded(tmp_path)
    (tmp_path / "iku.yaml").write_text(CATALOG.replace("formula: umkm\n", "formula: umkmm\n"))
    done = iku("verify", manifest)
    assert done.exit_code == 1
    assert "IKU206" in done.stderr
