"""The forms of the engine itself: a new one is a row of the table.

A form is imported when it is filled: each start where a plugin adds a form reads this table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iku_engine.reports.forms.model import Form, ReportForm

if TYPE_CHECKING:
    from iku_engine.reports.forms.content import Content


def _iku(content: Content) -> Form:
    from iku_engine.reports.forms.indikator import iku  # noqa: PLC0415 - as the docstring says

    return iku(content)


def _iki(content: Content) -> Form:
    from iku_engine.reports.forms.indikator import iki  # noqa: PLC0415

    return iki(content)


def _rencana_aksi(content: Content) -> Form:
    from iku_engine.reports.forms.rencana_aksi import rencana_aksi  # noqa: PLC0415

    return rencana_aksi(content)


def _laporan_capaian(content: Content) -> Form:
    from iku_engine.reports.forms.laporan_capaian import laporan_capaian  # noqa: PLC0415

    return laporan_capaian(content)


FORMS = (
    ReportForm(
        "iku",
        "Key performance indicators of an agency",
        "Indikator kinerja utama (IKU)",
        _iku,
    ),
    ReportForm(
        "iki",
        "Performance indicators of each position",
        "Indikator kinerja individu (IKI)",
        _iki,
    ),
    ReportForm("rencana-aksi", "Action plan", "Rencana aksi", _rencana_aksi),
    ReportForm(
        "laporan-capaian",
        "Achievement report of a plan",
        "Laporan capaian pelaksanaan program dan kegiatan",
        _laporan_capaian,
        needs_plan=True,
    ),
)
