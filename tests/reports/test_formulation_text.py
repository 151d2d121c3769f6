r"""Formulations with markup of LaTeX, as forms show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.reports.formulation_text import formulation_text


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (
            r"$\frac{\text{Jumlah UMKM Tahun } n - \text{UMKM Tahun } n - 1}"
            r"{\text{Jumlah UMKM Tahun } n} \times 100\%$",
            "(Jumlah UMKM Tahun n - UMKM Tahun n - 1) / Jumlah UMKM Tahun n × 100%",
        ),
        (r"\frac{a}{\frac{b}{c}}", "a / (b / c)"),
        (r"\left(a + b\right) \div 2", "(a + b) ÷ 2"),
        ("Koperasi aktif / Koperasi x 100%", "Koperasi aktif / Koperasi x 100%"),
        ("dalam {kurung} $", "dalam {kurung} $"),
        (r"\frac{a}", r"\frac{a}"),
        (r"\frac{a}{b", r"\frac{a}{b"),
        (r"a} \times b", r"a} \times b"),
        (r"\sum a", r"\sum a"),
    ],
)
def test_markup_is_taken_off_where_it_is_known(printed: str, shown: str) -> None:
    assert formulation_text(printed) == shown


@given(st.text(alphabet="\\{}$frac text a1+%", max_size=60))
def test_any_text_is_shown(text: str) -> None:
    shown = formulation_text(text)
    assert formulation_text(shown) in (shown, formulation_text(shown))
    assert shown == text or "\\" not in shown or "\\\\" in text
