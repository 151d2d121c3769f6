"""A limit on what a database is asked: after it, whatever still runs is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_AGAIN_SECONDS = 0.5


@contextmanager
def stopped_after(seconds: float, stop: Callable[[], None]) -> Iterator[None]:
    """Calls `stop` when the time is over, and again until the work has ended.

    Once is not enough: between two statements there is nothing to stop.
    """
    has_ended = threading.Event()

    def watch() -> None:
        if not has_ended.wait(seconds):
            stop()
            while not has_ended.wait(_AGAIN_SECONDS):
                stop()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        has_ended.set()
        watcher.join()
