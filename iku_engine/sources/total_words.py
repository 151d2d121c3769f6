"""The words with which tables name a row that sums up the others."""

from __future__ import annotations

import re

_WHOLE = r"(?:keseluruhan|seluruhnya|semua|umum|kabupaten|kota|provinsi|kecamatan|tahun)"
_WORD = r"(?:grand|sub)?[ -]*(?:jumlah|total)"
_TOTAL = re.compile(
    rf"(?:{_WORD}(?: ?/ ?| )?)+(?: {_WHOLE}\b.*)?|rata[- ]*rata|rerata|average|sum",
)
_LONGEST = 80


def is_total_word(text: str) -> bool:
    """Whether a cell says that its row sums up others: `Jumlah`, `TOTAL`, `Jumlah Kabupaten X`.

    `Jumlah penduduk` does not: it names a thing.
    """
    if len(text) > _LONGEST:
        return False
    bare = " ".join(text.casefold().split()).rstrip(" :.")
    return _TOTAL.fullmatch(bare) is not None
