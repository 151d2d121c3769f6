"""Labels of the service, which carry markup, entities and stray blanks: `<b>ACEH</b>`."""

from __future__ import annotations

import html
import re

_BREAK = re.compile(r"</?(?:br|p|div|li|td|tr)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--[^<>]{0,500}-->")
_BLANKS = re.compile(r"[\s\u00a0\u200b\u2060\ufeff\x00-\x1f\x7f]+")


def cleaned(label: str) -> str:
    """The text of a label: tags gone, entities read, blanks joined.

    Markup that is itself written in entities (`&lt;b&gt;`) is markup too; `a < b` is not.
    """
    text = _without_tags(html.unescape(_without_tags(label)))
    return _BLANKS.sub(" ", text).strip()


def _without_tags(text: str) -> str:
    return _TAG.sub("", _BREAK.sub(" ", text)) if "<" in text else text
