"""The service over HTTP: everything that goes wrong there, and a key that is never repeated."""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.catalog.from_yaml import parse_catalog
from iku_engine.sources.from_files import read_data
from iku_engine.sources.model import Data
from iku_engine.sources.protocol import Permitted, Row
from iku_plugin_bps.replay import ReplayedService, Reply, answer, unavailable
from iku_plugin_bps.service.answer import read_answer
from iku_plugin_bps.service.asked import Asked
from iku_plugin_bps.service.codes import ServiceError
from iku_plugin_bps.service.connection import Connection, connection_of
from iku_plugin_bps.service.fetch import Limits
from iku_plugin_bps.service.read import kind
from iku_plugin_bps.service.strict_json import read_json
from iku_plugin_bps.service.table import AnswerTable, part_of

Run = Callable[..., Data]
ASKED = "domain/7315/var/31"
MARKER = "MARKERKEY0SECRET9"
GOOD = answer(var=31, vervar={7315: "X"}, tahun={123: "2023"}, figures={"73153101230": 17})


def codes(data: Data) -> list[str]:
    return [found.code for found in data.diagnostics if found.code != "BPS109"]


def figures(data: Data) -> list[object]:
    return [one.value for one in data.observations.values()]


def ask(run: Run, *replies: Reply, **how: object) -> tuple[Data, list[str]]:
    """One run against a service, and the requests that came."""
    with ReplayedService({ASKED: list(replies)}) as service:
        data = run(service.address, key=MARKER, **how)
    assert set(service.keys) <= {MARKER}
    assert MARKER not in str(data)
    return data, service.asked


def test_a_request_is_the_documented_address_and_ends_in_the_key(run: Run) -> None:
    narrowed = '{domain: "7315", var: "31", turth: "0", vervar: "0", turvar: "27"}'
    shown = f"{ASKED}/turth/0/vervar/0/turvar/27"
    body = GOOD.replace(b'[{"val": 0, "label": "Tidak ada"}]', b'[{"val": "27", "label": "L"}]')
    body = body.replace(b"73153101230", b"731531271230")
    with ReplayedService({shown: Reply(body)}) as service:
        data = run(service.address, narrowed, key=MARKER)
    assert (service.asked, service.keys) == ([shown], [MARKER])
    assert figures(data) == [17]


def test_years_are_asked_for_one_by_one_and_one_that_fails_leaves_the_others(run: Run) -> None:
    def of(year: int) -> bytes:
        label = {year: str(1900 + year)}
        return answer(var=31, vervar={7315: "X"}, tahun=label, figures={f"731531{0}{year}0": year})

    replies = {f"{ASKED}/th/{year}": Reply(of(year)) for year in (99, 121)}
    replies[f"{ASKED}/th/122"] = Reply(status=500)
    replies[f"{ASKED}/th/123"] = Reply(unavailable())
    with ReplayedService(replies) as service:
        data = run(service.address, '{domain: "7315", var: "31", years: "1999,2021..2023"}')
    assert figures(data) == [99, 121]
    assert codes(data) == ["BPS103", "BPS104"]
    assert len({one.origin.sha256 for one in data.observations.values()}) == 2


@pytest.mark.parametrize(
    ("reply", "code", "tries"),
    [
        (Reply(status=404), "BPS103", 1),
        (Reply(status=401), "BPS103", 1),
        (Reply(status=403), "BPS103", 1),
        (Reply(status=418), "BPS103", 1),
        (Reply(GOOD, status=206), "BPS103", 1),
        (Reply(GOOD, status=203), "BPS103", 1),
        (Reply(status=204), "BPS103", 1),
        (Reply(status=429), "BPS103", 3),
        (Reply(status=500), "BPS103", 3),
        (Reply(status=503), "BPS103", 3),
        (Reply(status=429, headers={"Retry-After": "3600"}), "BPS103", 1),
        (Reply(status=429, headers={"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}), "BPS103", 3),
        (Reply(unavailable()), "BPS104", 1),
        (Reply(unavailable("list-not-available")), "BPS104", 1),
        (Reply(b'{"status": "Error", "message": "MARKERKEY0SECRET9"}'), "BPS103", 1),
        (Reply(b'{"status": "OK", "data-availability": "available"}'), "BPS105", 1),
        (Reply(b'{"status": "OK", "data-availability": "soon"}'), "BPS105", 1),
        (Reply(b""), "BPS105", 1),
        (Reply(b"<html>"), "BPS105", 1),
        (Reply(b"[]"), "BPS105", 1),
        (Reply(b"\xff\xfe"), "BPS105", 1),
        (Reply(GOOD[:-40]), "BPS105", 1),
        (Reply(GOOD, cut=100), "BPS103", 1),
        (Reply(GOOD, headers={"Content-Length": ""}, cut=100), "BPS105", 1),
        (Reply(b"[" * 100_000), "BPS105", 1),
        (Reply(b'{"a":' * 50_000), "BPS105", 1),
        (Reply(b" " * 400_000), "BPS105", 1),
        (Reply(b" " * 400_000, headers={"Content-Length": ""}), "BPS105", 1),
        (Reply(GOOD, headers={"Content-Encoding": "gzip"}), "BPS105", 1),
        (Reply(GOOD.replace(b'"status"', b'"unit": 1, "unit": 2, "status"')), "BPS105", 1),
        (Reply(GOOD.replace(b": 17}", b": 17, \"73153101230\": 18}")), "BPS105", 1),
        (Reply(GOOD.replace(b": 17}", b": NaN}")), "BPS105", 1),
        (Reply(GOOD.replace(b": 17}", b": -Infinity}")), "BPS105", 1),
        (Reply(GOOD.replace(b'"X"', b'"\\ud800"')), "BPS105", 1),
        (Reply(GOOD.replace(b'"val": 31', b'"val": 32')), "BPS105", 1),
        (Reply(GOOD.replace(b'"val": 7315', b'"val": "x"')), "BPS105", 1),
        (Reply(GOOD.replace(b'"val": 7315', b'"val": 7315.0')), "BPS105", 1),
        (Reply(GOOD.replace(b'"vervar"', b'"rows"')), "BPS105", 1),
        (Reply(GOOD.replace(b'"status"', b'"data": [{"pages": 3}], "status"')), "BPS105", 1),
        (Reply(GOOD.replace(b'"X"', b'"markerkey0secret9"')), "BPS105", 1),
        (Reply(GOOD, silence=3), "BPS103", 1),
        (Reply(status=302, headers={"Location": "http://localhost:9/v1/api"}), "BPS103", 1),
        (Reply(status=302, headers={"Location": "https://127.0.0.1/v1/api"}), "BPS103", 1),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "BPS103", 1),
        (Reply(status=302, headers={"Location": "http://[x"}), "BPS103", 1),
        (Reply(status=302), "BPS103", 1),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_used_is_a_diagnostic(
    run: Run, reply: Reply, code: str, tries: int, tmp_path: Path
) -> None:
    data, asked = ask(run, reply, cache=tmp_path)
    assert codes(data) == [code]
    assert figures(data) == []
    assert len(asked) == tries
    assert list(tmp_path.rglob("*.json")) == []


def test_an_answer_in_drops_is_given_up_when_its_time_is_over(run: Run) -> None:
    begun = time.monotonic()
    limits = Limits(silence=2, whole=0.5, pauses=())
    data, _ = ask(run, Reply(GOOD, silence=0.05, drip=4), limits=limits)
    assert codes(data) == ["BPS103"]
    assert time.monotonic() - begun < 3


def test_a_header_in_drops_is_given_up_when_its_time_is_over(run: Run) -> None:
    """Between any two signs there is less silence than is allowed."""

    class Dripping(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            with contextlib.suppress(OSError):
                while True:
                    self.wfile.write(b"x")
                    time.sleep(0.05)

    begun = time.monotonic()
    with socketserver.TCPServer(("127.0.0.1", 0), Dripping) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/v1/api"
        limits = Limits(silence=2, whole=0.5, pauses=())
        data = run(address, key=MARKER, limits=limits)
    assert codes(data) == ["BPS103"]
    assert "in time" in data.diagnostics[0].message
    assert time.monotonic() - begun < 3


def test_what_passes_is_asked_for_again(run: Run) -> None:
    data, asked = ask(run, Reply(status=429), Reply(status=500), Reply(GOOD))
    assert (figures(data), codes(data), len(asked)) == ([17], [], 3)


def test_a_redirection_on_the_same_server_is_followed(run: Run) -> None:
    moved = f"/v1/api/list/model/data/lang/ind/baru/key/{MARKER}"
    replies = {ASKED: Reply(status=302, headers={"Location": moved}), "baru": Reply(GOOD)}
    with ReplayedService(replies) as service:
        data = run(service.address, key=MARKER)
    assert figures(data) == [17]


def test_a_server_that_is_not_there_is_a_diagnostic(run: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1/api"
        data = run(address, key=MARKER)
    assert codes(data) == ["BPS103"]
    assert "127.0.0.1" not in str(data)


def test_a_service_on_this_machine_is_asked_without_a_proxy(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    data, _ = ask(run, Reply(GOOD))
    assert figures(data) == [17]


def test_a_proxy_of_the_environment_is_given_the_server_and_never_the_key(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[bytes] = []

    class Proxy(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                lines.append(line)
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.server_address[1]}")
        monkeypatch.setenv("no_proxy", "")
        data = run("https://layanan.invalid/v1/api", key=MARKER)
    assert codes(data) == ["BPS103"]
    assert lines[0].startswith(b"CONNECT layanan.invalid:443 ")
    assert MARKER.encode() not in b"".join(lines)


@pytest.mark.parametrize("content", ["{}", "[]", "null"])
def test_an_answer_without_figures_says_so(run: Run, content: str) -> None:
    body = GOOD.replace(b'{"73153101230": 17}', content.encode())
    data, _ = ask(run, Reply(body))
    assert codes(data) == (["BPS105"] if content == "null" else ["BPS104"])


def test_neither_address_nor_key_is_ever_repeated(run: Run, tmp_path: Path) -> None:
    with ReplayedService({ASKED: [Reply(GOOD), Reply(status=500)]}) as service:
        first = run(service.address, key=MARKER, cache=tmp_path)
        again = run(service.address, key=MARKER, cache=tmp_path, refresh="always")
    assert service.keys[0] == MARKER
    kept = [file.read_text() + file.name for file in tmp_path.rglob("*") if file.is_file()]
    said = [str(first), str(again), *kept, repr(Connection("bps", service.address, MARKER))]
    assert len(kept) == 1
    assert not [text for text in said if MARKER in text or "127.0.0.1" in text]


@pytest.mark.parametrize(
    "url",
    [
        "http://webapi.example/v1/api",
        "https://user:word@webapi.example/v1",
        "https://webapi.example/v1?key=1",
        "https://webapi.example/v1#a",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "https://",
        "https://[x/",
        "https://a.example:port/",
        "https://a.example/ x",
        "postgresql://127.0.0.1/db",
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_unseen(run: Run, url: str) -> None:
    data = run(url, key=MARKER)
    assert codes(data) == ["BPS102"]
    assert url.partition("://")[2] not in str(data) or url == "https://"


@pytest.mark.parametrize("key", ["short", "with blank in it", "a/b/c/d/e/f/g", "ключключключ"])
def test_a_key_that_is_none_is_refused_unseen(run: Run, key: str) -> None:
    data = run("http://127.0.0.1:1/", key=key)
    assert codes(data) == ["BPS102"]
    assert key not in str(data)


def declared(options: str = '{domain: "7315", var: "31"}', more: str = "") -> Data:
    """A run with the user's environment alone."""
    catalog, mistakes = parse_catalog(
        f"""
iku: 1
owner: d
owners: {{d: {{title: D}}}}
sources: {{s: {{kind: bps, period: periode, numbers: id, {more} options: {options}}}}}
variables: {{x: {{label: X, unit: orang, source: s, column: nilai, rollup: none}}}}
"""
    )
    assert mistakes == ()
    return read_data(catalog, kinds=(kind(Limits(silence=2, whole=4, pauses=())),))


def test_address_and_key_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with ReplayedService({ASKED: Reply(GOOD)}) as service:
        monkeypatch.setenv("IKU_BPS_URL", service.address)
        monkeypatch.setenv("IKU_BPS_KEY", MARKER)
        assert figures(declared()) == [17]
        other = declared(more="connection: lain,")
    assert codes(other) == ["BPS102"]
    assert len(service.asked) == 1


def test_without_a_key_nothing_is_asked() -> None:
    data = declared()
    assert codes(data) == ["BPS102"]
    assert "IKU_BPS_KEY" in str(data)


def test_the_public_address_belongs_to_the_alias_bps_alone() -> None:
    catalog, _ = parse_catalog("iku: 1\nsources: {s: {kind: bps, period: p, numbers: id}}")
    source = catalog.sources["s"]
    assert connection_of(source, Permitted(), {}).address == "https://webapi.bps.go.id/v1/api"


@pytest.mark.parametrize(
    "options",
    [
        "{}",
        '{domain: "7315"}',
        '{var: "31"}',
        '{domain: "73", var: "31"}',
        '{domain: "7315", var: "31/key/x"}',
        '{domain: "7315", var: "-1"}',
        '{domain: "7315", var: "31", turvar: "27;28"}',
        '{domain: "7315", var: "31", years: "x"}',
        '{domain: "7315", var: "31", years: "2021-Q1"}',
        '{domain: "7315", var: "31", years: "1899"}',
        '{domain: "7315", var: "31", years: "1900..2100"}',
        '{domain: "7315", var: "31", lang: "id"}',
        '{domain: "7315", var: "31", tahun: "123"}',
        '{domain: "7315", var: "31", key: "MARKERKEY0SECRET9"}',
        '{domain: "7315", var: "31", URL: "https://MARKERKEY0SECRET9.example"}',
    ],
)
def test_an_option_that_is_wrong_is_refused(options: str) -> None:
    data = declared(options)
    assert codes(data) == ["BPS101"]
    assert MARKER not in str(data.diagnostics)


@pytest.mark.parametrize("more", ["file: a.csv,", "table: t,", 'query: "select 1",'])
def test_a_source_of_the_service_names_no_file_and_no_table(more: str) -> None:
    assert codes(declared(more=more)) == ["BPS101"]


def test_another_unit_than_the_declared_one_is_refused(run: Run) -> None:
    body = GOOD.replace(b'"unit": ""', b'"unit": "Miliar&nbsp;Rupiah"')
    good, _ = ask(run, Reply(body), options='{domain: "7315", var: "31", unit: miliar rupiah}')
    bad, _ = ask(run, Reply(body), options='{domain: "7315", var: "31", unit: Juta Rupiah}')
    assert (figures(good), codes(good)) == ([17], [])
    assert (figures(bad), codes(bad)) == ([], ["BPS105"])


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:0eE-+.truefalsn\\ud8 ').map(str.encode))
def test_reading_json_gives_a_value_or_a_refusal(content: bytes) -> None:
    try:
        read_json(content)
    except ServiceError as refused:
        assert refused.code == "BPS105"
    else:
        json.loads(content.decode("utf-8-sig"))


LEAF = st.none() | st.booleans() | st.integers(-9, 2000) | st.floats(allow_nan=False) | st.text()
JSON = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
IDS = st.sampled_from([1, "1", 11, 123, 0, 31, -1, 1.5]) | JSON
ENTRIES = st.lists(st.fixed_dictionaries({"val": IDS, "label": JSON}), max_size=3)


@given(
    st.dictionaries(
        st.sampled_from(["var", "vervar", "turvar", "tahun", "turtahun", "datacontent", "status"]),
        JSON | ENTRIES,
    )
)
def test_whatever_an_answer_holds_is_read_or_refused(changes: dict[str, object]) -> None:
    said = json.dumps(json.loads(GOOD) | changes)
    asked = Asked("7315", "31")
    catalog, _ = parse_catalog("iku: 1\nsources: {s: {kind: bps, period: p, numbers: id}}")
    try:
        part, _ = part_of(read_answer(said.encode(), asked), asked, catalog.sources["s"])
    except ServiceError as refused:
        assert refused.code.startswith("BPS10")
    else:
        table = AnswerTable("bps", "x", [part], ())
        for row in table.rows():
            assert isinstance(row, Row)
            assert len(row.cells) == len(table.header)
            assert table.origin(row.line, 5).spot is not None
