"""Whole-process CPU of `iku compute` on 60 indicators x 5 years beside `import sympy`.

Both run in fresh processes with compiled bytecode, one after the other in every round, so that
the machine's mood falls on both. Usage: python benchmarks/start_up.py [ROUNDS]
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import lark
import pydantic
import sympy
import yaml

import iku_engine

FORMULAS = (
    "growth_rate(x{a})",
    "share(x{a}, x{a} + x{b})",
    "(x{a} - x{b}) / x{b} * 100%",
    "if(x{b} = 0, 0, x{a} / x{b} * 100%)",
    "weighted_mean(x{a}, 3, x{b}, 1) / x{a} * 100%",
    "round(x{a} / (x{a} + x{b} + x{c}) * 100%, 2)",
)
INDICATORS, YEARS = 60, range(2018, 2023)


def write_catalog(folder: Path) -> None:
    """A catalog of 60 indicators over 20 variables, with targets, and its data."""
    (folder / "data").mkdir()
    names = [f"x{number}" for number in range(20)]
    header = ",".join(("tahun", *names))
    rows = [
        ",".join((str(year), *(str(100 + 7 * number + year % 13) for number in range(20))))
        for year in range(2017, 2023)
    ]
    (folder / "data" / "data.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    lines = [
        "iku: 1",
        "owner: dinas",
        "periods: 2018..2022",
        "defaults: {polarity: higher}",
        "owners: {dinas: {title: Dinas}}",
        "sources: {data: {title: Data, file: data/data.csv, period: tahun, numbers: en}}",
        "variables:",
        *(f"  {n}: {{label: Data {n}, unit: orang, source: data, column: {n}}}" for n in names),
        "indicators:",
    ]
    for number in range(INDICATORS):
        formula = FORMULAS[number % len(FORMULAS)].format(
            a=number % 20, b=(number + 1) % 20, c=(number + 2) % 20
        )
        targets = ", ".join(f"{year}: {10 + number}" for year in YEARS)
        lines += [
            f"  iku_{number}:",
            f"    name: Indikator {number}",
            f'    formula: "{formula}"',
            '    unit: "%"',
            f"    targets: {{{targets}}}",
        ]
    (folder / "iku.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one process and its children."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def main(rounds: int) -> None:
    """Measure both and print the medians and their ratio."""
    for package in (iku_engine, sympy, pydantic, lark, yaml):
        compileall.compile_dir(str(Path(package.__file__ or "").parent), quiet=2)
    with tempfile.TemporaryDirectory() as name:
        write_catalog(Path(name))
        iku = [sys.executable, "-m", "iku_engine", "compute", name, "--format", "csv"]
        os.environ["IKU_CACHE"] = str(Path(name, ".cache"))
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            'python -c "import sympy"': [sys.executable, "-c", "import sympy"],
            "iku compute, definitions read and bound": [*iku, "--no-cache"],
            "iku compute, unchanged definitions": iku,
        }  # fmt: skip
        times: dict[str, list[float]] = {title: [] for title in commands}
        for _ in range(rounds + 1):
            for title, command in commands.items():
                times[title].append(cpu_seconds(command))
    medians = {title: statistics.median(found[1:]) for title, found in times.items()}
    base = medians['python -c "import sympy"']
    print("| process | CPU, median (s) | against `import sympy` |\n|---|---:|---:|")
    for title, median in medians.items():
        print(f"| `{title}` | {median:.3f} | {median / base:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
