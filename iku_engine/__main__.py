"""`python -m iku_engine` is the command `iku`."""

from __future__ import annotations

from iku_engine.cli import main

if __name__ == "__main__":
    main()
