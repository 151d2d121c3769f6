"""The satisfaction survey (survei kepuasan masyarakat): its index and its grades."""

from __future__ import annotations

from collections.abc import Iterable

from iku_engine.formulas.model import Formula
from iku_engine.hooks import hookimpl
from iku_engine.scales import Scale
from iku_plugin_skm.grades import GRADES
from iku_plugin_skm.index import SKM_INDEX, SKM_INDEX_OF, SKM_LOWEST

__all__ = [
    "IKU_CONTRACT",
    "iku_formulas",
    "iku_scales",
]

IKU_CONTRACT = 1


@hookimpl
def iku_formulas() -> Iterable[Formula]:
    """The index of nine elements or of any number, and the lowest element."""
    return [SKM_INDEX, SKM_INDEX_OF, SKM_LOWEST]


@hookimpl
def iku_scales() -> Iterable[Scale]:
    """The grades of 2017 and those of 2004, which have other edges."""
    return GRADES
