"""One answer over HTTP, within bounds: of time, of size, of tries, on one server.

The standard library is enough for one kind of request. An address holds the key, so no text of
an exception is ever passed on: only what kind of failure it was.
"""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import IO, NoReturn

from iku_plugin_bps.service.codes import ServiceError
from iku_plugin_bps.service.connection import Connection, is_loopback, server_of
from iku_plugin_bps.service.watch import Watch, WatchedHTTP, WatchedHTTPS

_CHUNK = 65_536
_AGAIN = frozenset({429, 500, 502, 503, 504})
_MOST_REDIRECTIONS = 3
_LONGEST_WAIT = 10  # seconds a service may ask to be left alone before it is given up


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a request: seconds of silence, seconds in all, bytes, pauses between tries."""

    silence: float = 20
    whole: float = 90
    most_bytes: int = 16_000_000
    pauses: tuple[float, ...] = (1, 3)


LIMITS = Limits()
"""The bounds of an ordinary run."""


def fetch(connection: Connection, path: str, limits: Limits) -> bytes:
    """The bytes the service answers with; `ServiceError` where it does not, or not in time.

    What the service says will pass (429, 500 and its like) is tried again after each pause.
    """
    url = f"{connection.address}/{path}/key/{connection.key}"
    ends = time.monotonic() + limits.whole
    for pause in (*limits.pauses, None):
        answer = _try(url, limits, ends)
        if isinstance(answer, bytes):
            return answer
        wait = max(pause or 0, answer.wait)
        if pause is None or wait > _LONGEST_WAIT or time.monotonic() + wait > ends:
            raise _refused(answer.status)
        time.sleep(wait)
    raise AssertionError("the last try answers or raises")


@dataclass(frozen=True, slots=True)
class _Status:
    """A status that may pass, and for how many seconds the service asks to be left alone."""

    status: int
    wait: float


def _try(url: str, limits: Limits, ends: float) -> bytes | _Status:
    with Watch(ends - time.monotonic()) as watch:
        try:
            answer = _answer(url, limits, watch)
        except ServiceError:
            if not watch.is_over:
                raise
    if watch.is_over:  # what looks whole may have been cut off by the watch
        _fail(TimeoutError())
    return answer


def _answer(url: str, limits: Limits, watch: Watch) -> bytes | _Status:
    try:
        request = urllib.request.Request(url, headers=_HEADERS)  # noqa: S310 - its scheme was checked
        with _opener(url, watch).open(request, timeout=limits.silence) as response:
            return _read(response, limits)
    except urllib.error.HTTPError as error:
        with error:
            if error.code in _AGAIN:
                return _Status(error.code, _asked_wait(error.headers))
        raise _refused(error.code) from None
    except urllib.error.URLError as error:
        _fail(error.reason)
    except (OSError, http.client.HTTPException, ValueError) as error:
        _fail(error)


def _read(response: http.client.HTTPResponse, limits: Limits) -> bytes:
    if response.status != http.client.OK:  # a part of an answer, or nothing
        raise _refused(response.status)
    if response.headers.get("Content-Encoding", "identity").strip().casefold() != "identity":
        raise ServiceError("BPS105", "the service sent a packed answer, which it was not asked for")
    promised = response.headers.get("Content-Length", "")
    if promised.isdigit() and (len(promised) > 12 or int(promised) > limits.most_bytes):
        raise _too_large(limits)
    parts: list[bytes] = []
    size = 0
    while part := response.read1(_CHUNK):
        size += len(part)
        if size > limits.most_bytes:
            raise _too_large(limits)
        parts.append(part)
    if promised.isdigit() and size < int(promised):
        raise http.client.IncompleteRead(b"")
    return b"".join(parts)


def _too_large(limits: Limits) -> ServiceError:
    message = f"the service answered with more than {limits.most_bytes // 1_000_000} MB"
    help_ = "ask for fewer years with `years`, or narrow it with `turvar` or `vervar`"
    return ServiceError("BPS105", message, help_)


def _refused(status: int) -> ServiceError:
    if status in (401, 403):
        message = f"the service did not accept the key (HTTP {status})"
        return ServiceError("BPS103", message, "check the key that is configured")
    if status == 404:
        message = "the service knows nothing under this address (HTTP 404)"
        return ServiceError(
            "BPS103", message, "check `domain` and `var`, and the address if configured"
        )
    if status == 429:
        message = "the service was asked too often (HTTP 429)"
        return ServiceError("BPS103", message, "try again later")
    help_ = "try again later" if status in _AGAIN else ""
    return ServiceError("BPS103", f"the service answered with an error (HTTP {status})", help_)


def _fail(reason: object) -> NoReturn:
    """Say what kind of failure it was, without its text."""
    what, help_ = "the service cannot be reached", "check the network and the proxy settings"
    if isinstance(reason, ServiceError):
        raise reason
    if isinstance(reason, TimeoutError):
        what, help_ = "the service did not answer in time", "try again later"
    elif isinstance(reason, ssl.SSLError):
        what, help_ = "the service does not prove who it is (TLS)", "check proxy and certificates"
    elif isinstance(reason, ValueError | http.client.HTTPException):
        what, help_ = "the connection broke off before the answer was whole", "try again later"
    raise ServiceError("BPS103", what, help_) from None


def _asked_wait(headers: Message) -> float:
    text = str(headers.get("Retry-After", "")).strip()
    return float(text) if text.isdigit() and len(text) < 10 else 0


class _OneServer(urllib.request.HTTPRedirectHandler):
    """Follows redirections on the same server alone: another one is not given the key."""

    max_redirections = _MOST_REDIRECTIONS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if server_of(newurl) != server_of(req.full_url):
            fp.close()
            message = "the service sends on to another server, which is not followed"
            raise ServiceError("BPS103", message, "check the address that is configured")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(url: str, watch: Watch) -> urllib.request.OpenerDirector:
    """Opens `http` and `https` and nothing else; proxies are those of the environment."""
    opener = urllib.request.OpenerDirector()
    own = is_loopback(server_of(url)[1])
    proxies = urllib.request.ProxyHandler({} if own else None)
    for handler in (
        proxies,
        WatchedHTTP(watch),
        WatchedHTTPS(watch),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _OneServer(),
    ):
        opener.add_handler(handler)
    return opener


_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",
    "User-Agent": "iku-plugin-bps",
}
