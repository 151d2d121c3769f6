"""The bounds of a formula text and tree, held before anything expensive looks at them."""

from __future__ import annotations

MAX_CHARACTERS = 10_000
MAX_DEPTH = 150
MAX_DIGITS = 60
MAX_EXPONENT = 64
MAX_LAG = 120
MAX_NODES = 10_000
MAX_NAME = 64
MAX_TEXT = 200
