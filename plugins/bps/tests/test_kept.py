"""Answers kept on disk: a run is repeated as it was, and anew only when that is asked for."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iku_engine.sources.model import Data
from iku_plugin_bps.replay import ReplayedService, Reply, answer, unavailable
from iku_plugin_bps.service.answer import read_answer
from iku_plugin_bps.service.asked import Asked
from iku_plugin_bps.service.kept import Kept, load, name_of, save

Run = Callable[..., Data]
ASKED = "domain/7315/var/31"
GOOD = answer(var=31, vervar={7315: "X"}, tahun={123: "2023"}, figures={"73153101230": 17})
BETTER = GOOD.replace(b": 17}", b": 18}")


def codes(data: Data) -> list[str]:
    return [found.code for found in data.diagnostics if found.code != "BPS109"]


def figures(data: Data) -> list[object]:
    return [one.value for one in data.observations.values()]


def kept_files(folder: Path) -> list[Path]:
    return list((folder / "bps").glob("*.json"))


@pytest.fixture
def address(run: Run, tmp_path: Path) -> str:
    """The address of a service that is gone, whose answer was kept."""
    with ReplayedService({ASKED: Reply(GOOD)}) as service:
        assert figures(run(service.address, cache=tmp_path)) == [17]
        return service.address


def test_a_run_is_repeated_without_the_service_and_without_a_key(
    run: Run, address: str, tmp_path: Path
) -> None:
    again = run(address, cache=tmp_path, offline=True, key="")
    assert (figures(again), codes(again)) == ([17], [])
    fresh = run(address, cache=tmp_path)
    assert fresh.observations == again.observations


def test_a_kept_answer_is_used_until_a_new_one_is_asked_for(run: Run, tmp_path: Path) -> None:
    with ReplayedService({ASKED: [Reply(GOOD), Reply(BETTER)]}) as service:
        first = run(service.address, cache=tmp_path)
        second = run(service.address, cache=tmp_path)
        assert len(service.asked) == 1
        third = run(service.address, cache=tmp_path, refresh="always")
        fourth = run(service.address, cache=tmp_path, offline=True, refresh="always")
    assert [figures(one) for one in (first, second, third, fourth)] == [[17], [17], [18], [18]]
    assert len(service.asked) == 2
    assert len(kept_files(tmp_path)) == 1


def test_when_the_figures_were_fetched_is_said(run: Run, address: str, tmp_path: Path) -> None:
    (said,) = run(address, cache=tmp_path, offline=True).diagnostics
    assert said.code == "BPS109"
    assert f"were fetched {datetime.now(UTC):%Y-}" in said.message
    assert "IKU_BPS_REFRESH" in said.help


@pytest.mark.parametrize(
    "reply", [Reply(status=500), Reply(b"{"), Reply(unavailable()), Reply(status=403)]
)
def test_a_kept_answer_stands_in_where_a_new_one_cannot_be_had(
    run: Run, tmp_path: Path, reply: Reply
) -> None:
    with ReplayedService({ASKED: [Reply(GOOD), reply]}) as service:
        run(service.address, cache=tmp_path)
        data = run(service.address, cache=tmp_path, refresh="always")
    assert (figures(data), codes(data)) == ([17], ["BPS110"])


def test_without_a_folder_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    with ReplayedService({ASKED: Reply(GOOD)}) as service:
        run(service.address)
        run(service.address)
        offline = run(service.address, offline=True)
    assert len(service.asked) == 2
    assert codes(offline) == ["BPS103"]
    assert list(tmp_path.iterdir()) == []


def test_another_address_or_another_question_has_an_answer_of_its_own(tmp_path: Path) -> None:
    asked = [Asked("7315", "31"), Asked("7315", "3", th="1"), Asked("7315", "31", lang="eng")]
    names = {name_of(at, one.path) for at in ("https://a", "https://b") for one in asked}
    assert len(names) == 6


def test_it_is_the_users_own(run: Run, address: str, tmp_path: Path) -> None:
    (file,) = kept_files(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


def spoil_digest(file: Path) -> None:
    file.write_text(file.read_text().replace('"17"', '"71"'))


def spoil_whole(file: Path) -> None:
    file.write_text("")


def cut(file: Path) -> None:
    file.write_text(file.read_text()[:-20])


def others_write(file: Path) -> None:
    file.chmod(0o666)


def others_write_the_folder(file: Path) -> None:
    file.parent.chmod(0o777)


def linked(file: Path) -> None:
    other = file.with_suffix(".other")
    file.rename(other)
    file.symlink_to(other)


def of_another(file: Path) -> None:
    """The answer of another question under this name, its digest right."""
    found = load(file.parent.parent, file.stem)
    assert found is not None
    save(file.parent.parent, "0" * 64, found)
    (file.parent / f"{'0' * 64}.json").replace(file)


@pytest.mark.parametrize(
    "spoil",
    [spoil_digest, spoil_whole, cut, others_write, others_write_the_folder, linked, of_another],
)
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system does not tell who owns a file")
def test_a_file_that_is_damaged_or_foreign_is_as_good_as_none(
    run: Run, address: str, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    (file,) = kept_files(tmp_path)
    spoil(file)
    data = run(address, cache=tmp_path, offline=True)
    assert (figures(data), codes(data)) == ([], ["BPS103"])


def test_the_same_figures_have_the_same_digest() -> None:
    asked = Asked("7315", "31")
    shuffled = json.dumps(dict(reversed(json.loads(GOOD).items())), indent=2).encode()
    newer = GOOD.replace(b"2024-03-01 10:00:00", b"2024-06-01 10:00:00")
    digests = {read_answer(body, asked).sha256 for body in (GOOD, shuffled, newer)}
    assert len(digests) == 1
    assert read_answer(BETTER, asked).sha256 not in digests
    labelled = read_answer(GOOD.replace(b'"X"', b'"Y"'), asked)
    assert labelled.sha256 not in digests


def test_what_is_kept_is_what_was_read(tmp_path: Path) -> None:
    body = GOOD.replace(b": 17}", b': 17, "a": "14,45", "b": null, "c": true, "d": 0.10}')
    kept = Kept(read_answer(body, Asked("7315", "31")), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    save(tmp_path, "a" * 64, kept)
    assert load(tmp_path, "a" * 64) == kept
