"""Time per figure of a compiled program beside what one would otherwise pick.

The same growth rates and shares, exact, computed four ways in one run: the engine's compiled
program, `fractions.Fraction` arithmetic by hand, and sympy's `subs` and `lambdify` on
rationals. All four must give the same figures, or there is nothing to compare.
Usage: python benchmarks/figures.py [FIGURES]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction

import sympy

from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import Readable, Scope
from iku_engine.diagnostics import text_alone
from iku_engine.evaluation.model import Outcome
from iku_engine.evaluation.steps import evaluate
from iku_engine.language.from_text import parse_formula
from iku_engine.periods import Period

PAIRS = [(Fraction(1000 + 7 * n, 10), Fraction(900 + 11 * n, 10)) for n in range(2_000)]
PERIOD = Period.of(2022)


class _World:
    """The two inputs of one figure."""

    opaque = None

    def __init__(self) -> None:
        self.known: dict[str, Outcome] = {}

    def series(self, name: str, period: Period, place: object) -> Outcome:
        return self.known[name]


def engine(pairs: Sequence[tuple[Fraction, Fraction]]) -> list[Fraction]:
    """The compiled program, its world filled anew for each figure."""
    tree, _ = parse_formula(text_alone("(a - b) / b * 100%"))
    assert tree is not None
    program = compile_tree(tree, Scope({"a": Readable(), "b": Readable()}))
    world = _World()
    found = []
    for a, b in pairs:
        world.known = {"a": Outcome(a), "b": Outcome(b)}
        found.append(evaluate(program, world, PERIOD, ()).number)  # type: ignore[arg-type]
    return found


def by_hand(pairs: Sequence[tuple[Fraction, Fraction]]) -> list[Fraction]:
    """Fractions, without any test or reason."""
    return [(a - b) / b * 100 for a, b in pairs]


def by_subs(pairs: Sequence[tuple[Fraction, Fraction]]) -> list[Fraction]:
    """sympy's substitution, what an expression stored as sympy invites."""
    x, y = sympy.symbols("x0 x1", real=True)
    expression = (x - y) / y * 100
    found = []
    for a, b in pairs:
        value = expression.subs({x: sympy.Rational(a), y: sympy.Rational(b)})
        found.append(Fraction(int(value.p), int(value.q)))
    return found


def by_lambdify(pairs: Sequence[tuple[Fraction, Fraction]]) -> list[Fraction]:
    """sympy's generated function on Python's fractions."""
    x, y = sympy.symbols("x0 x1", real=True)
    function = sympy.lambdify((x, y), (x - y) / y * 100, modules=[{}])
    return [function(a, b) for a, b in pairs]


def main(count: int) -> None:
    """Measure, compare the figures, print microseconds a figure and ratios."""
    pairs = PAIRS[:count]
    ways: dict[str, Callable[[Sequence[tuple[Fraction, Fraction]]], list[Fraction]]] = {
        "fractions.Fraction by hand, no checks": by_hand,
        "iku-engine, with domain tests and reasons": engine,
        "sympy lambdify on fractions, no checks": by_lambdify,
        "sympy subs": by_subs,
    }
    expected = by_hand(pairs)
    times = {}
    for title, way in ways.items():
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            found = way(pairs)
            best = min(best, time.perf_counter() - start)
        assert found == expected, title
        times[title] = best / len(pairs) * 1e6
    base = times["iku-engine, with domain tests and reasons"]
    print("| way | µs a figure | against iku-engine |\n|---|---:|---:|")
    for title, microseconds in times.items():
        print(f"| {title} | {microseconds:.1f} | {microseconds / base:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
