"""Where a target comes from, in the words of its readers."""

from __future__ import annotations

from iku_engine.reports.labels import Language, has_label, label


def basis_words(basis: str, language: Language) -> str:
    """`given`, `rule`, `path`, `spread`, `consolidated`, or a decree with one of them behind it."""
    decree, bracket, made = basis.removesuffix(")").rpartition(" (")
    if bracket and has_label(f"basis.{made}") and basis.endswith(")"):
        return f"{decree} ({label(f'basis.{made}', language)})"
    return label(f"basis.{basis}", language) if has_label(f"basis.{basis}") else basis
