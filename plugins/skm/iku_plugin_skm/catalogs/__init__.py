"""Definitions to start from: `iku new FOLDER --from survei-kepuasan`."""

from __future__ import annotations

from importlib.resources import files

from iku_engine.catalog.library import CatalogLibrary

CATALOGS = (
    CatalogLibrary(
        "survei-kepuasan",
        "Satisfaction survey: twelve made-up respondents",
        "Survei kepuasan masyarakat: dua belas responden rekaan",
        files(__name__) / "survei_kepuasan",
        "PermenPAN-RB 14/2017",
    ),
)
