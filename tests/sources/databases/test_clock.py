"""What takes too long is stopped, and stopped again where it was between two statements."""

from __future__ import annotations

import threading
import time

import pytest

from iku_engine.sources.databases import clock
from iku_engine.sources.databases.clock import stopped_after


def test_it_is_stopped_until_it_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_AGAIN_SECONDS", 0.01)
    stopped: list[float] = []
    enough = threading.Event()

    def stop() -> None:
        stopped.append(time.monotonic())
        if len(stopped) == 3:
            enough.set()

    with stopped_after(0.02, stop):
        assert enough.wait(10)
    count = len(stopped)
    time.sleep(0.05)
    assert len(stopped) == count


def test_what_ends_in_time_is_not_stopped() -> None:
    stopped: list[int] = []
    with stopped_after(5, lambda: stopped.append(1)):
        pass
    assert not stopped
