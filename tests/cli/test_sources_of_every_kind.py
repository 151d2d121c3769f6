"""One catalog whose indicators read every kind of data in one run; any of them may be pulled away.

Another kind is one more `Kind` in `KINDS`: what its source says, how its data come to be, how an
explanation of its figure ends, and how it is pulled away.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from docs.tools.workbooks import workbook_of
from iku_engine.cli import main
from iku_plugin_bps.replay import KEY, ReplayedService, Reply, answer
from tests.postgresql_server import Server

ROWS = [("2022", 10), ("2023", 25)]
BPS = Path(__file__).parents[2] / "plugins" / "bps" / "iku_plugin_bps"
ASKED = "domain/7300/var/31"
ANSWER = answer(
    var=31,
    vervar={7315: "<b>Pinrang</b>"},
    tahun={122: "2022", 123: "2023"},
    figures={"73153101220": 10, "73153101230": "25"},
)


@dataclass(frozen=True)
class Kind:
    """One kind of data: `put` makes it, `away` takes it away."""

    name: str
    source: str
    put: Callable[[Path], None]
    ends: str
    code: str = "IKU401"
    period: str = "tahun"

    def away(self, folder: Path) -> None:
        for file in (folder / "data").glob(f"{self.name}.*"):
            file.unlink()


def put_csv(folder: Path) -> None:
    lines = "".join(f"{year},{value}\n" for year, value in ROWS)
    (folder / "csv.csv").write_text(f"tahun,nilai\n{lines}", encoding="utf-8")


def put_xlsx(folder: Path) -> None:
    lines = "".join(f"{year},{value}\n" for year, value in ROWS)
    (folder / "xlsx.xlsx").write_bytes(workbook_of(f"== Rekap\ntahun,nilai\n{lines}"))


def put_sqlite(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "sqlite.db")) as made:
        made.execute("CREATE TABLE rekap (id INTEGER PRIMARY KEY, tahun INT, nilai NUMERIC)")
        made.executemany("INSERT INTO rekap (tahun, nilai) VALUES (?, ?)", ROWS)
        made.commit()


def put_duckdb(folder: Path) -> None:
    with duckdb.connect(str(folder / "duckdb.duckdb")) as made:
        made.execute("CREATE TABLE rekap (tahun INT PRIMARY KEY, nilai DECIMAL(10, 2))")
        made.executemany("INSERT INTO rekap VALUES (?, ?)", [list(row) for row in ROWS])


def put_parquet(folder: Path) -> None:
    with duckdb.connect() as made:
        made.execute("CREATE TABLE rekap (tahun VARCHAR, nilai DOUBLE)")
        made.executemany("INSERT INTO rekap VALUES (?, ?)", [list(row) for row in ROWS])
        made.table("rekap").write_parquet(str(folder / "parquet.parquet"))


def put_elsewhere(_: Path) -> None:
    """A server is filled by its fixture."""


KINDS = (
    Kind("csv", "file: data/csv.csv", put_csv, "data/csv.csv, row 3, column nilai: 25"),
    Kind(
        "xlsx",
        "file: data/xlsx.xlsx",
        put_xlsx,
        "data/xlsx.xlsx, sheet Rekap, cell B3, column nilai: 25",
    ),
    Kind(
        "sqlite",
        "file: data/sqlite.db, table: rekap",
        put_sqlite,
        "data/sqlite.db, table rekap, key id 2, column nilai: 25",
    ),
    Kind(
        "duckdb",
        "file: data/duckdb.duckdb, table: rekap",
        put_duckdb,
        "data/duckdb.duckdb, table rekap, key tahun 2023, column nilai: 25",
    ),
    Kind(
        "parquet",
        "file: data/parquet.parquet",
        put_parquet,
        "data/parquet.parquet, row 2, column nilai: 25",
    ),
    Kind(
        "postgresql",
        "kind: postgresql, connection: gudang, table: rekap",
        put_elsewhere,
        "gudang, table rekap, key tahun 2023, column nilai: 25",
        "IKU427",
    ),
    Kind(
        "bps",
        'kind: bps, options: {domain: "7300", var: "31"}',
        put_elsewhere,
        f"bps:{ASKED}, key 73153101230, column nilai: 25",
        "BPS103",
        "periode",
    ),
)


PLUGIN = ("--plugin", str(BPS))


def definitions(kinds: Sequence[Kind] = KINDS) -> str:
    sources = "".join(
        f"  dari_{one.name}: {{{one.source}, period: {one.period}, numbers: en}}\n" for one in kinds
    )
    variables = "".join(
        f"  nilai_{one.name}: {{label: Nilai dari {one.name}, unit: unit, "
        f"source: dari_{one.name}, column: nilai}}\n"
        for one in kinds
    )
    indicators = "".join(
        f"  {one.name}: {{name: Pertumbuhan dari {one.name}, unit: '%', "
        f"formula: growth_rate(nilai_{one.name})}}\n"
        for one in kinds
    )
    return (
        "iku: 1\nowner: dinas\nowners: {dinas: {title: Dinas contoh}}\nperiods: 2022..2023\n"
        f"sources:\n{sources}variables:\n{variables}indicators:\n{indicators}"
    )


@dataclass
class Catalog:
    """The catalog on disk, and the connection of its database in the user's configuration."""

    folder: Path
    connections: Path
    server: Server
    office: ReplayedService

    def run(self, command: str, *arguments: str) -> Result:
        return CliRunner().invoke(main, [command, str(self.folder), *arguments, *PLUGIN])

    def connect(self, **changed: str) -> None:
        lines = [f"{key} = {json.dumps(one)}" for key, one in self.settings(**changed).items()]
        self.connections.write_text("[gudang]\n" + "\n".join(lines) + "\n", encoding="utf-8")
        self.connections.chmod(0o600)

    def settings(self, **changed: str) -> dict[str, str]:
        return self.server.settings | changed

    def figures(self) -> tuple[Result, dict[str, Any]]:
        """The run, and the growth to 2023 by indicator."""
        done = self.run("compute", "--format", "json")
        rows = json.loads(done.stdout)["results"]
        return done, {row["indicator"]: row["actual"] for row in rows if row["period"] == "2023"}


@pytest.fixture
def catalog(
    tmp_path: Path, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Catalog]:
    folder = tmp_path / "katalog"
    (folder / "data").mkdir(parents=True)
    (folder / "iku.yaml").write_text(definitions(), encoding="utf-8")
    for kind in KINDS:
        kind.put(folder / "data")
    postgresql.run("CREATE TABLE rekap (tahun text PRIMARY KEY, nilai numeric)")
    for year, value in ROWS:
        postgresql.run(f"INSERT INTO rekap VALUES ('{year}', {value})")  # noqa: S608 - of the test
    connections = tmp_path / "connections.toml"
    monkeypatch.setenv("IKU_CONNECTIONS", str(connections))
    monkeypatch.setenv("IKU_CACHE", str(tmp_path / "kept"))
    with ReplayedService({ASKED: Reply(ANSWER)}) as office:
        monkeypatch.setenv("IKU_BPS_URL", office.address)
        monkeypatch.setenv("IKU_BPS_KEY", KEY)
        found = Catalog(folder, connections, postgresql, office)
        found.connect()
        yield found


pytestmark = pytest.mark.service
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda one: str(one.name))


def errors(done: Result) -> list[str]:
    """The codes of the diagnostics that are neither warnings nor hints."""
    return re.findall(r"(?m)^([A-Z]{3}\d{3}) (?!warning|hint)", done.stderr)


def test_every_kind_is_read_in_one_run(catalog: Catalog) -> None:
    done, found = catalog.figures()
    assert done.exit_code == 0, done.stderr
    assert errors(done) == []
    assert found == dict.fromkeys((one.name for one in KINDS), "150.00")


@each_kind
def test_an_explanation_ends_where_the_figure_stands(catalog: Catalog, kind: Kind) -> None:
    done = catalog.run("explain", kind.name, "2023", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    assert kind.ends in done.stdout


@each_kind
def test_without_one_kind_the_others_are_computed(
    catalog: Catalog, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind.away(catalog.folder)
    if kind.name == "postgresql":
        catalog.connect(port="1")
    if kind.name == "bps":
        monkeypatch.setenv("IKU_BPS_URL", "http://127.0.0.1:1/v1/api")
    done, found = catalog.figures()
    assert done.exit_code == 1
    assert found.pop(kind.name) in {"", None}
    assert found == dict.fromkeys(found, "150.00")
    assert len(found) == len(KINDS) - 1
    assert errors(done) == [kind.code]
    assert "iku.yaml:" in done.stderr
    assert "help: " in done.stderr


def test_a_recorded_run_is_reproduced_and_tells_what_changed(
    catalog: Catalog, tmp_path: Path
) -> None:
    recorded = tmp_path / "run.json"
    assert catalog.run("compute", "--manifest", str(recorded)).exit_code == 0
    sources = {one["source"]: one for one in json.loads(recorded.read_text())["sources"]}
    assert sources["dari_postgresql"]["file"] == "gudang"
    assert all(len(one["sha256"]) == 64 for one in sources.values())
    verify = ["verify", str(recorded), str(catalog.folder), "--lang", "en", *PLUGIN]
    done = CliRunner().invoke(main, verify)
    assert done.exit_code == 0, done.output
    catalog.server.run("UPDATE rekap SET nilai = 30 WHERE tahun = '2023'")
    done = CliRunner().invoke(main, verify)
    assert done.exit_code == 1
    assert "table rekap, key tahun 2023" in done.output
    assert "postgresql 2023: 150.00 -> 200.00" in done.output
    assert "sqlite 2023" not in done.output


def test_a_recorded_run_tells_of_a_row_that_moved_in_storage_nothing(
    catalog: Catalog, tmp_path: Path
) -> None:
    recorded = tmp_path / "run.json"
    catalog.run("compute", "--manifest", str(recorded))
    catalog.server.run(
        "DELETE FROM rekap WHERE tahun = '2022'",
        "INSERT INTO rekap VALUES ('2022', 10)",
        "VACUUM FULL rekap",
    )
    again = tmp_path / "again.json"
    catalog.run("compute", "--manifest", str(again))
    assert again.read_bytes() == recorded.read_bytes()


def test_an_offline_run_asks_no_server(catalog: Catalog) -> None:
    done = catalog.run("compute", "--offline")
    assert done.exit_code == 1
    assert "IKU427 the server of `gudang` is not asked" in done.stderr
    assert "150,00" in done.stdout


def test_a_query_runs_only_where_it_is_allowed(catalog: Catalog) -> None:
    text = definitions().replace(
        "connection: gudang, table: rekap",
        "connection: gudang, query: 'SELECT tahun, nilai * 2 AS nilai FROM rekap'",
    )
    (catalog.folder / "iku.yaml").write_text(text, encoding="utf-8")
    done = catalog.run("compute")
    assert done.exit_code == 1
    assert "IKU429" in done.stderr
    assert "--allow-query" in done.stderr
    done = catalog.run("compute", "--allow-query")
    assert done.exit_code == 0, done.stderr
    done = catalog.run("explain", "postgresql", "2023", "--allow-query", "--lang", "en")
    assert "gudang, table query, row 2, column nilai: 50" in done.stdout


COMMANDS = (
    ("check",),
    ("compute",),
    ("compute", "--format", "json"),
    ("compute", "--manifest", "{out}"),
    ("explain", "postgresql", "2023"),
    ("explain", "postgresql", "2023", "--format", "json"),
    ("inputs",),
    ("audit",),
    ("targets",),
    ("solve", "postgresql", "2023", "--for", "nilai_postgresql", "--goal", "5"),
    ("sensitivity", "postgresql", "2023"),
    ("report",),
)
MARKER = "penanda-rahasia"
FAILURES: dict[str, dict[str, str]] = {
    "as it should": {},
    "wrong password": {"password": f"{MARKER}-sandi"},
    "wrong user": {"user": f"{MARKER}-pengguna"},
    "wrong database": {"dbname": f"{MARKER}-basis"},
    "no host": {"host": f"{MARKER}-server.invalid"},
    "dead port": {"port": "1"},
    "wrong certificate": {"sslmode": "verify-full", "sslrootcert": f"/{MARKER}/ca.pem"},
    "wrong url": {"url": f"postgresql://{MARKER}@[::1/x"},
    "unknown setting": {"options": MARKER},
    "another kind": {"kind": f"{MARKER}"},
}


@pytest.mark.parametrize("failure", FAILURES)
def test_no_command_ever_shows_an_address_or_a_password(
    catalog: Catalog, failure: str, tmp_path: Path
) -> None:
    text = definitions([one for one in KINDS if one.name == "postgresql"])
    (catalog.folder / "iku.yaml").write_text(text, encoding="utf-8")
    catalog.connect(**FAILURES[failure])
    shown = ""
    for number, (command, *arguments) in enumerate(COMMANDS):
        out = tmp_path / f"out-{number}.json"
        done = catalog.run(command, *(one.format(out=out) for one in arguments))
        assert done.exception is None or isinstance(done.exception, SystemExit), command
        assert done.exit_code in {0, 1}, (command, done.output)
        shown += done.output + (out.read_text(encoding="utf-8") if out.exists() else "")
    assert MARKER not in shown
    assert catalog.server.password not in shown
    assert "127.0.0.1" not in shown
    assert str(catalog.server.port) not in shown
    assert "pemilik" not in shown
    expected = {"as it should": 0}.get(failure, 1)
    assert ("IKU42" in shown) == bool(expected)
