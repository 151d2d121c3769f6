"""A recorded run beside a new one: which results differ, and what changed behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from iku_engine.results.causes import Cause, Causes
from iku_engine.results.manifest import Manifest, RecordedResult


class Difference(StrEnum):
    """How a result differs."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ResultChange:
    """One result that differs, as recorded and as it is now, and what changed behind it."""

    difference: Difference
    old: RecordedResult | None
    new: RecordedResult | None
    causes: tuple[Cause, ...]

    @property
    def result(self) -> RecordedResult:
        """The result as it is now; as it was where it is gone."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ; none for a result that is only in one of the runs."""
        if self.old is None or self.new is None:
            return ()
        before, after = self.old.says, self.new.says
        return tuple(name for name in after if before.get(name) != after[name])


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying a manifest showed.

    `same` counts the results that came out again; `changes` are the others. `inputs` are the
    engine, options, plugins and files that changed, whether results differ or not.
    """

    same: int
    changes: tuple[ResultChange, ...]
    inputs: tuple[Cause, ...]

    @property
    def is_reproduced(self) -> bool:
        """Whether every recorded result came out again, and no other."""
        return not self.changes

    def count(self, difference: Difference) -> int:
        """How many results differ in this way."""
        return sum(change.difference is difference for change in self.changes)


def verified(old: Manifest, new: Manifest) -> Verification:
    """What differs between a recorded run and a new one, in the order of the new results."""
    causes = Causes(old, new)
    before = {result.key: result for result in old.results}
    after = {result.key: result for result in new.results}
    pairs = [(before.get(key), after.get(key)) for key in dict.fromkeys((*after, *before))]
    differing = [pair for pair in pairs if _says(pair[0]) != _says(pair[1])]
    changes = [ResultChange(_difference(*pair), *pair, causes.of(*pair)) for pair in differing]
    return Verification(len(pairs) - len(differing), tuple(changes), causes.inputs)


def _says(result: RecordedResult | None) -> Mapping[str, str] | None:
    return None if result is None else result.says


def _difference(old: RecordedResult | None, new: RecordedResult | None) -> Difference:
    if old is None:
        return Difference.ADDED
    return Difference.CHANGED if new is not None else Difference.REMOVED
