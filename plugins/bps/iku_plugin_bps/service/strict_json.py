"""JSON as a service sends it, read strictly: bounded, no key twice, figures as they are written."""

from __future__ import annotations

import json
import re
from typing import NoReturn, TypeAlias

from iku_plugin_bps.service.codes import ServiceError

MOST_DEPTH = 16

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")


class Numeral(str):
    """A JSON number as it was written, which a text of the same digits is not."""

    __slots__ = ()


Json: TypeAlias = "dict[str, Json] | list[Json] | str | bool | None"
"""What is read; a number is a `Numeral`."""


class _RefusedError(ValueError):
    """What JSON allows and no answer may hold."""


def read_json(content: bytes) -> Json:
    """The value that bytes hold; `ServiceError` where they hold none, or one past the bounds."""
    try:
        _check_depth(content)
        text = content.decode("utf-8-sig")
        value: Json = json.loads(
            text,
            parse_int=Numeral,
            parse_float=Numeral,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
        json.dumps(value, ensure_ascii=False).encode()  # half a sign of two is no text
    except _RefusedError as why:
        raise ServiceError("BPS105", f"the service's answer {why}") from None
    except (ValueError, RecursionError):
        message = "the service's answer is not JSON, or was cut off"
        raise ServiceError("BPS105", message, "try again later") from None
    return value


def _check_depth(content: bytes) -> None:
    depth = 0
    for bracket in _BRACKET.finditer(_TEXT.sub(b"", content)):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > MOST_DEPTH:
            raise _RefusedError(f"is nested more than {MOST_DEPTH} levels deep")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RefusedError("says one thing twice: a key stands in it a second time")
    return found


def _no_number(_: str) -> NoReturn:
    raise _RefusedError("holds a figure that is no number")
