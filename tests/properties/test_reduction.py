"""Records reduced where they live come to what the reference makes of them, row by row."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.postgresql_server import Server
from tests.properties.record_tables import Recorded, recorded_tables, runs_of
from tests.sources.databases.building import Store

EMBEDDED = ("csv", "duckdb", "parquet", "sqlite")
# Each example makes a database, and opens it several times.
SLOW = settings(suppress_health_check=list(HealthCheck), max_examples=settings().max_examples // 4)


@contextmanager
def filled(recorded: Recorded, kind: str, server: Server | None = None) -> Iterator[Store]:
    folder = Path(tempfile.mkdtemp(prefix="iku-"))
    try:
        if server is not None:
            server.emptied()
        store = Store(kind, folder, server)
        recorded.put(store)
        yield store
    finally:
        shutil.rmtree(folder)


def assert_same(recorded: Recorded, store: Store) -> list[str]:
    """Whatever is asked, both runs say the same; gives why an aggregate was not reduced."""
    runs = runs_of(recorded, store)
    assert runs.reduced.data.members == runs.reference.data.members
    for (step, when, where), (reduced, reference) in zip(
        runs.points(), runs.outcomes(), strict=True
    ):
        how = runs.reduced.records.how(step)
        assert reduced == reference, (step.text, when, where, how)
    found = (*runs.reduced.data.diagnostics, *runs.reduced.findings)
    assert found == runs.reference.data.diagnostics
    return runs.reasons()


@pytest.mark.parametrize("kind", EMBEDDED)
@given(st.data())
@SLOW
def test_a_reduction_equals_the_reference(kind: str, data: st.DataObject) -> None:
    recorded = data.draw(recorded_tables(kind))
    with filled(recorded, kind) as store:
        for reason in assert_same(recorded, store):
            event(reason or "reduced")


@pytest.mark.service
@given(st.data())
@SLOW
def test_a_reduction_by_postgresql_equals_the_reference(
    postgresql_server: Server, data: st.DataObject
) -> None:
    recorded = data.draw(recorded_tables("postgresql"))
    with filled(recorded, "postgresql", postgresql_server) as store:
        for reason in assert_same(recorded, store):
            event(reason or "reduced")


@pytest.mark.parametrize("kind", EMBEDDED)
def test_most_of_what_can_be_written_is_reduced(kind: str) -> None:
    tally: Counter[str] = Counter()

    @given(recorded_tables(kind, sound=True))
    @settings(SLOW, max_examples=25, derandomize=True, database=None)
    def count(recorded: Recorded) -> None:
        with filled(recorded, kind) as store:
            tally.update(runs_of(recorded, store).reasons())

    count()
    assert tally[""] >= 0.8 * tally.total(), tally
