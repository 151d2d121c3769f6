"""The manifest of a run: what it was made with and from, and every figure that came out.

It is plain text through and through, the same for the same run on every machine: no time, no
path outside the catalog. Two manifests are compared in `results/verification.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from iku_engine.catalog.model import Catalog
from iku_engine.evaluation.exact import ExactEvaluation
from iku_engine.places import Place
from iku_engine.quantities import to_exact_text
from iku_engine.results.meanings import Meaning
from iku_engine.results.model import Result, Results, row_of
from iku_engine.results.origins import Figure, FigureKey, Origins
from iku_engine.results.written import plain_figure
from iku_engine.sources.model import Data, Origin

SAYS = (
    "exact", "actual", "unit", "target", "achievement", "rating", "status", "reason",
    "achievement_status", "quality",
)  # fmt: skip
"""What is recorded of a result; `target` and `achievement` are exact, `actual` as displayed."""

FIGURE_COLUMNS = (
    "name", "period", "place", "record", "field", "value", "mark", "file", "cell",
)  # fmt: skip
"""What a manifest says of a figure, in order."""

RESULT_COLUMNS = ("indicator", "period", "place", "figures", *SAYS)
"""What a manifest says of a result, in order."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for, as far as it changes results; no `indicators` are all of them."""

    periods: tuple[str, ...]
    indicators: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    as_of: str = ""
    to_date: bool = False


@dataclass(frozen=True, slots=True)
class UsedPlugin:
    """A plugin that was loaded; `sha256` is that of its files where it was named by a path."""

    name: str
    version: str
    contract: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class UsedFile:
    """A file by its path in the catalog's folder; `source` is empty for definitions.

    Without `sha256` nothing was read from it.
    """

    file: str
    sha256: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run was made with, data aside. `catalog` names the one file of such a catalog."""

    engine: str
    options: Options
    catalog: str = ""
    plugins: tuple[UsedPlugin, ...] = ()
    definitions: tuple[UsedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedFigure:
    """One input and the cell it came from.

    `record` and `field` are those of micro data; `value` is exact, or a text, or None for a cell
    that says that the figure is missing; `mark` is `*` or `**` on provisional figures.
    """

    name: str
    period: str
    place: Place
    record: str
    field: str
    value: str | None
    mark: str
    file: str
    cell: str

    @property
    def key(self) -> tuple[str, str, Place, str, str]:
        """What it is a figure of."""
        return (self.name, self.period, self.place, self.record, self.field)


@dataclass(frozen=True, slots=True)
class RecordedResult:
    """One result as text (see `SAYS`), and the positions of the figures it was made from."""

    indicator: str
    period: str
    place: Place
    says: Mapping[str, str]
    figures: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[str, str, Place]:
        """Which result it is."""
        return (self.indicator, self.period, self.place)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One run: its setting, its data, what its definitions say, and its results."""

    setting: Setting
    sources: tuple[UsedFile, ...]
    meanings: tuple[Meaning, ...]
    figures: tuple[RecordedFigure, ...]
    results: tuple[RecordedResult, ...]


def manifest_of(
    setting: Setting,
    run: ExactEvaluation,
    catalog: Catalog,
    results: Results,
    meanings: Iterable[Meaning],
) -> Manifest:
    """The manifest of the results of a run; `meanings` are those of the indicators asked for."""
    origins = Origins(run)
    behind = [origins.behind(result, to_date=setting.options.to_date) for result in results]
    order = sorted(origins.figures)
    position = {key: number for number, key in enumerate(order)}
    return Manifest(
        setting,
        tuple(sorted(_sources(catalog, run.data), key=lambda one: (one.source, one.file))),
        tuple(meanings),
        tuple(_figure(key, origins.figures[key]) for key in order),
        tuple(
            _result(result, sorted(position[key] for key in keys))
            for result, keys in zip(results, behind, strict=True)
        ),
    )


def _result(result: Result, figures: Sequence[int]) -> RecordedResult:
    row = row_of(result, ())
    says = {name: row[name] for name in SAYS}
    says["target"] = _target(result)
    says["achievement"] = row["achievement_exact"]
    return RecordedResult(
        result.indicator.id, str(result.period), result.place, says, tuple(figures)
    )


def _target(result: Result) -> str:
    """The promise unrounded; both ends of a range."""
    if result.target is not None:
        return to_exact_text(result.target)
    if result.target_low is None or result.target_high is None:
        return ""
    return f"{to_exact_text(result.target_low)}..{to_exact_text(result.target_high)}"


def _figure(key: FigureKey, found: Figure) -> RecordedFigure:
    return RecordedFigure(
        key.name,
        str(key.period),
        key.place,
        key.record,
        key.field,
        None if found.value is None else plain_figure(found.value),
        found.mark.sign,
        found.origin.file,
        cell_text(found.origin),
    )


def cell_text(origin: Origin) -> str:
    """Where in its file a figure stands."""
    return str(origin).removeprefix(origin.file).strip()


def _sources(catalog: Catalog, data: Data) -> Iterator[UsedFile]:
    """Every file that figures were read from, and the declared ones that gave none.

    Data handed over have the digest of their figures.
    """
    read: dict[UsedFile, None] = {}
    handed_over: dict[str, list[str]] = {}
    for key, figure in _every(data):
        origin = figure.origin
        if origin.sha256:
            read[UsedFile(origin.file, origin.sha256, _source_of(catalog, key.name))] = None
        else:
            said = (*key, plain_figure(figure.value), figure.mark.sign)
            handed_over.setdefault(origin.file, []).append("\0".join(map(str, said)))
    yield from read
    for file, figures in handed_over.items():
        together = "\n".join(sorted(figures)).encode("utf-8", "surrogatepass")
        yield UsedFile(file, sha256(together).hexdigest())
    known = {one.source for one in read}
    for declared in catalog.sources.values():
        if declared.id not in known:
            yield UsedFile(declared.connection or declared.file.text.strip(), "", declared.id)


def _every(data: Data) -> Iterator[tuple[FigureKey, Figure]]:
    """All figures of the data, whether anything reads them or not."""
    for (variable, period, place), observation in data.observations.items():
        yield FigureKey(variable, period, place), observation
    for name, records in data.records.items():
        for record in records:
            for column, cell in record.cells.items():
                yield FigureKey(name, record.period, record.place, record.key, column), cell


def _source_of(catalog: Catalog, name: str) -> str:
    """The source of a variable or record set."""
    declared = catalog.variables.get(name) or catalog.records.get(name)
    return declared.source if declared else ""
