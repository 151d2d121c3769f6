"""How often the laws that the engine promises to its users are tried.

The profile of the run says how often any property is tried. Those below are what a planner, an
auditor or an embedder takes for granted, so that they are tried more often where there is time
for it: `LAW` a thousand times, `SOLVING`, where an example takes long, two hundred times.
"""

from __future__ import annotations

from hypothesis import settings

_FEW = 100
_DEFAULT = settings.default
_TRIED = _DEFAULT.max_examples if _DEFAULT else _FEW

LAW = settings(max_examples=1_000 if _TRIED > _FEW else _TRIED)
SOLVING = settings(max_examples=min(200, _TRIED))
