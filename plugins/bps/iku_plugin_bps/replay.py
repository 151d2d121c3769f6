"""A service on this machine that replays answers: for tests and examples, without the network.

    with ReplayedService({"domain/1306/var/29/th/123": Reply(answer(...))}) as service:
        permitted = Permitted(connections={"bps": {"url": service.address, "key": KEY}})

What is not replayed is answered as the office answers: 404.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType, TracebackType
from typing import Self, TypeAlias

KEY = "REPLAYED0123456789"
"""A key for a service that asks for none."""

_BELOW = "/v1/api"
_ASKED = f"{_BELOW}/list/model/data/lang/ind/"

Entries: TypeAlias = Mapping[int, str]
"""The ids of one of the service's lists and their labels."""

NO_PART: Entries = MappingProxyType({0: "Tidak ada"})
WHOLE_YEAR: Entries = MappingProxyType({0: "Tahun"})
QUARTERS: Entries = MappingProxyType(
    {31: "Triwulan I", 32: "Triwulan II", 33: "Triwulan III", 34: "Triwulan IV", 35: "Tahunan"}
)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: its bytes, status and headers.

    `silence` are seconds before it; of its bytes only the first `cut` are sent, and after each
    `drip` of them there is a silence again.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    silence: float = 0
    cut: int | None = None
    drip: int = 0


def answer(  # noqa: PLR0913 - the parts of an answer
    *,
    var: int,
    vervar: Entries,
    tahun: Entries,
    figures: Mapping[str, object],
    turvar: Entries = NO_PART,
    turtahun: Entries = WHOLE_YEAR,
    unit: str = "",
    updated: str = "2024-03-01 10:00:00",
) -> bytes:
    """An answer of the documented shape (`model=data`), its figures by key."""
    said = {
        "status": "OK",
        "data-availability": "available",
        "last_update": updated,
        "var": [{"val": var, "label": "", "unit": unit, "subj": "", "def": "", "note": ""}],
        "turvar": _listed(turvar),
        "labelvervar": "",
        "vervar": _listed(vervar),
        "tahun": _listed(tahun),
        "turtahun": _listed(turtahun),
        "datacontent": figures,
    }
    return json.dumps(said).encode()


def unavailable(word: str = "not-available") -> bytes:
    """The answer where the office has no such figures."""
    return json.dumps({"status": "OK", "data-availability": word}).encode()


class ReplayedService:
    """Answers by what is asked for (`domain/1306/var/29/th/123`); of several the next each time.

    `asked` are the requests that came, their keys left out; `keys` the keys.
    """

    def __init__(self, replies: Mapping[str, Reply | Sequence[Reply]]) -> None:
        self.asked: list[str] = []
        self.keys: list[str] = []
        self._replies = {
            shown: [given] if isinstance(given, Reply) else list(given)
            for shown, given in replies.items()
        }
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def address(self) -> str:
        """The address to configure as `url`."""
        return f"http://127.0.0.1:{self._server.server_port}{_BELOW}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply(self, path: str) -> Reply:
        """The answer to the path of a request."""
        shown, _, key = path.removeprefix(_ASKED).partition("/key/")
        self.asked.append(shown)
        self.keys.append(key)
        replies = self._replies.get(shown)
        if not replies:
            return Reply(status=404)
        return replies.pop(0) if len(replies) > 1 else replies[0]


def _listed(entries: Entries) -> list[dict[str, object]]:
    return [{"val": id_, "label": label} for id_, label in entries.items()]


def _handler(service: ReplayedService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = service.reply(self.path)
            time.sleep(reply.silence)
            try:
                self._send(reply)
            except OSError:
                self.close_connection = True  # the asking side has gone

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            body = reply.body[: reply.cut]
            step = reply.drip or len(body) or 1
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                self.wfile.flush()
                time.sleep(reply.silence if reply.drip else 0)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
