"""What an engineer who embeds the engine relies on: threads, silence, no files, no globals."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest

from iku_engine import Engine, Period, UsageError

CATALOG = """
iku: 1
owner: dinas
periods: 2020..2022
owners: {dinas: {title: Dinas contoh}}
defaults: {polarity: higher}
variables:
  a: {label: Bagian, unit: orang}
  b: {label: Keseluruhan, unit: orang}
indicators:
  bagian: {name: Bagian, formula: "share(a, b)", unit: "%", targets: {2021: 50}}
  naik: {name: Naik, formula: growth_rate(a), unit: "%"}
"""


def figures(factor: int) -> dict[str, dict[int, int]]:
    return {
        "a": {year: factor * (year - 2000) for year in range(2019, 2023)},
        "b": dict.fromkeys(range(2019, 2023), factor * 100),
    }


def test_two_catalogs_in_many_threads_give_what_they_give_alone() -> None:
    first, second = Engine.from_text(CATALOG), Engine.from_text(CATALOG.replace("a, b", "b, a"))
    jobs = [(engine, factor) for engine in (first, second) for factor in range(1, 20)]
    alone = [engine.compute(data=figures(factor)).as_rows() for engine, factor in jobs]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda job: job[0].compute(data=figures(job[1])).as_rows(), jobs))
    assert together == alone


def test_nothing_is_printed_and_no_file_is_touched() -> None:
    script = """
        import sys
        from concurrent.futures import ThreadPoolExecutor
        from iku_engine import Engine
        TEXT = %r
        DATA = {"a": {2019: 1, 2020: 2, 2021: 3, 2022: 4}, "b": {2020: 4, 2021: 5, 2022: 6}}
        touched = []
        def run(number):
            engine = Engine.from_text(TEXT, discover=False)
            engine.explain("naik", "2021", data=DATA)
            return engine.compute(data=DATA).get("bagian", "2021").exact
        run(0)  # modules are imported when they are first needed
        sys.addaudithook(lambda event, args: touched.append(args)
                         if event in ("open", "os.listdir", "os.scandir", "os.chdir",
                                      "subprocess.Popen", "socket.connect") else None)
        with ThreadPoolExecutor(2) as pool:
            found = set(pool.map(run, range(4)))
        assert len(found) == 1, found
        assert not touched, touched
    """
    program = textwrap.dedent(script) % CATALOG
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert (done.returncode, done.stdout) == (0, "")


def test_a_result_is_found_by_indicator_period_and_place() -> None:
    results = Engine.from_text(CATALOG).compute("2021", data=figures(1))
    assert results.get("bagian", "2021").exact == Fraction(21)
    assert results.get("bagian", Period.of(2021)).achievement == Fraction(42)
    with pytest.raises(KeyError):
        results.get("bagian", "1999")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"periods": "20x"}, "no period"),
        ({"indicators": ["bagan"]}, "did you mean `bagian`"),
        ({"by": ["kecamatan"]}, "there is no dimension"),
    ],
)
def test_what_does_not_exist_is_the_callers_mistake(asked: dict[str, object], message: str) -> None:
    engine = Engine.from_text(CATALOG)
    with pytest.raises(UsageError, match=message):
        engine.compute(**asked, data={})  # type: ignore[arg-type]  # parametrised keywords


def test_a_catalog_without_periods_says_so() -> None:
    engine = Engine.from_text(CATALOG.replace("periods: 2020..2022\n", ""))
    with pytest.raises(UsageError, match="names no periods"):
        engine.compute(data={})


def test_importing_the_package_imports_no_heavy_library() -> None:
    script = "import sys, iku_engine; print([m for m in ('sympy', 'numpy', 'pydantic', 'lark', "
    script += "'yaml', 'click') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]"
