"""Exceptions: mistakes of a caller. A mistake in a definition is a `Diagnostic`, a value."""

from __future__ import annotations


class IkuError(Exception):
    """The base of every exception this library raises on purpose."""


class UsageError(IkuError):
    """The caller asked for something that does not exist or cannot be asked that way."""
