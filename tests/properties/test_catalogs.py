"""What a catalog's author may do without changing a figure: rename, reorder, split, rescale."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from iku_engine.engine import Engine
from iku_engine.language.model import Name, Node, rebuilt
from iku_engine.language.to_text import to_text
from iku_engine.periods import Period
from tests.properties.catalogs import definitions, engine_of, rows_of, sound
from tests.properties.reading import causes_of, parsed
from tests.properties.trees import NAMES, figures_of, numeric, pools

Pools = Mapping[str, list[Fraction | None]]
YEARS = [str(year) for year in range(2010, 2023)]
WORDS = ("S", "lambda", "E", "print", "x0", "zeta", "import", "t", "y", "Jumlah_UMKM", "Q", "None")
"""Names that sympy, Python or the language itself might take for something else."""

formulas = numeric(based=False, bands=False, reduced=False).map(to_text)


def table(pool: Pools) -> dict[str, dict[str, Fraction | None]]:
    figure = figures_of(pool)
    return {name: {year: figure(name, Period.parse(year)) for year in YEARS} for name in pool}


def renamed(node: Node, names: Mapping[str, str]) -> Node:
    if isinstance(node, Name):
        return Name(names.get(node.name, node.name))
    return rebuilt(node, lambda child: renamed(child, names))


@given(formulas, pools(), st.permutations(WORDS))
def test_renaming_variables_changes_nothing(
    formula: str, pool: Pools, words: Sequence[str]
) -> None:
    names = dict(zip(NAMES, words, strict=False))
    back = {new: old for old, new in names.items()}
    data = table(pool)
    before = engine_of({"hasil": formula}).compute("2020", data=data).rows[0]
    other = to_text(renamed(parsed(formula), names))
    engine = sound(engine_of({"hasil": other}, tuple(names.values())))
    after = engine.compute("2020", data={names[name]: rows for name, rows in data.items()}).rows[0]
    assert (after.status, after.exact) == (before.status, before.exact)
    found = {
        (kind, to_text(renamed(parsed(t), back)), p) for kind, t, p in causes_of(after.reasons)
    }
    assert found == causes_of(before.reasons)


@given(
    st.lists(formulas, min_size=2, max_size=4),
    pools(),
    st.permutations(range(6)),
    st.permutations(NAMES),
)
def test_the_order_of_definitions_changes_nothing(
    found: list[str], pool: Pools, order: Sequence[int], names: Sequence[str]
) -> None:
    written = {f"i{number}": formula for number, formula in enumerate(found)}
    written |= {"jumlah": "i0 + i1", "akhir": "jumlah / i0 + a"}
    shuffled = sorted(written, key=lambda name: order[list(written).index(name)])
    data = table(pool)
    first = sound(engine_of(written)).compute("2020..2021", data=data)
    second = sound(engine_of({name: written[name] for name in shuffled}, tuple(names)))
    assert rows_of(second.compute("2020..2021", data=data)) == rows_of(first)


Row = tuple[str, str, str, str]
members = st.sampled_from(["Balik Bukit", "Sukau", "Belalau"])
cells = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["2019", "2020", "2021"]), members),
    st.sampled_from(["0", "-3", "7", "12.5", "-", "", "1*", "100"]),
    min_size=4,
    max_size=18,
)


@given(cells, st.randoms(use_true_random=False))
def test_the_order_of_files_and_of_their_rows_changes_nothing(
    figures: Mapping[tuple[str, str, str], str], random: st.DataObject
) -> None:
    rows = [(*key, value) for key, value in figures.items()]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a `random.Random`
    with tempfile.TemporaryDirectory() as place:
        first = _open(Path(place) / "one", [_first_part(), _second_part()], rows)
        second = _open(Path(place) / "two", [_second_part(), _first_part()], shuffled)
        for by in ((), ("kecamatan",)):
            expected = rows_of(first.compute(by=by))
            assert rows_of(second.compute(by=by)) == expected


def _first_part() -> dict[str, object]:
    found = definitions({"rasio": "a / b * 100"}, ())
    del found["variables"]
    return found


def _second_part() -> dict[str, object]:
    return {
        "iku": "1",
        "owner": "dinas",
        "periods": "2020..2021",
        "dimensions": {"kecamatan": {"label": "Kecamatan"}},
        "sources": {
            "isian": {
                "title": "Isian",
                "file": "isian.csv",
                "period": "tahun",
                "dimensions": ["kecamatan"],
                "numbers": "en",
                "variable": "variabel",
                "value": "nilai",
            }
        },
        "variables": {
            name: {"label": name, "unit": "orang", "source": "isian"} for name in ("a", "b")
        },
        "indicators": {
            "tumbuh": {"name": "tumbuh", "unit": "%", "formula": "growth_rate(a)"},
            "dari_rasio": {"name": "dari rasio", "unit": "", "formula": "rasio + a / b[t-1]"},
        },
    }


def _open(folder: Path, parts: list[dict[str, object]], rows: Sequence[Row]) -> Engine:
    """Files named so that their order is that of the parts; JSON is YAML."""
    folder.mkdir()
    for number, part in enumerate(parts):
        (folder / f"{number}.yaml").write_text(json.dumps(part), encoding="utf-8")
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["variabel", "tahun", "kecamatan", "nilai"])
    writer.writerows(rows)
    (folder / "isian.csv").write_text(written.getvalue(), encoding="utf-8")
    return sound(Engine.open(folder, discover=False))


RATIOS = (
    "share(a, b)",
    "growth_rate(a)",
    "growth_rate(a, over: year)",
    "decline_rate(a)",
    "index(a, base: 2018)",
    "implicit_index(a, b)",
    "rate(a, b, per: 100000)",
    "(a + b) / (c + d)",
    "(a - b[t-1]) / (c + d[y-1]) * 100%",
    "weighted_mean(1, a, 2, b, 3, c)",
)


@given(
    st.sampled_from(RATIOS),
    pools(),
    st.fractions(min_value=Fraction(1, 500), max_value=500, max_denominator=500),
)
def test_scaling_all_inputs_of_a_ratio_changes_nothing(
    formula: str, pool: Pools, factor: Fraction
) -> None:
    scaled = {
        name: [None if one is None else one * factor for one in found]
        for name, found in pool.items()
    }
    engine = sound(engine_of({"hasil": {"formula": formula}}))
    before = rows_of(engine.compute("2019..2021", data=table(pool)))
    assert rows_of(engine.compute("2019..2021", data=table(scaled))) == before
