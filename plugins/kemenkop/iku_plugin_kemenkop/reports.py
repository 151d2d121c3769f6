"""The worksheets as forms of `iku report`; what fills them is imported when one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iku_engine.reports.forms.model import Form, ReportForm
from iku_plugin_kemenkop.aspects import PERDEP06
from iku_plugin_kemenkop.kkpkk import KKPKK

if TYPE_CHECKING:
    from iku_engine.reports.forms.content import Content


def _perdep06(content: Content) -> Form:
    """Seven aspects, total and rating."""
    from iku_plugin_kemenkop.worksheet_form import fill  # noqa: PLC0415 - as the docstring says

    return fill("kertas-kerja-koperasi", PERDEP06, content)


def _kkpkk(content: Content) -> Form:
    """The ratios whose tables were read in print; no total, for its rules were not."""
    from iku_plugin_kemenkop.worksheet_form import fill  # noqa: PLC0415 - as the docstring says

    return fill("kertas-kerja-kkpkk", KKPKK, content)


FORMS = (
    ReportForm(
        "kertas-kerja-koperasi",
        "Worksheet: health of cooperatives (Perdep 06/2016)",
        "Kertas kerja penilaian kesehatan koperasi (Perdep 06/2016)",
        _perdep06,
    ),
    ReportForm(
        "kertas-kerja-kkpkk",
        "Worksheet: ratios of KKPKK that were read in print (Juknis 15/2021)",
        "Kertas kerja rasio KKPKK yang terbaca dalam cetakan (Juknis 15/2021)",
        _kkpkk,
    ),
)
