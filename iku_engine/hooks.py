"""The plugin contract, version 0: what a plugin may add, and the markers to say so.

A plugin is a module or object whose functions carry `hookimpl`:

    from iku_engine.hooks import hookimpl

    @hookimpl
    def iku_formulas():
        return [MY_FORMULA]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

from iku_engine.scales import Scale

if TYPE_CHECKING:  # the contract names what later stages define
    from iku_engine.checks.model import Rule
    from iku_engine.formulas.model import Formula, Function

PROJECT = "iku_engine"
CONTRACT = 0

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The hooks. Each is called once when an engine is made; order decides nothing."""

    @hookspec
    def iku_formulas(self) -> Iterable[Formula]:
        """Named formulas: values whose body is text of the formula language."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_functions(self) -> Iterable[Function]:
        """Opaque functions, for what the language cannot say: exact numbers in and out."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_scales(self) -> Iterable[Scale]:
        """Rating scales of a regulation, with their source."""
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_achievement_methods(self) -> Iterable[Formula]:
        """Formulas over `actual`, `target`, `target_low` and `target_high`.

        The built-in methods enter here.
        """
        raise AssertionError("a specification is not called")

    @hookspec
    def iku_checks(self) -> Iterable[Rule]:
        """Check rules, which `iku check` runs over a catalog; the built-in rules enter here."""
        raise AssertionError("a specification is not called")
