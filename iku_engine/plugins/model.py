"""What plugins come to: one line a plugin, and everything they add by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from iku_engine.diagnostics import Diagnostic
from iku_engine.formulas.model import Formula, Library
from iku_engine.scales import Scale

if TYPE_CHECKING:  # few runs need them, and every start reads this file
    from iku_engine.catalog.library import CatalogLibrary
    from iku_engine.checks.model import Rule
    from iku_engine.reports.forms.model import ReportForm
    from iku_engine.sources.protocol import Kind

BUILT_IN = "iku-engine"
"""What the built-ins are called among the plugins."""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """One plugin: what it is called, what it adds (`formula growth_rate`), why it failed.

    `contract` is the version of the contract it was written for; 0 where it names none.
    """

    name: str
    version: str
    contract: int = 0
    adds: tuple[str, ...] = ()
    failure: str = ""

    @property
    def title(self) -> str:
        """The plugin in messages: its name with its version, the built-ins by their name."""
        return self.name if self.name == BUILT_IN else f"{self.name} {self.version}".strip()


@dataclass(slots=True)
class Registry:
    """Everything all plugins add, by kind and name, and what went wrong."""

    library: Library = field(default_factory=Library)
    scales: dict[str, Scale] = field(default_factory=dict)
    methods: dict[str, Formula] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    forms: dict[str, ReportForm] = field(default_factory=dict)
    catalogs: dict[str, CatalogLibrary] = field(default_factory=dict)
    plugins: list[PluginInfo] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
