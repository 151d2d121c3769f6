"""The built-ins enter by the same door as any plugin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from iku_engine.formulas import BUILT_IN
from iku_engine.formulas.achievement import METHODS
from iku_engine.formulas.grades import GRADES
from iku_engine.formulas.model import Formula
from iku_engine.hooks import hookimpl
from iku_engine.scales import Scale

if TYPE_CHECKING:
    from iku_engine.checks.model import Rule


class BuiltIns:
    """The formulas, achievement methods and grades of iku-engine itself."""

    @hookimpl
    def iku_formulas(self) -> Iterable[Formula]:
        return BUILT_IN

    @hookimpl
    def iku_scales(self) -> Iterable[Scale]:
        return GRADES

    @hookimpl
    def iku_achievement_methods(self) -> Iterable[Formula]:
        return METHODS


class BuiltInChecks:
    """The check rules of iku-engine itself, asked for when a catalog is first checked.

    They look at parts that a computation does without, and starting is to stay quick.
    """

    @hookimpl
    def iku_checks(self) -> Iterable[Rule]:
        from iku_engine.checks.rules import RULES

        return RULES
