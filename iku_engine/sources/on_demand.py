"""Records that are read when somebody asks for them, and only then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from iku_engine.sources.model import Record


class RecordsOnDemand(Mapping[str, tuple[Record, ...]]):
    """The records of each set: those that were read, and those whose reader waits."""

    def __init__(
        self,
        read: Mapping[str, tuple[Record, ...]],
        waiting: Mapping[str, Callable[[], tuple[Record, ...]]],
    ) -> None:
        self._read, self._waiting = dict(read), waiting

    def __getitem__(self, name: str) -> tuple[Record, ...]:
        if name not in self._read and name in self._waiting:
            self._read[name] = self._waiting[name]()
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._read, *self._waiting)))

    def __len__(self) -> int:
        return len({*self._read, *self._waiting})
