"""The time a request may take in all, whatever of it is slow.

A time limit of a socket is one of silence: a server that sends a sign now and then is never
silent. So a clock beside the request closes its connection when the time is over.
"""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self


class Watch:
    """Closes the connections of one request when its time is over, while it is entered."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._clock = threading.Timer(max(seconds, 0), self._end)
        self._clock.daemon = True

    def __enter__(self) -> Self:
        self._clock.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._clock.cancel()

    def over(self, connected: socket.socket) -> None:
        """Watch over a connection; `TimeoutError` where it is too late for it."""
        self._sockets.append(connected)
        if self.is_over:
            raise TimeoutError

    def _end(self) -> None:
        self.is_over = True
        for one in self._sockets:
            with suppress(OSError):
                socket.socket.shutdown(one, socket.SHUT_RDWR)


class WatchedHTTP(urllib.request.HTTPHandler):
    """Opens `http` under a watch."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def do_open(
        self,
        http_class: Callable[..., http.client.HTTPConnection],
        req: urllib.request.Request,
        **arguments: object,
    ) -> http.client.HTTPResponse:
        return super().do_open(_watched(http_class, self._watch), req, **arguments)


class WatchedHTTPS(urllib.request.HTTPSHandler):
    """Opens `https` under a watch."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def do_open(
        self,
        http_class: Callable[..., http.client.HTTPConnection],
        req: urllib.request.Request,
        **arguments: object,
    ) -> http.client.HTTPResponse:
        return super().do_open(_watched(http_class, self._watch), req, **arguments)


def _watched(
    opened: Callable[..., http.client.HTTPConnection], watch: Watch
) -> Callable[..., http.client.HTTPConnection]:
    """Connections of a class that tell the watch when they are made."""

    def made(host: str, **arguments: object) -> http.client.HTTPConnection:
        connection = opened(host, **arguments)
        connect = connection.connect

        def connected() -> None:
            connect()
            watch.over(connection.sock)

        connection.connect = connected  # type: ignore[method-assign]
        return connection

    return made
