"""The version of iku-engine, where looking it up in the installed packages would cost a start."""

from __future__ import annotations

VERSION = "0.1.0"
