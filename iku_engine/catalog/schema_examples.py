"""What an editor shows beside a field while a definition is written: one or two examples each.

Kept beside the forms as a table, so that the forms stay what is read at a glance. The tests read
every example through its form.
"""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "DefinitionFile": {
        "iku": (1,),
        "title": ("Indikator kinerja utama Dinas Koperasi",),
        "owner": ("dinas",),
        "periods": ("2018..2022", "2022-Q1..2022-Q4", "2018,2020..2022"),
        "defaults": ({"polarity": "higher", "decimals": 1},),
        "owners": ({"dinas": {"title": "Dinas Koperasi dan UKM"}},),
        "units": ({"karung": {"of": "kg", "factor": 50}},),
        "sources": ({"isian": {"file": "data/isian.csv", "period": "tahun", "numbers": "id"}},),
        "dimensions": ({"kecamatan": {"label": "Kecamatan"}},),
        "variables": ({"umkm": {"label": "Jumlah UMKM", "unit": "UMKM"}},),
        "records": (
            {"koperasi": {"source": "neraca", "key": "id", "fields": {"aset": {"unit": "rupiah"}}}},
        ),
        "formulas": ({"rasio": {"parameters": ["a", "b"], "body": "a / b * 100%", "unit": "%"}},),
        "scales": ({"nilai": {"bands": [{"label": "Sehat", "range": "x >= 80"}]}},),
        "indicators": (
            {"aktif": {"name": "Koperasi aktif", "formula": "share(aktif, semua)", "unit": "%"}},
        ),
    },
    "DefaultsForm": {
        "polarity": ("higher",),
        "achievement": ("ratio", "linear"),
        "decimals": (2,),
        "source": ("isian",),
    },
    "OwnerForm": {"title": ("Dinas Koperasi dan UKM",), "parent": ("bupati",)},
    "UnitForm": {"of": ("kg", "rupiah"), "factor": (50, 0.5)},
    "SourceForm": {
        "title": ("Bidang Koperasi dan UKM",),
        "file": ("data/koperasi.csv",),
        "period": ("tahun",),
        "dimensions": (["kecamatan"], {"kecamatan": "nama_kecamatan"}),
        "numbers": ("id",),
        "delimiter": (",", ";"),
        "comment": ("#",),
        "missing": (["-", "n/a"],),
        "variable": ("variabel",),
        "value": ("nilai",),
    },
    "MemberForm": {
        "label": ("Tanaman pangan",),
        "parent": ("1",),
        "level": ("kategori", "subkategori"),
        "total": (True,),
    },
    "DimensionForm": {
        "label": ("Kecamatan",),
        "members": ({"1": {"label": "Pertanian"}, "99": {"label": "PDRB", "total": True}},),
    },
    "VariableForm": {
        "label": ("Jumlah UMKM",),
        "unit": ("UMKM", "rupiah/kg"),
        "source": ("isian",),
        "column": ("jumlah_umkm",),
        "where": ({"variabel": "Koperasi (badan hukum)"},),
        "rollup": ("sum",),
        "note": ("dikumpulkan mulai 2023",),
    },
    "FieldForm": {
        "label": ("Modal sendiri",),
        "unit": ("rupiah", "%"),
        "column": ("modal_sendiri",),
        "type": ("number",),
        "formula": ("share(modal, aset)",),
    },
    "RecordsForm": {
        "label": ("Koperasi simpan pinjam",),
        "source": ("neraca",),
        "key": ("id_koperasi",),
        "unknown": ("refuse",),
        "fields": ({"nama": {"type": "text"}, "modal": {"unit": "rupiah"}},),
    },
    "ExampleForm": {
        "given": ({"umkm": 110, "umkm[t-1]": 100}, {"umkm": "missing"}),
        "value": (10, "missing", "undefined"),
    },
    "FormulaForm": {
        "title": ("Rasio yang aktif",),
        "parameters": (["aktif", "seluruhnya"],),
        "body": ("aktif / seluruhnya * 100%",),
        "unit": ("%",),
        "examples": ([{"given": {"aktif": 5, "seluruhnya": 8}, "value": 62.5}],),
    },
    "BandForm": {
        "label": ("Sehat",),
        "range": ("66 <= x < 80", "x >= 80", "x < 51", "x = 0"),
        "score": (4,),
    },
    "ScaleForm": {
        "title": ("Predikat kesehatan koperasi",),
        "reference": ("Peraturan Bupati Nomor 1 Tahun 2020",),
        "on": ("exact",),
        "decimals": (2,),
        "bands": ([{"label": "Sehat", "range": "x >= 80"}, {"label": "Lain", "range": "x < 80"}],),
    },
    "TargetRuleForm": {
        "start": ({"2018": 806.05},),
        "rule": ("target[t-1] * 1.02",),
        "round": (2,),
    },
    "RatingForm": {"scale": ("kesehatan",), "of": ("actual",)},
    "IndicatorForm": {
        "no": ("1", "2.a"),
        "name": ("Persentase koperasi aktif",),
        "objective": ("Meningkatnya kualitas koperasi",),
        "formulation": ("Jumlah koperasi aktif / jumlah koperasi x 100%",),
        "formula": ("growth_rate(umkm)", "share(koperasi_aktif, koperasi)"),
        "unit": ("%", "UMKM", ""),
        "data_source": ("Bidang Koperasi dan UKM",),
        "note": ("dihitung mulai 2018",),
        "owner": ("dinas",),
        "polarity": ("higher",),
        "achievement": ("ratio", "linear"),
        "decimals": (2,),
        "targets": (
            {"2018": 10, "2019": "-"},
            {"start": {"2018": 806.05}, "rule": "target[t-1] * 1.02", "round": 2},
        ),
        "rating": ({"scale": "kesehatan", "of": "achievement"},),
        "examples": ([{"given": {"umkm": 110, "umkm[t-1]": 100}, "value": 10}],),
    },
}
