"""How long an analysis may still take over what has no bound of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SECONDS = 6.0
"""How long the proof of one comparison may take."""


@dataclass(slots=True)
class Patience:
    """Seconds that are left for all questions together; what one takes is gone for the next."""

    seconds: float = SECONDS

    @property
    def is_over(self) -> bool:
        """Whether nothing is left."""
        return self.seconds <= 0

    @contextmanager
    def waiting(self, most: float) -> Iterator[float]:
        """What is done inside takes patience; gives the time at which it shall end."""
        started = time.monotonic()
        try:
            yield started + most
        finally:
            self.seconds -= time.monotonic() - started
