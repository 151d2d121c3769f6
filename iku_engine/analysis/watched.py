"""Starts the process that proves what long formulas have in common, and bounds its time."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from math import ceil
from pathlib import Path

from iku_engine.algebra.model import Program
from iku_engine.analysis.patience import Patience
from iku_engine.analysis.proof import Proof
from iku_engine.binding.encoding import to_data

_START = (
    "import sys; seconds = int(sys.argv.pop(1)); sys.path.extend(sys.argv[1:]); del sys.argv[1:];"
    "from iku_engine.analysis.apart import main; main(seconds)"
)
# Python needs these to start; nothing else of the environment, such as keys, is handed on.
_ENVIRONMENT = ("SYSTEMROOT", "SYSTEMDRIVE", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_LIBRARIES = ("iku_engine", "sympy", "mpmath")


def proved_apart(first: Program, second: Program, patience: Patience) -> Proof | None:
    """The proof by a process; None where it does not end in time or cannot be started."""
    if patience.is_over:
        return None
    seconds = patience.seconds
    with patience.waiting(seconds):
        answer = _asked(json.dumps([to_data(first), to_data(second)]), seconds)
    try:
        found = json.loads(answer)
        same_value, same_domain, difference = found
    except (ValueError, TypeError):
        return None  # ended by the system, or past the bounds
    return Proof(bool(same_value), bool(same_domain), str(difference))


def _asked(question: str, seconds: float) -> str:
    # Isolated, so that no file of the folder one works in can be taken for a module.
    command = [sys.executable, "-I", "-c", _START, str(ceil(seconds)), *_folders()]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        answer = subprocess.run(  # noqa: S603 - this Python, with text of ours
            command,
            input=question,
            capture_output=True,
            text=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout


def _folders() -> list[str]:
    """Where the child finds the engine and its libraries, if not where Python looks anyway."""
    found = [importlib.util.find_spec(name) for name in _LIBRARIES]
    origins = [spec.origin for spec in found if spec is not None and spec.origin]
    return list(dict.fromkeys(str(Path(origin).resolve().parent.parent) for origin in origins))
