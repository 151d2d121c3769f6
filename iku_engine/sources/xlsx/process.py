"""Starts the process that reads a workbook, and bounds its time and what it says."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from iku_engine.sources.xlsx.child import MAX_OUTPUT, SECONDS
from iku_engine.sources.xlsx.refusing import RefusedWorkbookError

READER = "python_calamine"
_PACKAGE = "iku_engine"
_START = (
    "import sys; sheet = sys.argv.pop(1); sys.path.extend(sys.argv[1:]); sys.argv[1:] = [sheet];"
    "from iku_engine.sources.xlsx.child import main; main()"
)
# Python needs these to start; nothing else of the environment, such as keys, is handed on.
_ENVIRONMENT = ("SYSTEMROOT", "SYSTEMDRIVE", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def is_installed() -> bool:
    """Whether the library that reads workbooks is there."""
    return importlib.util.find_spec(READER) is not None


def answered(content: bytes, sheet: str) -> bytes:
    """What the child says of a workbook; `RefusedWorkbookError` where it cannot say it."""
    # Isolated, so that no file of the folder one works in can be taken for a module.
    command = [sys.executable, "-I", "-c", _START, sheet, *_folders()]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    try:
        process = subprocess.Popen(  # noqa: S603 - this Python, with text of ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError:
        what = "cannot be read: the process that reads workbooks does not start"
        raise RefusedWorkbookError("IKU401", what) from None
    with process:
        return _answer(process, content)


def _answer(process: subprocess.Popen[bytes], content: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(SECONDS, end)
    feeder = threading.Thread(target=_feed, args=(process, content), daemon=True)
    clock.start()
    feeder.start()
    try:
        answer = process.stdout.read(MAX_OUTPUT + 1)
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        feeder.join()
    if late.is_set():
        what = f"takes more than {SECONDS} seconds to read"
        raise RefusedWorkbookError("IKU411", what, "split it into several workbooks")
    return answer


def _feed(process: subprocess.Popen[bytes], content: bytes) -> None:
    """Hand the workbook over; a child that has stopped reads no more of it."""
    assert process.stdin is not None
    with suppress(OSError, ValueError):
        process.stdin.write(content)
    with suppress(OSError, ValueError):
        process.stdin.close()


def _folders() -> list[str]:
    """Where the child finds the engine and the library, if not where Python looks anyway."""
    found = [importlib.util.find_spec(name) for name in (_PACKAGE, READER)]
    origins = [spec.origin for spec in found if spec is not None and spec.origin]
    return [str(Path(origin).resolve().parent.parent) for origin in origins]
