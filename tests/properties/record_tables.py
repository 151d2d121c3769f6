"""Random tables of records with formulas over them, for every kind of database."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from iku_engine.algebra.model import OverRecords
from iku_engine.catalog.model import Reduce
from iku_engine.engine import Engine
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.evaluation.model import Outcome
from iku_engine.periods import Period
from iku_engine.places import Place, place_of
from iku_engine.sources.from_files import read_data
from iku_engine.sources.model import Data
from tests.properties.catalogs import definitions
from tests.sources.databases.building import Store

FUNCTIONS = ("count", "sum", "mean", "min", "max", "stdev", "stdev_pop", "gini")
NAMES = ('a"; drop table x; --', "select", "Nama Kolom", "daerah'", "kolom\\n", "größe", "k.o/l")
LABELS = ("Sehat", "sehat", "Cukup", "", " Sehat", "12", "1,5", "a'b", 'a"b', "é\\", "--", "N/A")
PERIODS = tuple(Period.of(year) for year in (2020, 2021, 2022))
_MEMBERS = ("Liwa", "a=b, c", "Ā")
SCALES = {
    "skala": {
        "bands": [
            {"label": "Sehat", "range": "x >= 3", "score": "1.25"},
            {"label": "Cukup", "range": "1 < x < 3", "score": "0.5"},
            {"label": "Macet", "range": "x <= 0", "score": "-2"},
        ]
    },
    "tampak": {
        "on": "displayed",
        "decimals": "1",
        "bands": [
            {"label": "Sehat", "range": "x > 2", "score": "3"},
            {"label": "Cukup", "range": "x <= 2", "score": "1"},
        ],
    },
}

small = st.integers(-3, 4)
whole = small | st.integers(-(10**9), 10**9) | st.just(0)


def decimals(scale: int, most: int = 10**6) -> st.SearchStrategy[Decimal]:
    """Decimals of a scale, many of them small."""
    numbers = st.integers(-4 * 10**scale, 4 * 10**scale) | st.integers(-most, most) | st.just(0)
    return numbers.map(lambda number: Decimal(number).scaleb(-scale))


FIGURES: dict[str, st.SearchStrategy[object]] = {
    "integer": whole.filter(lambda n: abs(n) < 2**31),
    "bigint": whole | st.integers(-(2**62), 2**62),
    "decimal(12, 2)": decimals(2),
    "decimal(30, 6)": decimals(6, 10**20),
    "decimal(38, 0)": decimals(0, 10**15),
}
"""What columns of types that every database has may hold, as their drivers take it."""

WRITTEN: st.SearchStrategy[str] = st.sampled_from(
    ["0", "1", "-2", "1.234", "1.234,5", "0,125", "+7", " 3 ", "-", "n/a", "N/A ", "12,50", "00"]
)
"""Figures as texts in the Indonesian format, and marks for missing ones."""

numbers = st.sampled_from(["a", "b", "c", "x", "b"])
texts = st.sampled_from(["t", "u", '"Sehat"', '"Cukup"', '"12"', '""', "rating(a, skala)"])
constants = st.sampled_from(["0", "1", "2", "0.5", "3.25", "100"])


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    condition = conditions(inner)
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("(-{})".format, inner),
        st.builds("abs({})".format, inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
        st.builds("if({}, {}, {})".format, condition, inner, inner),
        st.builds("round({}, {})".format, inner, st.integers(0, 2)),
        st.builds("score({}, {})".format, inner, st.sampled_from(list(SCALES))),
        st.builds("({} ^ 2)".format, inner),
    )


def conditions(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Conditions over numbers, texts and other conditions."""
    signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    compared = st.builds("{} {} {}".format, inner, signs, inner)
    equal = st.sampled_from(["=", "!="])
    same = st.builds("{} {} {}".format, st.sampled_from(["t", "u", "p"]), equal, texts)
    simple = compared | same
    joined = st.builds("({} {} {})".format, simple, st.sampled_from(["and", "or"]), simple)
    return simple | joined | st.builds("not ({})".format, simple)


formulas = st.recursive(numbers | constants, _wider, max_leaves=5)


@dataclass(frozen=True)
class Recorded:
    """A table of records: its columns by field, their types, its rows, the formulas over it."""

    columns: dict[str, str]
    types: dict[str, str]
    rows: list[dict[str, object]]
    fields: dict[str, str]
    aggregates: tuple[str, ...]
    unknown: str
    table: str
    numbers: str = "id"

    def engine(self) -> Engine:
        """The catalog of these aggregates."""
        fields: dict[str, object] = {
            name: {"type": "text", "column": self.columns[name]} for name in ("t", "u")
        }
        fields |= {name: {"unit": "", "column": self.columns[name]} for name in ("a", "b", "c")}
        fields |= {name: {"formula": formula} for name, formula in self.fields.items()}
        fields["p"] = {"formula": "rating(a, skala)"}
        return Engine.from_text(
            definitions(
                {f"i{number}": formula for number, formula in enumerate(self.aggregates)},
                (),
                dimensions={"kecamatan": {"label": "Kecamatan"}},
                scales=SCALES,
                sources={
                    "isian": {
                        "title": "Isian",
                        "file": "x.csv",
                        "period": self.columns["period"],
                        "dimensions": {"kecamatan": self.columns["kecamatan"]},
                        "numbers": self.numbers,
                    }
                },
                records={
                    "k": {
                        "label": "Koperasi",
                        "source": "isian",
                        "key": self.columns["key"],
                        "unknown": self.unknown,
                        "fields": fields,
                    }
                },
            ),
            discover=False,
        )

    def put(self, store: Store) -> None:
        """Fill a database, or a CSV file, with the rows."""
        if store.kind == "csv":
            put_csv(self, store)
            return
        columns = {self.columns[name]: kind for name, kind in self.types.items()}
        rows = [[row[name] for name in self.types] for row in self.rows]
        store.put(self.table, columns, *rows)


@dataclass(frozen=True)
class Runs:
    """The same aggregates over the same records: reduced where they live, and row by row."""

    reduced: ExactEvaluation
    reference: ExactEvaluation
    steps: tuple[OverRecords, ...]

    def points(self) -> list[tuple[OverRecords, Period, Place]]:
        members = self.reference.data.members.get("kecamatan", ())
        places = [place_of({}), *(place_of({"kecamatan": one}) for one in members)]
        return [(step, when, where) for step in self.steps for when in PERIODS for where in places]

    def outcomes(self) -> list[tuple[Outcome, Outcome]]:
        return [
            (self.reduced.over_records(*point), self.reference.over_records(*point))
            for point in self.points()
        ]

    def reasons(self) -> list[str]:
        """Why an aggregate is not reduced; empty for one that is."""
        return [self.reduced.records.how(step).cause for step in self.steps]


def runs_of(recorded: Recorded, store: Store, engine: Engine | None = None) -> Runs:
    """Both runs over what a store holds."""
    engine = engine or recorded.engine()
    found = {}
    for how in (Reduce.ALWAYS, Reduce.NEVER):
        table = "" if store.kind in {"csv", "parquet"} else recorded.table
        source = store.source(
            table,
            period=recorded.columns["period"],
            dimensions={"kecamatan": recorded.columns["kecamatan"]},
            numbers=engine.catalog.sources["isian"].numbers,
            reduce=how,
        )
        catalog = replace(engine.catalog, folder=str(store.folder), sources={"isian": source})
        found[how] = read_data(catalog, permitted=store.permitted)
    steps = [
        step
        for bound in engine.binding.indicators.values()
        if bound.program is not None
        for step in bound.program.steps
        if isinstance(step, OverRecords)
    ]
    return Runs(_run(engine, found[Reduce.ALWAYS]), _run(engine, found[Reduce.NEVER]), tuple(steps))


def _run(engine: Engine, data: Data) -> ExactEvaluation:
    return ExactEvaluation(engine.binding, data)


@st.composite
def recorded_tables(
    draw: st.DrawFn, kind: str, *, sound: bool = False, formula: st.SearchStrategy[str] = formulas
) -> Recorded:
    """A table for one kind of database; a `sound` one has nothing that is read row by row."""
    shuffled = draw(st.permutations(NAMES))
    columns = dict(zip(("key", "a", "b", "c", "t", "u", "period"), shuffled, strict=True))
    columns["kecamatan"] = "kec;amatan"
    exact = ["integer", "bigint"] if kind == "sqlite" else list(FIGURES)
    kinds = [draw(st.sampled_from(exact)) for _ in range(3)]
    if not sound and draw(st.integers(0, 3)) == 0:
        kinds[2] = draw(st.sampled_from(["text", "double"]))
    types = {"key": "text", "period": "integer", "kecamatan": "text", "t": "text", "u": "text"}
    types |= dict(zip("abc", kinds, strict=True))
    cells = {name: _cells(one, sound=sound) for name, one in zip("abc", kinds, strict=True)}
    row = st.fixed_dictionaries(
        {
            "period": st.sampled_from([2020, 2021]),
            "kecamatan": st.sampled_from(_MEMBERS),
            "t": st.sampled_from([*LABELS, None]),
            "u": st.sampled_from(LABELS),
            **cells,
        }
    )
    rows = draw(st.lists(row, min_size=draw(st.sampled_from([0, 4, 12, 20])), max_size=28))
    for number, each in enumerate(rows):
        each["key"] = draw(st.sampled_from(["K", "k", "Ā", "ー", "K "])) + str(number * 7919 % 97)
    fields = {"x": draw(formula).replace("x", "a").replace("maa", "max")}
    fields["y"] = draw(formula | st.builds("({} / {})".format, numbers, numbers))
    where = st.just("") | conditions(formula).map(" where {}".format)
    aggregates = tuple(
        ("k" if function == "count" else f"k.{draw(st.sampled_from('abcxxyyy'))}", function)
        for function in draw(st.lists(st.sampled_from(FUNCTIONS), min_size=2, max_size=4))
    )
    return Recorded(
        columns,
        types,
        rows,
        fields,
        tuple(f"{function}({operand}{draw(where)})" for operand, function in aggregates),
        draw(st.sampled_from(["refuse", "exclude"])),
        draw(st.sampled_from(["koperasi", 'k"; drop table x; --', "order", "the cells"])),
        draw(st.sampled_from(["id", "en"])) if not sound else "id",
    )


def _cells(kind: str, *, sound: bool) -> st.SearchStrategy[object]:
    if kind == "text":
        odd = st.sampled_from(["abc", "5*", "1.5", "−4"]) if not sound else WRITTEN
        return st.one_of(*[WRITTEN] * 9, odd, st.none())
    if kind == "double":
        return st.one_of(st.floats(width=32), st.sampled_from([0.5, 1.0, float("nan")]), st.none())
    return st.one_of(*[FIGURES[kind]] * 6, st.none())


def fraction_of(outcome: Outcome) -> Fraction | None:
    """The value of an outcome that is a number."""
    return outcome.value if isinstance(outcome.value, Fraction) else None


def put_csv(recorded: Recorded, store: Store) -> None:
    """Write the rows as a CSV file, figures as the format of the source writes them."""
    names = list(recorded.types)
    with store.file.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([recorded.columns[name] for name in names])
        for row in recorded.rows:
            writer.writerow([_as_written(row[name], recorded.numbers) for name in names])


def _as_written(cell: object, form: str) -> str:
    if isinstance(cell, Decimal | int):
        text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
        return text.replace(".", ",") if form == "id" else text
    return "" if cell is None else str(cell)
