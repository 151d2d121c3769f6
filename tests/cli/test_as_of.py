"""`--as-of`: every command that reads data goes back to the day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.building import catalog, iku

ON_THE_DAY = [
    ("compute",),
    ("explain", "jumlah", "2020"),
    ("inputs",),
    ("solve", "jumlah", "2020", "--for", "umkm"),
    ("sensitivity", "jumlah", "2020"),
    ("check",),
]


@pytest.mark.parametrize("command", ON_THE_DAY, ids=lambda command: command[0])
def test_a_day_that_cannot_be_read_is_wrong_usage(command: tuple[str, ...], tmp_path: Path) -> None:
    name, *others = command
    done = iku(name, catalog(tmp_path / "baik"), *others, "--as-of", "kemarin")
    assert done.exit_code == 2
    assert "`kemarin` is no day: a date is written 2024-03-31" in done.stderr


@pytest.mark.parametrize("command", ON_THE_DAY, ids=lambda command: command[0])
def test_figures_without_a_date_are_known_on_every_day(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    name, *others = command
    path = catalog(tmp_path / "baik")
    dated = iku(name, path, *others, "--as-of", "1999-01-01")
    plain = iku(name, path, *others)
    assert (dated.exit_code, dated.stdout) == (plain.exit_code, plain.stdout)
