"""The source `bps`: keys, figures, labels and periods of answers that a service replays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iku_engine.sources.model import Data, Mark, TableKey
from iku_plugin_bps.replay import QUARTERS, Entries, ReplayedService, Reply, answer
from iku_plugin_bps.service.answer import read_answer
from iku_plugin_bps.service.asked import Asked
from iku_plugin_bps.service.combinations import matched
from iku_plugin_bps.service.table import cell_of

Run = Callable[..., Data]
ASKED = "domain/7315/var/31"


def codes(data: Data) -> list[str]:
    """The codes of what was found, without when it was fetched."""
    return [found.code for found in data.diagnostics if found.code != "BPS109"]


def values(data: Data) -> dict[tuple[str, ...], Fraction | None]:
    """Figures by period and place."""
    return {
        (str(period), *(member for _, member in place)): one.value
        for (_, period, place), one in data.observations.items()
    }


def replayed(run: Run, body: bytes, **how: str) -> Data:
    with ReplayedService({ASKED: Reply(body)}) as service:
        return run(service.address, **how)


def read_one(run: Run, value: object, **how: str) -> Data:
    """What becomes of one figure of 2023."""
    figures = {"7315310123" + "0": value}
    body = answer(var=31, vervar={7315: "X"}, tahun={123: "2023"}, figures=figures)
    return replayed(run, body, **how)


def test_a_documented_answer_is_read(run: Run) -> None:
    body = answer(
        var=31, vervar={7315: "Pinrang"}, tahun={99: "1999"}, figures={"7315310990": 308669}
    )
    data = replayed(run, body, row="vervar")
    assert values(data) == {("1999", "0", "Pinrang"): 308669}
    assert codes(data) == []


def test_a_figure_knows_its_key_and_the_digest_of_its_answer(run: Run) -> None:
    body = answer(var=31, vervar={7315: "X"}, tahun={99: "1999"}, figures={"7315310990": 1})
    (one,) = replayed(run, body).observations.values()
    assert one.origin.spot == TableKey("", "7315310990")
    assert one.origin.file == f"bps:{ASKED}"
    assert str(one.origin) == f"bps:{ASKED} key 7315310990, column nilai"
    assert len(one.origin.sha256) == 64


def test_a_key_that_begins_like_another_is_not_taken_for_it(run: Run) -> None:
    figures = {"99991452891000": 83.68, "999914528910001": 7, "9999145289100": 8}
    body = answer(
        var=145, vervar={9999: "X"}, turvar={289: "L"}, tahun={100: "2000"}, figures=figures
    )
    with ReplayedService({"domain/7315/var/145": Reply(body)}) as service:
        data = run(service.address, '{domain: "7315", var: "145"}')
    assert values(data) == {("2000", "289", "9999"): Fraction("83.68")}
    assert codes(data) == ["BPS106"]
    assert "`999914528910001`, `9999145289100`" in data.diagnostics[0].message


def test_a_key_that_two_combinations_build_is_used_for_neither(run: Run) -> None:
    figures = {"1112" + "1230": 5, "112" + "1230": 6, "11112" + "1230": 7}
    body = answer(
        var=1,
        vervar={1: "A", 11: "B"},
        turvar={12: "P", 2: "Q"},
        tahun={123: "2023"},
        figures=figures,
    )
    with ReplayedService({"domain/7315/var/1": Reply(body)}) as service:
        data = run(service.address, '{domain: "7315", var: "1"}')
    assert values(data) == {("2023", "2", "1"): 6, ("2023", "12", "11"): 7}
    assert codes(data) == ["BPS107"]
    assert "1 figure of" in data.diagnostics[0].message
    assert "`11121230`" in data.diagnostics[0].message


def test_one_id_with_two_labels_names_neither(run: Run) -> None:
    listed = '[{"val": 1, "label": "A"}, {"val": 1, "label": "B"}]'
    body = answer(var=31, vervar={1: "A"}, tahun={123: "2023"}, figures={"13101230": 5})
    body = body.replace(b'[{"val": 1, "label": "A"}]', listed.encode())
    data = replayed(run, body)
    assert (values(data), codes(data)) == ({}, ["BPS107"])


def test_members_are_the_cleaned_labels(run: Run) -> None:
    vervar = {1100: "<b>ACEH</b>", 1200: "Sumatera&nbsp;Utara"}
    figures = {"11003101230": 1, "12003101230": 2}
    body = answer(var=31, vervar=vervar, tahun={123: "2023"}, figures=figures)
    data = replayed(run, body, row="vervar")
    assert data.members["wilayah"] == ("ACEH", "Sumatera Utara")


@pytest.mark.parametrize(
    ("value", "numbers", "read"),
    [
        (308669, "id", "308669"),
        (83.68, "id", "83.68"),
        (0.1, "en", "1/10"),
        (1234.567, "id", "1234.567"),
        (-4.5, "id", "-4.5"),
        (0, "id", "0"),
        ("14,45", "id", "14.45"),
        ("1.234,5", "id", "1234.5"),
        ("1.234", "id", "1234"),
        ("1.234", "en", "1.234"),
        ("14.45", "en", "14.45"),
        ("&nbsp;14,45 ", "id", "14.45"),
        ("<b>7</b>", "id", "7"),
        ("0", "id", "0"),
    ],
)
def test_a_figure_is_read_exactly(run: Run, value: object, numbers: str, read: str) -> None:
    data = read_one(run, value, numbers=numbers)
    assert list(values(data).values()) == [Fraction(read)]
    assert codes(data) in ([], ["IKU410"])


@pytest.mark.parametrize("value", ["", "-", "...", "NA", " ", None, "&nbsp;"])
def test_a_missing_figure_stays_missing(run: Run, value: object) -> None:
    data = read_one(run, value)
    assert list(values(data).values()) == [None]
    assert codes(data) == []


@pytest.mark.parametrize(
    ("value", "numbers", "code"),
    [
        ("14,45", "en", "IKU405"),
        ("14.45", "id", "IKU405"),
        ("ada", "id", "IKU404"),
        (True, "id", "IKU404"),
        ([1], "id", "IKU404"),
        ({"a": 1}, "id", "IKU404"),
    ],
)
def test_what_is_no_figure_is_reported_at_its_key(
    run: Run, value: object, numbers: str, code: str
) -> None:
    data = read_one(run, value, numbers=numbers)
    assert (values(data), codes(data)) == ({}, [code])
    (found,) = [one for one in data.diagnostics if one.code == code]
    assert found.location is not None
    assert found.location.spot == "key 73153101230"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
        ("0.10000000000000000001", "0.10000000000000000001"),
        ("1.5E3", "1500"),
        ("1e-2", "0.01"),
        ("-0", "0"),
    ],
)
def test_a_json_number_is_never_a_float(run: Run, written: str, read: str) -> None:
    body = answer(var=31, vervar={7315: "X"}, tahun={123: "2023"}, figures={"73153101230": 17})
    data = replayed(run, body.replace(b": 17}", f": {written}}}".encode()))
    assert list(values(data).values()) == [Fraction(read)]


@pytest.mark.parametrize("written", ["1e999", "1e999999999999999999999", "9" * 401])
def test_a_number_past_the_bounds_is_reported(run: Run, written: str) -> None:
    body = answer(var=31, vervar={7315: "X"}, tahun={123: "2023"}, figures={"73153101230": 17})
    data = replayed(run, body.replace(b": 17}", f": {written}}}".encode()))
    assert (values(data), codes(data)) == ({}, ["IKU404"])


def of_year(run: Run, label: str, tahun: int = 123, part: Entries | None = None) -> Data:
    parts = part or {0: "Tahun"}
    figures = {f"7315310{tahun}{id_}": 1 for id_ in parts}
    body = answer(var=31, vervar={7315: "X"}, tahun={tahun: label}, turtahun=parts, figures=figures)
    return replayed(run, body)


@pytest.mark.parametrize(
    ("label", "mark"),
    [
        ("2023", Mark.FINAL),
        ("2023*", Mark.PROVISIONAL),
        ("2023 **", Mark.VERY_PROVISIONAL),
        ("2023<sup>*</sup>", Mark.PROVISIONAL),
        ("2023*)", Mark.PROVISIONAL),
    ],
)
def test_a_provisional_year_marks_its_figures(run: Run, label: str, mark: Mark) -> None:
    data = of_year(run, label)
    assert [(str(key[1]), one.mark) for key, one in data.observations.items()] == [("2023", mark)]


def test_a_figure_carries_a_mark_of_its_own(run: Run) -> None:
    data = read_one(run, "14,45**")
    assert [one.mark for one in data.observations.values()] == [Mark.VERY_PROVISIONAL]


@pytest.mark.parametrize(
    ("label", "tahun"), [("2022", 123), ("2023r", 123), ("", 123), ("2023", 2023), ("1900", 99)]
)
def test_a_year_whose_label_says_another_is_not_used(run: Run, label: str, tahun: int) -> None:
    data = of_year(run, label, tahun)
    assert (values(data), codes(data)) == ({}, ["BPS108"])


@pytest.mark.parametrize(
    ("parts", "periods"),
    [
        (QUARTERS, ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2023"]),
        ({1: "Januari", 2: "Februari", 12: "Desember"}, ["2023-01", "2023-02", "2023-12"]),
        ({0: ""}, ["2023"]),
        ({0: "Tidak ada"}, ["2023"]),
        ({5: "<i>Tahunan</i>"}, ["2023"]),
        ({1: "January", 41: "Quarter II"}, ["2023-01", "2023-Q2"]),
    ],
)
def test_parts_of_a_year_are_periods(run: Run, parts: Entries, periods: list[str]) -> None:
    data = of_year(run, "2023", part=parts)
    assert [str(key[1]) for key in data.observations] == periods
    assert codes(data) == []


@pytest.mark.parametrize("label", ["Semester I", "", "Jumlah", "Triwulan V", "Rata-rata", "7"])
def test_a_part_of_the_year_that_is_no_period_is_reported(run: Run, label: str) -> None:
    data = of_year(run, "2023", part={31: "Triwulan I", 61: label})
    assert [str(key[1]) for key in data.observations] == ["2023-Q1"]
    assert codes(data) == ["BPS108"]


def test_a_part_of_the_year_may_carry_the_mark(run: Run) -> None:
    data = of_year(run, "2023*", part={34: "Triwulan IV**"})
    assert [one.mark for one in data.observations.values()] == [Mark.VERY_PROVISIONAL]


TWO_OF_ALL = answer(
    var=31,
    vervar={1: "A", 2: "B"},
    turvar={27: "P", 28: "Q"},
    tahun={122: "2022", 123: "2023"},
    turtahun=QUARTERS,
    figures={
        f"{row}31{kind}{year}{part}": int(f"{row}{kind}{year}{part}")
        for row in (1, 2)
        for kind in (27, 28)
        for year in (122, 123)
        for part in (31, 32)
    },
)


@pytest.mark.parametrize(
    ("options", "shown", "count"),
    [
        ("", "", 16),
        (', years: "2023"', "/th/123", 8),
        (', turvar: "27"', "/turvar/27", 8),
        (', turvar: "0", vervar: "0"', "/vervar/0/turvar/0", 16),
        (', years: "2022", turth: "32", vervar: "2", turvar: "28"',
         "/th/122/turth/32/vervar/2/turvar/28", 1),
    ],
)  # fmt: skip
def test_of_an_answer_that_holds_more_only_what_was_asked_for_is_used(
    run: Run, options: str, shown: str, count: int
) -> None:
    with ReplayedService({ASKED + shown: Reply(TWO_OF_ALL)}) as service:
        data = run(service.address, f'{{domain: "7315", var: "31"{options}}}')
    assert (len(data.observations), codes(data)) == (count, [])
    if count == 1:
        assert values(data) == {("2022-Q2", "28", "2"): 22812232}


@pytest.mark.parametrize("option", ['turvar: "29"', 'turth: "39"', 'vervar: "3"'])
def test_an_answer_of_other_things_alone_is_refused(run: Run, option: str) -> None:
    name, _, number = option.replace('"', "").partition(": ")
    with ReplayedService({f"{ASKED}/{name}/{number}": Reply(TWO_OF_ALL)}) as service:
        data = run(service.address, f'{{domain: "7315", var: "31", {option}}}')
    assert (values(data), codes(data)) == ({}, ["BPS105"])


def test_a_division_picks_the_rows_of_a_variable(run: Run) -> None:
    figures = {"7315312712" + "30": 1, "7315312812" + "30": 2}
    body = answer(
        var=31,
        vervar={7315: "X"},
        turvar={27: "Harga Berlaku", 28: "Harga Konstan"},
        tahun={123: "2023"},
        figures=figures,
    )
    assert values(replayed(run, body)) == {("2023", "27", "7315"): 1, ("2023", "28", "7315"): 2}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from([1100, 1200, 9999]), st.integers(99, 126)),
        st.decimals(-(10**9), 10**9, places=3),
        min_size=1,
        max_size=12,
    )
)
def test_what_is_replayed_is_what_is_observed(figures: Mapping[tuple[int, int], object]) -> None:
    body = answer(
        var=29,
        vervar={1100: "A", 1200: "B", 9999: "C"},
        tahun={year: str(year + 1900) for year in range(99, 127)},
        figures={f"{row}290{year}0": str(value) for (row, year), value in figures.items()},
    )
    found = matched(read_answer(body, Asked("0000", "29")))
    read = {
        (int(e.vervar.id), int(e.tahun.id)): Fraction(str(cell_of(e.given))) for e in found.entries
    }
    assert read == {key: Fraction(str(value)) for key, value in figures.items()}
    assert found.unmatched == found.ambiguous == ()
