"""The terminal escaper: nothing that steers a terminal or hides ever comes out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.codes import CODES
from iku_engine.diagnostics import Diagnostic, Location
from iku_engine.evaluation.model import Reason, Status
from iku_engine.reports.escape import visible, width_of
from iku_engine.reports.labels import Language
from iku_engine.reports.names import Names
from iku_engine.reports.to_diagnostics import to_diagnostics
from iku_engine.reports.to_table import to_table
from tests.reports.building import UMKM, result, results, year

STEERING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b\x7f\u202e\u2066\u200b\u200d\ufeff\u2028\x85\ud800\r\n\t"),
    ),
    max_size=60,
)


def steering(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) in STEERING and sign != "\n"}


@given(ANY_TEXT)
def test_no_control_or_direction_sign_is_left(text: str) -> None:
    assert not steering(visible(text))
    assert "\n" not in visible(text)


@given(ANY_TEXT)
def test_visible_text_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_a_table_holds_no_steering_sign(name: str, member: str, subject: str) -> None:
    from dataclasses import replace

    indicator = replace(UMKM, name=name, unit=member, objective=subject, no=member, owner=name)
    rows = [
        result(indicator, 2020, quality=(f"negative_base:{subject}@2019",), rating=member),
        result(
            indicator, 2021, None, target=1, status=Status.MISSING,
            reasons=[Reason("missing", subject, year(2021), (("d", member),))],
        ),
    ]  # fmt: skip
    names = Names(owners={"a": "A", name: name}, dimensions={"d": subject})
    for width in (40, 200):
        assert not steering(to_table(results(*rows), names, width=width))
    split = [result(indicator, 2020, place={"d": member})]
    assert not steering(to_table(results(*split, dimensions=["d"]), names))


@given(ANY_TEXT, st.sampled_from(sorted(CODES)), st.integers(1, 80), st.integers(1, 80))
def test_a_diagnostic_holds_no_steering_sign(
    text: str, code: str, column: int, length: int
) -> None:
    where = Location(text, 3, column, length, text)
    found = to_diagnostics([Diagnostic(code, text, where, text, text)])
    assert not steering(found)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jumlah UMKM", "Jumlah UMKM"),
        ("a\nb\r\nc\td", "a b c d"),
        ("\x1b[31mmerah", r"\u{1B}[31mmerah"),
        ("100\u202e001", r"100\u{202E}001"),
        ("a\u00a0b", "a b"),
        ("\u3164", r"\u{3164}"),
        ("× ÷ ≈ é", "× ÷ ≈ é"),
    ],
)
def test_signs_are_shown_as(text: str, shown: str) -> None:
    assert visible(text) == shown.replace("{1B}", "{001B}")


def test_wide_signs_take_two_columns_and_marks_none() -> None:
    assert width_of("abc") == 3
    assert width_of("漢字") == 4
    assert width_of("e\u0301") == 1


def test_both_languages_have_every_label() -> None:
    from iku_engine.reports.labels import label, label_keys

    assert all(label(key, language) for key in label_keys() for language in Language)
