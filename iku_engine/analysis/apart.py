"""The process that proves what two long formulas have in common; it is ended when it takes long.

In comes one line of JSON, the two programs as data; out goes one, the proof or null.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress

from iku_engine.algebra.model import Program
from iku_engine.analysis.proof import prove
from iku_engine.binding.encoding import from_data

MEMORY = 1024**3
"""The most bytes of memory that one proof may take."""


def main(seconds: int) -> None:
    """Answer what stands on standard input."""
    _bound(seconds)
    first, second = (from_data(data) for data in json.load(sys.stdin))
    assert isinstance(first, Program)
    assert isinstance(second, Program)
    try:
        proof = prove(first, second)
    except MemoryError:
        proof = None
    json.dump(proof and [proof.same_value, proof.same_domain, proof.difference], sys.stdout)


def _bound(seconds: int) -> None:
    """Bound this process, where the system can; the parent ends it after a time anyway."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        for what, most in (
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_AS, MEMORY),
        ):
            hard = resource.getrlimit(what)[1]
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (allowed, allowed))
