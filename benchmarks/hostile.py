"""How long hostile text takes beside the same catalog without it, and how much memory.

Every case runs `iku check` in a fresh process, with a peak of memory read from the system.
Usage: python benchmarks/hostile.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SOUND = """iku: 1
owner: d
periods: 2020..2021
owners: {d: {title: Dinas}}
sources: {s: {title: Data, file: data.csv, period: tahun, numbers: en}}
variables:
  a: {label: A, unit: orang, source: s, column: a}
  b: {label: B, unit: orang, source: s, column: b}
indicators:
  baik: {name: Baik, formula: "a / b * 100%", unit: "%"}
"""
DATA = "tahun,a,b\n2020,1,2\n2021,3,4\n"


def formula(text: str) -> str:
    """The sound catalog with one more indicator whose formula is this text."""
    return f"{SOUND}  buruk:\n    name: Buruk\n    unit: orang\n    formula: |-\n      {text}\n"


def named(count: int, body: str) -> str:
    """A chain of named formulas, each built from the one before."""
    lines = ["formulas:", "  f0: {parameters: [p], body: p}"]
    lines += [
        f'  f{n}: {{parameters: [p], body: "{body.format(f=f"f{n - 1}")}"}}'
        for n in range(1, count)
    ]
    return f"{SOUND}  buruk: {{name: Buruk, unit: orang, formula: f{count - 1}(a)}}\n" + "\n".join(
        lines
    )


def powers(count: int) -> str:
    """Indicators that raise the one before to the 64th power."""
    lines = [
        f'  p{n}: {{name: P, unit: "", formula: "{"a" if n == 0 else f"p{n - 1}"}^64"}}'
        for n in range(count)
    ]
    return SOUND + "\n".join(lines) + "\n"


CASES: dict[str, tuple[str, str]] = {
    "the sound catalog": (SOUND, DATA),
    "a call": (formula("__import__('os').system('touch marker')"), DATA),
    "attributes": (formula("a.__class__.__mro__"), DATA),
    "9**9**9": (formula("9**9**9"), DATA),
    "9^9^9": (formula("9^9^9"), DATA),
    "100,000 brackets in a formula": (formula("(" * 100_000), DATA),
    "1 MB of signs in a formula": (formula("-" * 1_000_000), DATA),
    "1e10000000": (formula("1e10000000"), DATA),
    "40 doubling formulas": (named(40, "{f}(p) + {f}(p)"), DATA),
    "a chain of 2,000 formulas": (named(2_000, "{f}(p)"), DATA),
    "chained powers": (powers(12), DATA),
    "a formula of 400 products": (
        formula(" + ".join(["(a + b) / (a - b)"] * 400)), DATA,
    ),
    "names of sympy": (SOUND.replace(" a:", " S:").replace("a / b", "S / b"), DATA),
    "100,000 brackets in YAML": (SOUND + "x: " + "[" * 100_000, DATA),
    "1 MB of signs in YAML": (SOUND + "+" * 1_000_000, DATA),
    "right-to-left marks in a name": (SOUND.replace("Baik", '"\u202eBaik"'), DATA),
    "1 MB of quotes in CSV": (SOUND, DATA + '"' * 1_000_000),
    "1e10000000 in CSV": (SOUND, DATA + "2022,1e10000000,2\n"),
    "1 MB of digits in CSV": (SOUND, DATA + "2022," + "9" * 1_000_000 + ",2\n"),
}  # fmt: skip


def run(definitions: str, data: str) -> tuple[float, int, int, bool]:
    """CPU seconds, peak of memory in MB, exit code, and whether a marker file was made."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "iku.yaml").write_text(definitions, encoding="utf-8")
        Path(folder, "data.csv").write_text(data, encoding="utf-8")
        command = [sys.executable, "-m", "iku_engine", "check", folder]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        marked = Path(folder, "marker").exists()
        return (
            usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, process.returncode, marked,
        )  # fmt: skip


def main() -> None:
    """Print one row a case."""
    base = min(run(*CASES["the sound catalog"])[0] for _ in range(3))
    print("| text | CPU over the sound catalog (s) | peak (MB) | exit code | executed |")
    print("|---|---:|---:|---:|---|")
    for title, case in CASES.items():
        cpu, peak, code, marked = run(*case)
        print(f"| {title} | {cpu - base:+.2f} | {peak} | {code} | {'YES' if marked else 'no'} |")


if __name__ == "__main__":
    main()
