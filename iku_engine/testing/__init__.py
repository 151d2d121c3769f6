"""For plugin authors and for our own tests: cases, laws of formulas, tiny catalogs, golden tables.

What draws figures needs hypothesis (the extra `test`), which is imported when a law is tried.
"""

from __future__ import annotations

from iku_engine.testing.bench import check_examples, outcome_of
from iku_engine.testing.cases import Case, compute_case, problems_of, read_case
from iku_engine.testing.catalogs import tiny_catalog, tiny_engine
from iku_engine.testing.figures import figures
from iku_engine.testing.golden import check_golden
from iku_engine.testing.laws import Law, check_laws, laws_of

__all__ = [
    "Case",
    "Law",
    "check_examples",
    "check_golden",
    "check_laws",
    "compute_case",
    "figures",
    "laws_of",
    "outcome_of",
    "problems_of",
    "read_case",
    "tiny_catalog",
    "tiny_engine",
]
