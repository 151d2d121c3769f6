"""Definitions to start from: `iku new FOLDER --from kesehatan-koperasi`."""

from __future__ import annotations

from importlib.resources import files

from iku_engine.catalog.library import CatalogLibrary
from iku_plugin_kemenkop.aspects import PERDEP06
from iku_plugin_kemenkop.data import regulations

CATALOGS = (
    CatalogLibrary(
        "kesehatan-koperasi",
        "Health of cooperatives: ten made-up balance sheets over two years",
        "Kesehatan koperasi: neraca sepuluh koperasi rekaan, dua tahun",
        files(__name__) / "kesehatan_koperasi",
        regulations()[PERDEP06].reference,
    ),
)
