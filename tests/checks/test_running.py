"""How rules are run: exceptions with a reason, dead exceptions, rules that fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from iku_engine.checks.against_the_row import AGAINST_THE_ROW
from iku_engine.checks.empty_narrative import EMPTY_NARRATIVE
from iku_engine.checks.far_from_spending import FAR_FROM_SPENDING
from iku_engine.checks.from_catalog import checked_catalog
from iku_engine.checks.model import CheckedCatalog, Rule
from iku_engine.checks.rules import RULES
from iku_engine.checks.run import run_rules
from iku_engine.codes import CODES, Severity
from iku_engine.diagnostics import Diagnostic
from tests.checks.building import accepting, catalog, found_in, indicator, node

FALLING = indicator("i", ["320.55", "364.09", "351.35", "358.37", "365.57"])
SOUND = indicator("i", [1, 2, 3])


def test_each_rule_has_the_code_and_words_of_the_table() -> None:
    for rule in RULES:
        assert CODES[rule.code].title == rule.title
        assert CODES[rule.code].severity is rule.severity
        assert rule.severity is not Severity.ERROR
        assert rule.title_id
        assert rule.name.isidentifier()
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)


def test_an_accepted_finding_is_not_reported() -> None:
    assert [one.code for one in found_in(catalog([FALLING]))] == ["IKU602"]
    assert not found_in(catalog([accepting(FALLING, IKU602="tahun dasar diganti")]))


def test_an_acceptance_holds_for_its_own_code_and_line_only() -> None:
    other = replace(FALLING, id="j", name="Lain")
    held = catalog([accepting(FALLING, IKU601="tercetak demikian"), other])
    assert [(one.code, one.subject) for one in found_in(held)] == [
        ("IKU602", "i"),
        ("IKU602", "j"),
        ("IKU620", "i"),
    ]


@pytest.mark.parametrize("code", ["IKU602", "IKU699", "IKU201"])
def test_a_dead_exception_is_a_hint(code: str) -> None:
    (found,) = found_in(catalog([accepting(SOUND, **{code: "dahulu perlu"})]))
    assert (found.code, found.severity, found.subject) == ("IKU620", Severity.HINT, "i")


def test_exceptions_for_plugins_that_are_not_loaded_stay() -> None:
    assert not found_in(catalog([accepting(SOUND, PMD101="pengecualian")]))


def test_an_exception_from_a_rule_without_its_results_is_not_called_dead() -> None:
    held = catalog([], [replace(node("p1"), accepted={"IKU616": "hemat"})])
    assert not found_in(held, FAR_FROM_SPENDING, EMPTY_NARRATIVE)


def finding(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    for one in checked.catalog.indicators.values():
        yield Diagnostic("PMD101", "contoh", one.location, subject=one.id)


OWN = Rule("PMD101", "contoh", "an example", "contoh", finding, Severity.HINT, origin="`contoh`")


def test_a_rule_of_a_plugin_has_its_own_severity_and_title() -> None:
    (found,) = found_in(catalog([SOUND]), OWN)
    assert (found.code, found.severity, found.title) == ("PMD101", Severity.HINT, "an example")


def test_findings_carry_the_code_of_their_rule() -> None:
    (found,) = found_in(catalog([SOUND]), replace(OWN, code="PMD102"))
    assert found.code == "PMD102"


def test_findings_of_a_plugin_are_accepted_like_any() -> None:
    assert not found_in(catalog([accepting(SOUND, PMD101="pengecualian")]), OWN)


def failing(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    yield from finding(checked)
    raise RuntimeError("no")


def wrong(checked: CheckedCatalog) -> Iterator[Diagnostic]:
    yield "PMD101"  # type: ignore[misc]


@pytest.mark.parametrize(("find", "codes"), [(failing, ["PMD101", "IKU903"]), (wrong, ["IKU903"])])
def test_a_rule_that_fails_is_told_and_stops_no_other(find: object, codes: list[str]) -> None:
    broken = replace(OWN, find=find)  # type: ignore[arg-type]
    held = catalog([accepting(FALLING, PMD102="pengecualian")])
    found = found_in(held, broken, AGAINST_THE_ROW)
    assert [one.code for one in found] == [*codes, "IKU602"]


def test_an_exception_from_a_failed_rule_is_not_called_dead() -> None:
    held = catalog([accepting(SOUND, PMD101="pengecualian")])
    assert [one.code for one in found_in(held, replace(OWN, find=wrong))] == ["IKU903"]


def test_warnings_of_other_stages_may_be_accepted_and_errors_never() -> None:
    held = catalog([accepting(SOUND, IKU503="tercetak rusak", IKU201="rumus rusak")])
    others = [
        Diagnostic("IKU503", "a formulation that is damaged", SOUND.location, subject="i"),
        Diagnostic("IKU201", "a formula that cannot be read", SOUND.location, subject="i"),
    ]
    found = list(run_rules(checked_catalog(held), RULES, others))
    assert [one.code for one in found] == ["IKU201", "IKU620"]


def test_an_accepted_error_that_is_not_there_is_a_hint() -> None:
    (found,) = found_in(catalog([accepting(SOUND, IKU201="rumus rusak")]))
    assert found.message == "`i` accepts `IKU201`, which is an error and is never accepted"
