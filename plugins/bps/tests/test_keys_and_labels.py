"""Keys are built and matched whole, labels lose what is no text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.sources.model import Data
from iku_plugin_bps.service.answer import Answer, Given, How, Item
from iku_plugin_bps.service.combinations import matched
from iku_plugin_bps.service.labels import cleaned

Run = Callable[..., Data]


def test_documented_keys_are_built_without_padding() -> None:
    ids = [("9999", "145", "289", "100", "0"), ("7315", "31", "0", "99", "0")]
    keys = ["99991452891000", "7315310990"]
    for (vervar, var, turvar, tahun, turtahun), key in zip(ids, keys, strict=True):
        made = Answer(
            var=(Item(var, ""),),
            unit="",
            vervar=(Item(vervar, ""),),
            turvar=(Item(turvar, ""),),
            tahun=(Item(tahun, ""),),
            turtahun=(Item(turtahun, ""),),
            figures={key: Given(How.NUMBER, "83.68")},
        )
        assert [entry.key for entry in matched(made).entries] == [key]


IDS = st.lists(st.integers(0, 120).map(str), min_size=1, max_size=4, unique=True)


@given(st.tuples(IDS, IDS, IDS, IDS), st.data())
def test_keys_are_matched_as_all_their_splits_say(
    lists: tuple[list[str], ...], data: st.DataObject
) -> None:
    """A second way: take a key apart in every way there is, and count those that name ids."""
    vervar, turvar, tahun, turtahun = lists
    var = "1"
    built = [
        "".join((v, var, d, y, p)) for v in vervar for d in turvar for y in tahun for p in turtahun
    ]
    foreign = st.text("0123456789", min_size=1, max_size=8)
    keys = data.draw(st.lists(st.sampled_from(built) | foreign, unique=True, max_size=12))
    found = matched(
        Answer(
            var=(Item(var, ""),),
            unit="",
            vervar=tuple(Item(one, "") for one in vervar),
            turvar=tuple(Item(one, "") for one in turvar),
            tahun=tuple(Item(one, "") for one in tahun),
            turtahun=tuple(Item(one, "") for one in turtahun),
            figures={key: Given(How.NUMBER, key) for key in keys},
        )
    )
    splits = {key: list(_splits(key, (vervar, [var], turvar, tahun, turtahun))) for key in keys}
    assert set(found.unmatched) == {key for key in keys if not splits[key]}
    assert set(found.ambiguous) == {key for key in keys if len(splits[key]) > 1}
    used = {
        entry.key: (entry.vervar.id, var, entry.turvar.id, entry.tahun.id, entry.turtahun.id)
        for entry in found.entries
    }
    assert used == {key: ways[0] for key, ways in splits.items() if len(ways) == 1}


def _splits(key: str, lists: tuple[list[str], ...]) -> list[tuple[str, ...]]:
    if not lists:
        return [()] if not key else []
    return [
        (one, *rest)
        for one in lists[0]
        if key.startswith(one)
        for rest in _splits(key[len(one) :], lists[1:])
    ]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("<b>ACEH</b>", "ACEH"),
        ("&nbsp;Lampung&nbsp;&nbsp;Barat ", "Lampung Barat"),
        ("Jawa<br/>Barat", "Jawa Barat"),
        ("&lt;b&gt;ACEH&lt;/b&gt;", "ACEH"),
        ("Industri &amp; Jasa", "Industri & Jasa"),
        ("a < b dan c > d", "a < b dan c > d"),
        ("<span style='color:red'>Bali</span>\r\n", "Bali"),
        ("", ""),
        ("<script>x</script>", "x"),
        ("<", "<"),
    ],
)
def test_a_label_loses_its_markup(label: str, text: str) -> None:
    assert cleaned(label) == text


@given(st.text(max_size=60))
def test_cleaning_never_fails_and_leaves_no_blank_at_the_ends(label: str) -> None:
    text = cleaned(label)
    assert text == text.strip()
    assert "\n" not in text
