"""A catalog opened: read, checked and bound, with what its plugins bring and its data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from iku_engine.diagnostics import Diagnostics, in_file_order
from iku_engine.engine.asked import day_of, periods_of, permitted_use, require_known
from iku_engine.engine.bound import BoundCatalog, Plugins, bound, kept_or_read, read
from iku_engine.errors import UsageError
from iku_engine.periods import Period
from iku_engine.places import Place, place_of

if TYPE_CHECKING:
    from iku_engine.binding.model import Binding
    from iku_engine.catalog.model import Catalog
    from iku_engine.evaluation.exact import ExactEvaluation
    from iku_engine.formulas.model import Formula, Library
    from iku_engine.plugins import PluginInfo
    from iku_engine.reports.forms.model import ReportForm
    from iku_engine.results.model import Results
    from iku_engine.scales import Scale
    from iku_engine.sources.model import Data
    from iku_engine.sources.protocol import Permitted


class OpenedCatalog:
    """One catalog with its plugins and data: what every question to an engine is answered from."""

    def __init__(
        self,
        bound: BoundCatalog,
        plugins: Plugins,
        allowed: Sequence[Path] = (),
        *,
        as_of: date | str | None = None,
        permitted: Callable[[], Permitted] | None = None,
    ) -> None:
        self.as_of: date | None = day_of(as_of)
        self.catalog: Catalog = bound.catalog
        self.binding: Binding = replace(bound.binding, functions=plugins.functions)
        self.scales: Mapping[str, Scale] = plugins.scales
        self._plugins, self._bound = plugins, bound
        self.diagnostics: Diagnostics = in_file_order((*plugins.diagnostics, *bound.diagnostics))
        self._allowed = tuple(allowed)
        self._data: Data | None = None
        self._permitted = permitted

    @classmethod
    def open(  # noqa: PLR0913 - what is read, and what may be used in reading it
        cls,
        path: str | Path,
        *,
        plugins: Sequence[str | Path] = (),
        allowed: Sequence[Path] = (),
        discover: bool = True,
        keep: bool = False,
        as_of: date | str | None = None,
        connections: Mapping[str, Mapping[str, str]] | None = None,
        allow_query: bool = False,
        offline: bool = False,
    ) -> Self:
        """Read a folder of definitions or one file.

        `allowed` are folders besides the catalog's own in which data files may lie. With
        `keep`, what the definitions were bound to is kept in the user's cache folder, and an
        unchanged catalog is taken from there. `as_of` goes back to a day: what was published
        or decreed after it does not exist. `connections` are the settings of databases by alias,
        without it those that the user has configured; a `query` of a source runs only with
        `allow_query`; with `offline` no server is asked. Raises `UsageError` where nothing is at
        the path and for a day that cannot be read; everything else is in `diagnostics`.
        """
        where = Path(path)
        if not where.exists():
            raise UsageError(f"there is nothing at {path}")
        loaded = Plugins(plugins, discover=discover)
        bound = kept_or_read(where, loaded, plugins) if keep else read(where, loaded)

        def use() -> Permitted:  # no object that shows its arguments: they hold passwords
            return permitted_use(connections, allow_query=allow_query, offline=offline)

        return cls(bound, loaded, allowed, as_of=as_of, permitted=use)

    @classmethod
    def from_text(
        cls,
        definitions: str | Mapping[str, object],
        *,
        plugins: Sequence[str | Path] = (),
        discover: bool = True,
        as_of: date | str | None = None,
    ) -> Self:
        """Read definitions held in memory: YAML text, or the same shape as a mapping.

        Such a catalog reads no file; its data is handed to `compute`. `as_of` is that of `open`.
        """
        from iku_engine.catalog.from_yaml import read_mapping, read_text

        loaded = Plugins(plugins, discover=discover)
        if isinstance(definitions, str):
            reading = read_text(definitions, "<text>", "", loaded.scales)
        else:
            reading = read_mapping(definitions, "", loaded.scales)
        return cls(bound(reading, loaded), loaded, as_of=as_of)

    @property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """The built-ins and the plugins, with what each adds or why it failed."""
        return self._plugins.plugins

    @property
    def library(self) -> Library:
        """What formulas may call."""
        return self._plugins.library

    @property
    def methods(self) -> Mapping[str, Formula]:
        """The achievement methods by name."""
        return self._plugins.methods

    @property
    def forms(self) -> Mapping[str, ReportForm]:
        """The forms that `report` fills, by name."""
        return self._plugins.forms

    def data(self) -> Data:
        """The data of the catalog's own sources, read once."""
        if self._data is None:
            from iku_engine.sources.from_files import read_data

            self._data = read_data(
                self.catalog,
                allowed=self._allowed,
                scales=self.scales,
                as_of=self.as_of,
                kinds=self._plugins.kinds,
                permitted=self._permitted and self._permitted(),
            )
        return self._data

    def _run(self, data: object) -> ExactEvaluation:
        from iku_engine.evaluation.exact import ExactEvaluation

        if data is None:
            return ExactEvaluation(self.binding, self.data(), as_of=self.as_of)
        from iku_engine.sources.from_memory import data_from_memory

        held = data_from_memory(self.catalog, data, scales=self.scales, as_of=self.as_of)
        return ExactEvaluation(self.binding, held, as_of=self.as_of)

    def _computed(
        self,
        data: object,
        periods: str | Iterable[Period] | None,
        indicators: Sequence[str] = (),
        by: Sequence[str] = (),
        *,
        to_date: bool = False,
    ) -> tuple[ExactEvaluation, Results, Diagnostics]:
        from iku_engine.results.findings import find_in_results

        run = self._run(data)
        results = self._results(run, periods, indicators, by, to_date=to_date)
        shown = find_in_results(run.binding, self.catalog, results)
        found = (*self.diagnostics, *run.data.diagnostics, *run.findings, *shown)
        return run, results, in_file_order(found)

    def _results(
        self,
        run: ExactEvaluation,
        periods: str | Iterable[Period] | None,
        indicators: Sequence[str],
        by: Sequence[str],
        *,
        to_date: bool = False,
    ) -> Results:
        from iku_engine.results.from_evaluation import compute_results

        by = (by,) if isinstance(by, str) else by
        indicators = (indicators,) if isinstance(indicators, str) else indicators
        if periods is not None and not isinstance(periods, str | Iterable):
            raise UsageError(f"periods are text such as `2018..2022`, not {periods!r}")
        if periods is None:
            asked = self.catalog.periods
            if not asked:
                raise UsageError("the catalog names no periods: say which to compute")
        else:
            asked = periods_of(periods) if isinstance(periods, str) else tuple(periods)
        require_known(indicators, self.binding.indicators, "indicator")
        require_known(by, self._dimensions(), "dimension")
        names = [name for name in self.binding.indicators if not indicators or name in indicators]
        return compute_results(run, names, asked, list(dict.fromkeys(by)), to_date=to_date)

    def _dimensions(self) -> list[str]:
        used = [name for source in self.catalog.sources.values() for name in source.dimensions]
        return list(dict.fromkeys((*self.catalog.dimensions, *used)))

    def _place(self, run: ExactEvaluation, place: Mapping[str, str]) -> Place:
        from iku_engine.evaluation.rollup import members_of

        require_known(tuple(place), self._dimensions(), "dimension")
        for dimension, member in place.items():
            tree = self.binding.dimensions.get(dimension)
            members = members_of(tree, run.data, dimension)
            require_known((member,), members, f"member of `{dimension}`")
        return place_of(place)
