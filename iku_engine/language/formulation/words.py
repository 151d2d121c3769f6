"""The words of formulations that are no labels: fillers, operators, periods."""

from __future__ import annotations

FILLERS = frozenset({"yang", "yg", "dan", "&", "di", "pada", "para", "dari", "oleh", "dengan"})
"""Words that make no difference inside a label."""

COUNTING = frozenset({"jumlah", "jml", "jlh", "jmlh", "banyaknya"})
"""Words that may stand before a label, or be left out there."""

MEASURES = frozenset(
    {"persentase", "prosentase", "persen", "laju", "pertumbuhan", "peningkatan", "penurunan"}
    | {"perubahan", "rasio", "indeks", "proporsi", "kontribusi", "distribusi", "selisih", "rata"}
    | {"skor", "nilai", "capaian", "target", "realisasi", "tingkat", "angka", "rata-rata"}
)
"""Words that no shortening leaves out: without them a label names another quantity."""

OPERATOR_WORDS = {
    **dict.fromkeys(("x", "dikali", "dikalikan"), "*"),
    **dict.fromkeys(("dibagi", "dibagikan"), "/"),
    **dict.fromkeys(("dikurangi", "dikurang"), "-"),
    **dict.fromkeys(("ditambah", "ditambahkan"), "+"),
}

PERIOD_WORDS = frozenset(
    {"tahun", "thn", "th", "bulan", "bln", "triwulan", "tw", "semester", "periode", "t"}
)
YEAR_WORDS = frozenset({"tahun", "thn", "th"})
PERIOD_LETTERS = frozenset({"n", "t"})
BEFORE = frozenset({"sebelumnya", "lalu", "kemarin"})
NOW = frozenset({"ini", "berjalan", "sekarang"})
PERCENT_WORDS = frozenset({"%", "persen", "prosen"})
REPORTED = ("cukup", "jelas")
