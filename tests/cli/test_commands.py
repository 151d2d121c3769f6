"""Each command: what it prints where, and its exit code (0 done, 1 mistakes, 2 wrong usage)."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from iku_engine.cli import COMMANDS
from tests.cli.building import BROKEN, CATALOG, DATA, catalog, iku

TABLE = """\
Indikator         Satuan    2019                            2020
                          Target  Realisasi  Capaian (%)  Target  Realisasi  Capaian (%)
----------------  ------  ------  ---------  -----------  ------  ---------  -----------
Jumlah UMKM       UMKM        20         24       120,00      30         30       100,00
Pertumbuhan UMKM  %            -      - [1]            -       -      25,00            -

Keterangan:
  [1] belum ada data: Jumlah UMKM 2018
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return catalog(tmp_path / "baik")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return catalog(tmp_path / "rusak", BROKEN)


def test_the_table_goes_to_stdout(good: Path) -> None:
    done = iku("compute", good)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert done.stdout == TABLE


def test_the_table_follows_the_width_of_the_terminal(good: Path) -> None:
    wide, narrow = (iku("compute", good, columns=width).stdout for width in (200, 60))
    assert "Tahun" not in wide
    assert "Tahun" in narrow


def test_labels_and_figures_follow_the_language(good: Path) -> None:
    table = iku("compute", good, "--lang", "en").stdout
    assert "Actual" in table
    assert "25.00" in table
    assert "25,00" in iku("compute", good, "--lang", "en", "--locale", "id").stdout


def test_csv_and_json_have_the_same_rows(good: Path) -> None:
    text = iku("compute", good, "--format", "csv").stdout
    whole = json.loads(iku("compute", good, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [{k: v or None for k, v in row.items()} for row in rows] == whole["results"]
    assert rows[0]["actual"] == "24"


def test_the_locale_of_a_csv_is_for_spreadsheets(good: Path) -> None:
    text = iku("compute", good, "--format", "csv", "--locale", "id").stdout
    assert text.startswith("\ufeffindicator;")
    assert ";25,00;" in text


def test_periods_indicators_and_dimensions_are_picked(good: Path) -> None:
    arguments = ("--format", "csv", "--periods", "2020", "--indicator", "jumlah")
    rows = iku("compute", good, *arguments, "--by", "kecamatan").stdout.splitlines()
    assert len(rows) == 3
    assert rows[1].startswith("jumlah,dinas,2020,Sukau,UMKM,12,")


def test_mistakes_go_to_stderr_and_results_are_still_written(broken: Path) -> None:
    done = iku("compute", broken, "--format", "csv")
    assert done.exit_code == 1
    assert "jumlah,dinas,2019,UMKM,24," in done.stdout
    assert "IKU206" not in done.stdout
    assert done.stderr.startswith("IKU206 ")
    assert done.stderr.endswith("1 error\n")


def test_missing_results_are_results(good: Path) -> None:
    done = iku("compute", good, "--periods", "2030")
    assert done.exit_code == 0
    assert "[1] belum ada data: Jumlah UMKM" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("compute",),
        ("compute", "{none}"),
        ("compute", "{good}", "--periods", "20x"),
        ("compute", "{good}", "--periods", "2020..2019"),
        ("compute", "{good}", "--indicator", "jumlahh"),
        ("compute", "{good}", "--by", "desa"),
        ("compute", "{good}", "--format", "xml"),
        ("compute", "{good}", "--format", "json", "--locale", "id"),
        ("compute", "{good}", "--plugin", "{none}"),
        ("compute", "{good}", "--allow", "{none}"),
        ("check",),
        ("check", "{good}", "{none}"),
        ("explain", "{good}", "jumlah"),
        ("explain", "{good}", "jumlahh", "2020"),
        ("explain", "{good}", "jumlah", "2019..2020"),
        ("explain", "{good}", "jumlah", "2020", "--at", "kecamatan"),
        ("explain", "{good}", "jumlah", "2020", "--at", "kecamatan=Nowhere"),
        ("explain", "{good}", "jumlah", "2020", "--at", "desa=Sukau"),
        ("explain", "{good}", "jumlah", "2020", "--at", "data=Sukau"),
        ("explain", "{good}", "jumlah", "2020", "--at", "a=1", "--at", "a=2"),
        ("inputs", "{none}"),
        ("formulas", "growthrate"),
        ("formulas", "share", "--format", "markdown"),
        ("frobnicate",),
    ],
)
def test_wrong_usage_ends_with_two(good: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    none = tmp_path / "none"
    done = iku(*(each.format(good=good, none=none) for each in arguments))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("compute",), ("inputs",), ("explain", "jumlah", "2020")])
def test_definitions_that_cannot_be_read_are_mistakes_not_wrong_usage(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = catalog(tmp_path / "a", "iku: 1\nindicators: {a: [}\n")
    done = iku(command[0], folder, *command[1:])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("IKU002 ")


def test_a_mistyped_name_is_answered_with_the_nearest(good: Path) -> None:
    assert "did you mean `jumlah`?" in iku("compute", good, "--indicator", "jumlahh").stderr
    assert "did you mean `growth_rate`?" in iku("formulas", "growthrate").stderr


def test_check_reports_and_counts(good: Path, broken: Path) -> None:
    done = iku("check", good)
    assert (done.exit_code, done.stdout) == (0, "no mistakes found\n")
    done = iku("check", good, broken)
    assert done.exit_code == 1
    assert done.stdout.startswith("IKU206 ")
    assert f"--> {broken}/iku.yaml:" in done.stdout
    assert done.stdout.endswith("\n1 error\n")


def test_check_gives_mappings(broken: Path, good: Path) -> None:
    (found,) = json.loads(iku("check", broken, "--format", "json").stdout)
    assert found["code"] == "IKU206"
    assert found["severity"] == "error"
    assert found["line"] == CATALOG.count("\n") + 3
    assert json.loads(iku("check", good, "--format", "json").stdout) == []


def test_warnings_and_hints_leave_the_exit_code(tmp_path: Path) -> None:
    data = DATA.replace("10", "1.000").replace("14", "1.400").replace("12", "1.200")
    folder = catalog(tmp_path / "a", data=data.replace("18", "1.800"))
    done = iku("check", folder)
    assert done.exit_code == 0
    assert "hint: " in done.stdout


def test_explain_leads_to_the_cells(good: Path) -> None:
    done = iku("explain", good, "pertumbuhan", "2020", "--at", "kecamatan=Sukau", "--lang", "en")
    assert done.exit_code == 0
    assert "Figures put in  (12 - 10) / 10 * 100%" in done.stdout
    assert "data/umkm.csv, row 4, column jumlah: 12" in done.stdout


def test_explain_gives_a_mapping(good: Path) -> None:
    whole = json.loads(iku("explain", good, "jumlah", "2020", "--format", "json").stdout)
    assert whole["exact"] == "30"
    assert {cell["row"] for cell in whole["inputs"][0]["cells"]} == {4, 5}


def test_inputs_writes_what_is_lacking(good: Path, tmp_path: Path) -> None:
    done = iku("inputs", good, "--periods", "2021")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "variabel,label,satuan,sumber,periode,nilai"
    assert "umkm,Jumlah UMKM,UMKM,Rekap,2021" in done.stdout
    nothing = iku("inputs", good, "--periods", "2020")
    assert len(nothing.stdout.splitlines()) == 1
    assert nothing.stderr == "no input is lacking\n"


def test_formulas_are_listed_and_shown() -> None:
    assert "growth_rate(x, over: period|year)" in iku("formulas").stdout
    assert iku("formulas", "share").stdout.startswith("share(part, whole)\n")
    assert iku("formulas", "--format", "markdown", "--lang", "en").stdout.startswith("## Formulas")


def test_plugins_are_listed_with_what_they_add(tmp_path: Path) -> None:
    done = iku("plugins")
    assert done.exit_code == 0
    assert done.stdout.startswith("iku-engine")
    assert "  formula growth_rate\n" in done.stdout


def test_a_plugin_that_fails_says_so_and_the_rest_goes_on(good: Path, tmp_path: Path) -> None:
    plugin = tmp_path / "rusak.py"
    plugin.write_text("raise RuntimeError('boom \\x1b[2J')\n", encoding="utf-8")
    done = iku("plugins", "--plugin", plugin)
    assert done.exit_code == 1
    assert "rusak (contract 0): failed" in done.stdout
    assert "IKU901" in done.stderr
    assert "\x1b" not in done.output
    computed = iku("compute", good, "--format", "csv", "--plugin", plugin)
    assert computed.exit_code == 1
    assert "jumlah,dinas,2019,UMKM,24," in computed.stdout


def test_the_schema_is_json() -> None:
    done = iku("schema")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["$schema"].startswith("https://json-schema.org/")


def test_a_new_catalog_computes_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert iku("new", folder).exit_code == 0
    assert iku("check", folder).stdout == "no mistakes found\n"
    rows = iku("compute", folder, "--format", "csv").stdout.splitlines()[1:]
    assert len({row.split(",")[0] for row in rows}) == 2
    assert all(",ok,,ok," in row for row in rows)


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    done = iku("new", tmp_path)
    assert done.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert iku("new", tmp_path / "mine.txt").exit_code == 2


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert iku("new", tmp_path).exit_code == 0
    assert (tmp_path / "iku.yaml").is_file()


def test_help_names_every_command_with_its_own_line() -> None:
    listed = iku("--help").stdout
    for name, (_, help_) in COMMANDS.items():
        assert f"  {name}" in listed
        assert help_ in iku(name, "--help").stdout
        assert help_ in listed


def test_the_version_is_one_line() -> None:
    assert iku("--version").stdout.startswith("iku-engine ")


def test_data_outside_is_read_only_when_allowed(tmp_path: Path) -> None:
    folder = catalog(tmp_path / "a", CATALOG.replace("data/umkm.csv", "../luar/umkm.csv"))
    (tmp_path / "luar").mkdir()
    (tmp_path / "luar" / "umkm.csv").write_text(DATA, encoding="utf-8")
    assert "IKU402" in iku("check", folder).stdout
    assert iku("check", folder, "--allow", tmp_path / "luar").exit_code == 0


def test_what_steers_a_terminal_never_reaches_it(tmp_path: Path) -> None:
    hostile = DATA.replace("Sukau", "Su\u202ekau\x1b[31m")
    folder = catalog(tmp_path / "a", data=hostile)
    for command in (("compute", folder, "--by", "kecamatan"), ("check", folder)):
        done = iku(*command)
        assert "\u202e" not in done.output
        assert "\x1b" not in done.output


def test_every_command_has_a_section_in_the_documentation() -> None:
    page = Path("docs/commands.md").read_text(encoding="utf-8")
    sections = {line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")}
    assert sections == set(COMMANDS)
