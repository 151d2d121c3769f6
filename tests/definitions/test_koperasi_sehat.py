"""Healthy cooperatives: what the catalog computes with its plugin, scored again without either."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from iku_engine import Engine
from tests.definitions.reading import (
    DEFINITIONS,
    plugins_of,
    read_csv,
    read_yaml,
    section,
    text,
)

KOPERASI = DEFINITIONS / "koperasi_sehat"


def cooperatives() -> list[dict[str, Fraction | str]]:
    words = {"id_koperasi", "nama", "kecamatan", "tahun"}
    return [
        {
            key: cell if key in words else Fraction(cell.replace(".", ""))
            for key, cell in row.items()
        }
        for row in read_csv(KOPERASI / "data" / "koperasi.csv")
    ]


def test_cooperatives_are_40_in_each_of_three_years_without_a_hole() -> None:
    rows = read_csv(KOPERASI / "data" / "koperasi.csv")
    assert Counter(row["tahun"] for row in rows) == {"2021": 40, "2022": 40, "2023": 40}
    assert len({(row["id_koperasi"], row["nama"], row["kecamatan"]) for row in rows}) == 40
    assert all(cell for row in rows for cell in row.values())


def test_cooperatives_say_that_they_are_made_up() -> None:
    content = read_yaml(KOPERASI / "iku.yaml")
    assert "rekaan" in text(content, "title")
    assert "rekaan" in text(section(content, "sources")["neraca"], "title")
    first = (KOPERASI / "data" / "koperasi.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "DATA REKAAN / MADE-UP DATA" in first


def up_to(value: Fraction, steps: str, above: str) -> Fraction:
    """The points of the first step (`edge:points`) whose upper edge the value does not pass."""
    for edge, score in (step.split(":") for step in steps.split()):
        if value <= Fraction(edge):
            return Fraction(score)
    return Fraction(above)


def below(value: Fraction, steps: str, otherwise: str) -> Fraction:
    """The points of the first step (`edge:points`) whose upper edge the value does not reach."""
    for edge, score in (step.split(":") for step in steps.split()):
        if value < Fraction(edge):
            return Fraction(score)
    return Fraction(otherwise)


def tens(value: Fraction, step: str) -> Fraction:
    """Nothing at 0, one step more up to each further ten, the most above 90."""
    return Fraction(step) * min(10, -(-value // 10))


def health_score(row: dict[str, Fraction | str]) -> Fraction:
    """The score of one cooperative, from the ratios and bands that the plugin cites."""
    a = {key: cell for key, cell in row.items() if isinstance(cell, Fraction)}
    bad = a["kurang_lancar"] / 2 + a["diragukan"] * 3 / 4 + a["macet"]

    def ratio(part: str, *whole: str) -> Fraction:
        return a[part] / sum(a[name] for name in whole) * 100

    return sum(
        (
            up_to(ratio("modal_sendiri", "total_aset"), "0:0 20:1.5 40:3 60:6 80:3", "1.5"),
            tens(ratio("modal_sendiri", "pinjaman_berisiko"), "0.6"),
            below(ratio("modal_tertimbang", "atmr"), "4:0 6:1.5 8:2.25", "3"),
            up_to(ratio("volume_pinjaman_anggota", "volume_pinjaman"), "25:0 50:5 75:7.5", "10"),
            up_to(bad / a["pinjaman_diberikan"] * 100, "0:5 10:4 20:3 30:2 40:1 45:0.5", "0"),
            tens(a["cadangan_risiko"] / bad * 100, "0.5"),
            min(
                below(ratio("pinjaman_berisiko", "pinjaman_diberikan"), "21:5 26:3.75", "2.5"),
                up_to(ratio("pinjaman_berisiko", "pinjaman_diberikan"), "30:5", "1.25"),
            ),
            a["ya_umum"] / 4 + a["ya_kelembagaan"] / 2 + a["ya_aktiva"] * 3 / 10,
            (a["ya_permodalan"] + a["ya_likuiditas"]) * 3 / 5,
            below(ratio("beban_operasi_anggota", "partisipasi_bruto"), "90:4 95:3 100:2", "1"),
            up_to(ratio("beban_usaha", "shu_kotor"), "40:4 60:3 80:2", "1"),
            up_to(ratio("biaya_karyawan", "volume_pinjaman"), "5:2 10:1.5 15:1", "0"),
            up_to(ratio("kas_bank", "kewajiban_lancar"), "10:2.5 15:10 20:5", "2.5"),
            below(ratio("pinjaman_diberikan", "dana_diterima"), "60:1.25 70:2.5 80:3.75", "5"),
            below(ratio("shu_sebelum_pajak", "total_aset"), "5:0.75 7.5:1.5 10:2.25", "3"),
            below(ratio("shu_bagian_anggota", "modal_sendiri"), "3:0.75 4:1.5 5:2.25", "3"),
            up_to(ratio("partisipasi_neto", "beban_usaha", "beban_perkoperasian"), "100:0", "4"),
            below(
                ratio("partisipasi_bruto", "partisipasi_bruto", "pendapatan"),
                "25:1.75 50:3.5 75:5.25",
                "7",
            ),
            below(
                ratio("promosi_ekonomi_anggota", "simpanan_pokok", "simpanan_wajib"),
                "5:0 7.5:1.5 10:2.25",
                "3",
            ),
        ),
        Fraction(0),
    )


def test_the_catalog_counts_the_cooperatives_whose_score_is_80() -> None:
    engine = Engine.open(KOPERASI, plugins=plugins_of(KOPERASI.name), discover=False)
    results = engine.compute()
    healthy = Counter(str(row["tahun"]) for row in cooperatives() if health_score(row) >= 80)
    for year in ("2021", "2022", "2023"):
        scores = [health_score(row) for row in cooperatives() if row["tahun"] == year]
        assert results.get("rata_rata_skor", year).exact == sum(scores) / len(scores)
        assert results.get("jumlah_koperasi_sehat", year).exact == healthy[year]
        assert results.get("persentase_koperasi_sehat", year).exact == healthy[year] * 100 / 40
    assert healthy == {"2021": 11, "2022": 12, "2023": 17}


def test_cooperatives_of_every_rating_are_there() -> None:
    scores = [health_score(row) for row in cooperatives()]
    found = Counter(below(score, "51:0 66:1 80:2", "3") for score in scores)
    assert min(found[Fraction(rating)] for rating in range(4)) >= 5


def test_without_its_plugin_the_catalog_gives_no_figure_and_says_what_is_missing() -> None:
    engine = Engine.open(KOPERASI, discover=False)
    found = [one for one in engine.check() if one.code == "IKU207"]
    assert len(found) == 8
    assert all("--plugin" in one.help for one in found)
    results, _ = engine.compute_with_findings()
    assert [one.exact for one in results if one.indicator.id != "total_pinjaman"] == [None] * 9
