"""The escaper of HTML: every text is escaped where it enters, and pages load and link nothing."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Mapping

from iku_engine.reports.escape import visible


class Html(str):
    """Text that is HTML already; everything else is escaped when it enters an element."""

    __slots__ = ()


_VOID = frozenset({"br", "col", "meta"})


def element(name: str, *children: str, attributes: Mapping[str, str | int] | None = None) -> Html:
    """An element with its attributes and children, texts among them escaped."""
    held = "".join(
        f' {key}="{html.escape(str(value), quote=True)}"'
        for key, value in (attributes or {}).items()
    )
    if name in _VOID:
        return Html(f"<{name}{held}>")
    return Html(f"<{name}{held}>{''.join(map(escaped, children))}</{name}>")


def escaped(text: str) -> Html:
    """A text as HTML: unprintable signs as their codes, line ends as line breaks."""
    if isinstance(text, Html):
        return text
    lines = (html.escape(visible(line), quote=False) for line in text.split("\n"))
    return Html("<br>".join(lines))


def joined(*parts: str) -> Html:
    """Elements one after the other, each on a line of its own."""
    return Html("\n".join(map(escaped, parts)))


def page(title: str, body: Html, style: str, language: str) -> str:
    """A page that stands alone: nothing is loaded, run or followed.

    Its policy allows the one style sheet it holds, known by its hash, and nothing else.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = element(
        "head",
        element("meta", attributes={"charset": "utf-8"}),
        element("meta", attributes={"http-equiv": "Content-Security-Policy", "content": policy}),
        element(
            "meta",
            attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"},
        ),
        element("title", title),
        Html(f"<style>{style}</style>"),
    )
    whole = element("html", head, element("body", body), attributes={"lang": language})
    return f"<!DOCTYPE html>\n{whole}\n"
