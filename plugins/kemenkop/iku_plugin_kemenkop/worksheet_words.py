"""The words of the worksheets in the languages of the reports."""

from __future__ import annotations

from collections.abc import Mapping

from iku_engine.reports.labels import Language

WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.ID: {
        "title": "Kertas kerja penilaian kesehatan koperasi",
        "basis": "Dasar",
        "note": "Catatan",
        "values": "Nilai 1 (terbaik) sampai 4; skor adalah 5 dikurangi nilai.",
        "no_total": (
            "Skor akhir dan predikat tidak dihitung: sebagian bobot dan batas predikatnya tidak "
            "terbaca dalam cetakan."
        ),
        "cooperative": "Koperasi",
        "rating": "Predikat",
        "no": "No",
        "ratio": "Aspek, rasio dan angkanya",
        "figure": "Angka",
        "value": "Rasio (%)",
        "band": "Rentang",
        "score": "Skor",
        "highest": "Paling tinggi",
        "remark": "Keterangan",
        "grade": "nilai",
        "total": "Skor total",
        "none": "tidak dapat dinilai",
        "formula": "rumus:",
        "column": "kolom",
        "missing": "belum ada data",
        "outside": "di luar tabel",
        "negative": "ada angka negatif",
    },
    Language.EN: {
        "title": "Worksheet: health of cooperatives",
        "basis": "Basis",
        "note": "Note",
        "values": "Values run from 1 (best) to 4; the score is 5 less the value.",
        "no_total": (
            "No total and no rating: some of their weights and all of their edges were not read "
            "in print."
        ),
        "cooperative": "Cooperative",
        "rating": "Rating",
        "no": "No",
        "ratio": "Aspect, ratio and its figures",
        "figure": "Figure",
        "value": "Ratio (%)",
        "band": "Band",
        "score": "Score",
        "highest": "At most",
        "remark": "Remark",
        "grade": "value",
        "total": "Total score",
        "none": "cannot be rated",
        "formula": "formula:",
        "column": "column",
        "missing": "no data yet",
        "outside": "outside the table",
        "negative": "an amount is below 0",
    },
}
