"""The forms by name: a new one is a row of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.errors import UsageError
from iku_engine.reports.forms import indikator, laporan_capaian, rencana_aksi
from iku_engine.reports.forms.content import Content
from iku_engine.reports.forms.model import Form

Builder = Callable[[Content], Form]

FORMS: Mapping[str, Builder] = MappingProxyType(
    {
        indikator.IKU: indikator.iku,
        indikator.IKI: indikator.iki,
        rencana_aksi.NAME: rencana_aksi.rencana_aksi,
        laporan_capaian.NAME: laporan_capaian.laporan_capaian,
    }
)
NEEDS_PLAN = frozenset({laporan_capaian.NAME})


def build(name: str, content: Content) -> Form:
    """The form of a name; `UsageError` for one that is unknown or that the catalog cannot fill."""
    builder = FORMS.get(name)
    if builder is None:
        near = did_you_mean(name, FORMS) or f"known: {', '.join(FORMS)}"
        raise UsageError(f"there is no form {quoted(name)}: {near}")
    if name in NEEDS_PLAN and not content.catalog.plan:
        raise UsageError(f"the form `{name}` shows a plan, and the catalog has none")
    form = builder(content)
    if not any(section.rows for section in form):
        raise UsageError(f"the catalog has nothing that the form `{name}` shows")
    return form
