"""Records that are lacking are named, and have a sheet of their own to fill in."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from iku_engine import Engine
from iku_engine.cli import main

SHIPPED = Path(__file__).parents[2] / "definitions" / "koperasi_sehat"


def iku(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["inputs", *arguments])


def test_lacking_records_are_named() -> None:
    done = iku(str(SHIPPED), "--periods", "2030")
    assert done.exit_code == 0
    assert "there are no records of `koperasi`" in done.stderr
    assert "in 2030" in done.stderr
    assert "no input is lacking" not in done.stderr


def test_the_sheet_of_records_is_a_source_once_it_is_filled_in(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    shutil.copytree(SHIPPED, catalog)
    sheet = iku(str(catalog), "--periods", "2024", "--records", "koperasi").stdout
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert len(rows) == 40
    assert {row["tahun"] for row in rows} == {"2024"}
    assert rows == sorted(rows, key=lambda row: row["id_koperasi"])
    data = catalog / "data" / "koperasi.csv"
    before = list(csv.DictReader(data.read_text("utf-8").splitlines()[1:]))
    figures = {row["id_koperasi"]: row for row in before if row["tahun"] == "2023"}
    columns = list(before[0])
    filled = [figures[row["id_koperasi"]] | {"tahun": row["tahun"]} for row in rows]
    lines = [",".join(row[column] for column in columns) for row in filled]
    data.write_text(data.read_text("utf-8").rstrip() + "\n" + "\n".join(lines) + "\n", "utf-8")
    engine = Engine.open(catalog, discover=False)
    results = engine.compute("2023..2024", indicators=["total_pinjaman"])
    assert results.get("total_pinjaman", "2024").exact is not None
    assert engine.needed_records("2024") == ()


def test_a_record_set_that_does_not_exist_and_one_that_lacks_nothing() -> None:
    wrong = iku(str(SHIPPED), "--records", "koperas")
    assert wrong.exit_code == 2
    assert "did you mean `koperasi`?" in wrong.stderr
    done = iku(str(SHIPPED), "--records", "koperasi")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no input is lacking" in done.stderr
