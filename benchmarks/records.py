"""Records in a Parquet file: reduced where they live, read row by row, and by hand-written SQL.

The same seven aggregates over the same records, four ways in one run: the engine with its
reduction, the engine reading every row (the reference), exact SQL as somebody would write it for
this one table, and the same in DOUBLE. The first three must give the same figures before
anything is printed; of the last it is said how many differ.
Usage: python benchmarks/records.py [RECORDS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import duckdb

from iku_engine.engine import Engine

CATALOG = """
iku: 1
owner: dinas
periods: 2020..2024
owners: {dinas: {title: Dinas Koperasi}}
dimensions: {kecamatan: {label: Kecamatan}}
sources:
  neraca: {title: Neraca, file: data.parquet, period: tahun, dimensions: [kecamatan], numbers: id,
           reduce: REDUCE}
scales:
  kesehatan:
    bands:
      - {label: Sehat, range: x >= 80, score: 3}
      - {label: Cukup, range: 40 <= x < 80, score: 2}
      - {label: Kurang, range: x < 40, score: 1}
records:
  koperasi:
    label: Koperasi
    source: neraca
    key: id
    fields:
      status: {type: text}
      pinjaman: {unit: rupiah}
      modal: {unit: rupiah}
      rasio: {formula: "if(modal = 0, 0%, pinjaman / modal * 100%)", unit: "%"}
      predikat: {formula: "rating(rasio, kesehatan)"}
indicators:
  banyak: {name: Banyak, formula: 'count(koperasi where status = "aktif")', unit: koperasi}
  sehat: {name: Sehat, formula: 'count(koperasi where predikat = "Sehat")', unit: koperasi}
  pinjaman: {name: Pinjaman, formula: 'sum(koperasi.pinjaman where status = "aktif")', unit: rupiah}
  rata: {name: Rata-rata, formula: 'mean(koperasi.modal where rasio >= 40%)', unit: rupiah}
  besar: {name: Terbesar, formula: 'max(koperasi.pinjaman)', unit: rupiah}
  kecil: {name: Terkecil, formula: 'min(koperasi.modal where pinjaman > 0)', unit: rupiah}
  simpangan: {name: Simpangan, formula: 'stdev_pop(koperasi.pinjaman)', unit: rupiah}
"""

BY_HAND = """
SELECT tahun,
  count(*) FILTER (status = 'aktif'),
  count(*) FILTER (modal <> 0 AND pinjaman * 100 >= 80 * modal),
  sum(CAST(pinjaman * 100 AS HUGEINT)) FILTER (status = 'aktif'),
  sum(CAST(modal * 100 AS HUGEINT)) FILTER (modal <> 0 AND pinjaman * 100 >= 40 * modal),
  count(*) FILTER (modal <> 0 AND pinjaman * 100 >= 40 * modal),
  max(pinjaman), min(modal) FILTER (pinjaman > 0),
  sum(CAST(pinjaman * 100 AS HUGEINT)), sum(CAST(pinjaman * 100 AS HUGEINT) ** 2), count(*)
FROM read_parquet(?) GROUP BY tahun ORDER BY tahun
"""

IN_DOUBLES = """
SELECT tahun,
  count(*) FILTER (status = 'aktif'),
  count(*) FILTER (modal <> 0 AND pinjaman / modal * 100 >= 80),
  sum(CAST(pinjaman AS DOUBLE)) FILTER (status = 'aktif'),
  avg(CAST(modal AS DOUBLE)) FILTER (modal <> 0 AND pinjaman / modal * 100 >= 40),
  max(CAST(pinjaman AS DOUBLE)), min(CAST(modal AS DOUBLE)) FILTER (pinjaman > 0),
  stddev_pop(CAST(pinjaman AS DOUBLE))
FROM read_parquet(?) GROUP BY tahun ORDER BY tahun
"""


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder) / "data.parquet", count)
        ways: dict[str, Callable[[], list[Fraction | None]]] = {
            "iku-engine, reduced in DuckDB": lambda: by_engine(Path(folder), "auto"),
            "iku-engine, read row by row": lambda: by_engine(Path(folder), "never"),
            "SQL by hand, exact": lambda: by_hand(Path(folder)),
            "SQL by hand, in DOUBLE": lambda: in_doubles(Path(folder)),
        }
        rows, answers = [], []
        for name, way in ways.items():
            rounds = 1 if "row by row" in name else 3
            times = []
            for _ in range(rounds):
                start = time.process_time()
                answer = way()
                times.append(time.process_time() - start)
            answers.append(answer)
            rows.append((name, sorted(times)[len(times) // 2]))
    reduced, reference, hand, doubles = answers
    assert reduced == reference, "the reduction gives other figures than the reference"
    exact = [one for one in hand if one is not None]
    assert [one for one, other in zip(reduced, hand, strict=True) if other is not None] == exact
    off = sum(one != other for one, other in zip(reduced, doubles, strict=True))
    shown = rows[0][1]
    print(f"{count:,} records, 7 aggregates of 5 years\n")
    print("| way | CPU (s) | against the reduction |\n|---|---:|---:|")
    for name, seconds in rows:
        print(f"| {name} | {seconds:.2f} | {seconds / shown:.2f} |")
    print(f"\nin DOUBLE {off} of {len(reduced)} figures differ from the exact ones")


def written(path: Path, count: int) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE data AS SELECT CAST(i AS VARCHAR) AS id, "
            "CAST(2020 + i % 5 AS INTEGER) AS tahun, "
            "chr(65 + CAST((i // 5) % 20 AS INTEGER)) AS kecamatan, "
            "CASE WHEN hash(i) % 4 = 0 THEN 'tutup' ELSE 'aktif' END AS status, "
            "CAST(hash(i + 7) % 1000000 AS DECIMAL(12, 2)) AS pinjaman, "
            "CAST(hash(i + 9) % 2000000 AS DECIMAL(12, 2)) AS modal "
            "FROM range(CAST(? AS BIGINT)) AS t(i)",
            [count],
        )
        connection.execute("UPDATE data SET pinjaman = pinjaman + 0.01 * (tahun - 2019)")
        connection.table("data").write_parquet(str(path))


def by_engine(folder: Path, how: str) -> list[Fraction | None]:
    """All figures of the catalog, its definitions read anew."""
    (folder / "iku.yaml").write_text(CATALOG.replace("REDUCE", how), encoding="utf-8")
    engine = Engine.open(folder, discover=False)
    results, found = engine.compute_with_findings()
    assert not found, [each.message for each in found]
    return [row.exact for row in sorted(results.rows, key=lambda one: one.period)]


def by_hand(folder: Path) -> list[Fraction | None]:
    """The same, and None for the deviation, of which SQL gives what it is made of."""
    with duckdb.connect() as connection:
        rows = connection.execute(BY_HAND, [str(folder / "data.parquet")]).fetchall()
    found: list[Fraction | None] = []
    for _, active, sound, loans, capital, many, most, least, *_ in rows:
        mean = Fraction(capital, 100 * many)
        found += [Fraction(active), Fraction(sound), Fraction(loans, 100), mean]
        found += [Fraction(most), Fraction(least), None]
    return found


def in_doubles(folder: Path) -> list[Fraction | None]:
    with duckdb.connect() as connection:
        rows = connection.execute(IN_DOUBLES, [str(folder / "data.parquet")]).fetchall()
    return [Fraction(str(figure)) for row in rows for figure in row[1:]]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
