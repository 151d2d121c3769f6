"""Every diagnostic code with its severity and title; `docs/diagnostics.md` explains each.

0xx reading a definition file, 1xx declarations, 2xx formulas, 3xx binding, 4xx data,
5xx formulations, 6xx plans and targets, 7xx printed figures, 9xx plugins.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error makes a run end with exit code 1; warnings and hints do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Code:
    """What one code means, in a few words."""

    severity: Severity
    title: str


def _error(title: str) -> Code:
    return Code(Severity.ERROR, title)


def _warning(title: str) -> Code:
    return Code(Severity.WARNING, title)


def _hint(title: str) -> Code:
    return Code(Severity.HINT, title)


CODES: dict[str, Code] = {
    "IKU001": _error("a definition file cannot be read"),
    "IKU002": _error("text that is not YAML, or a table that is not CSV"),
    "IKU003": _error("a key stands twice"),
    "IKU004": _error("a YAML alias, anchor, tag or directive"),
    "IKU005": _error("a definition file is too large or too deep"),
    "IKU006": _error("text that YAML splits unless it is quoted"),
    "IKU007": _warning("text that YAML may have cut at ` #`"),
    "IKU008": _error("a control or direction character"),
    "IKU101": _error("an unknown key"),
    "IKU102": _error("a required field is missing"),
    "IKU103": _error("a value of the wrong kind"),
    "IKU104": _error("a figure that cannot be read"),
    "IKU105": _error("a period that cannot be read"),
    "IKU106": _error("an identifier that cannot be used"),
    "IKU107": _error("an identifier is used twice"),
    "IKU108": _error("a reference to something that is not declared"),
    "IKU109": _error("a band of a scale that cannot be read"),
    "IKU110": _warning("a scale has a hole between two bands"),
    "IKU111": _error("two bands of a scale overlap"),
    "IKU112": _error("an example does not give its value"),
    "IKU113": _error("targets without a polarity or an achievement method"),
    "IKU114": _error("members of a dimension that contradict each other"),
    "IKU115": _error("owners that stand above each other in a circle"),
    "IKU116": _error("plan nodes that stand below each other in a circle"),
    "IKU117": _error("a plan node below one of its own or a deeper level"),
    "IKU118": _error("versions of a formula or unit that overlap or never meet"),
    "IKU119": _error("a range of targets that runs backwards"),
    "IKU120": _error("a revision without targets"),
    "IKU121": _error("weights of a spread that do not fit the year"),
    "IKU130": _warning("a code of the plan that is not of the nomenclature's form"),
    "IKU131": _warning("a code of another level than its plan node"),
    "IKU132": _warning("a code that is not below its parent's"),
    "IKU133": _warning("two plan nodes have the same code"),
    "IKU134": _hint("the numbers of plan nodes leave a gap"),
    "IKU135": _warning("a number that is not below its parent's"),
    "IKU136": _warning("a document counts other plan nodes than there are"),
    "IKU137": _warning("money of a plan node that is not the sum below it"),
    "IKU138": _warning("two plan nodes under one parent have the same number"),
    "IKU201": _error("a formula that cannot be read"),
    "IKU202": _error("a formula past a bound"),
    "IKU203": _error("a bare ratio under the unit `%`"),
    "IKU204": _error("the unit declared is not the unit the formula yields"),
    "IKU205": _error("quantities of different units are added or compared"),
    "IKU206": _error("an unknown name in a formula"),
    "IKU207": _error("an unknown formula"),
    "IKU208": _error("a formula is called with arguments it does not take"),
    "IKU209": _error("a percent literal inside a product or quotient"),
    "IKU210": _error("a spelling the language refuses"),
    "IKU211": _error("a name of the wrong kind"),
    "IKU212": _error("`ytd` of a ratio"),
    "IKU213": _error("an exponent, degree or digits that is no literal number within bounds"),
    "IKU214": _warning("the unit declared is not the unit of the inputs"),
    "IKU216": _error("the unit declared has another scale than the formula"),
    "IKU301": _error("indicators that need each other in a circle"),
    "IKU302": _error("named formulas that call each other in a circle"),
    "IKU303": _error("a roll-up that is not declared"),
    "IKU304": _error("a rule of targets without a start"),
    "IKU305": _warning("an input has no figures for the dimension asked for"),
    "IKU306": _warning("a longer period of a series whose consolidation is not declared"),
    "IKU307": _warning("a series read at a shorter period than its figures have"),
    "IKU308": _warning("targets that contradict their declared phasing"),
    "IKU320": _error("a target that is no grade of its scale"),
    "IKU321": _error("a path of targets without both ends"),
    "IKU322": _error("a range as the target of a method that needs one figure"),
    "IKU323": _warning("a spread whose rounded parts are more than the year"),
    "IKU330": _warning("a formula reads an indicator across a change of its unit"),
    "IKU401": _error("a data file cannot be read"),
    "IKU402": _error("a data file outside the catalog's folder"),
    "IKU403": _error("a column is missing in a data file"),
    "IKU404": _error("a figure in the data cannot be read"),
    "IKU405": _error("a figure violates the declared number format"),
    "IKU406": _error("one variable has two figures for one period and place"),
    "IKU407": _error("a period in the data cannot be read"),
    "IKU408": _warning("parts do not sum to the printed total"),
    "IKU409": _error("a member of a dimension that is not declared"),
    "IKU410": _hint("figures that read as well under the other number format"),
    "IKU411": _error("a data file past a bound"),
    "IKU412": _warning("rows of a long source that no variable reads"),
    "IKU413": _error("data handed over that cannot be used"),
    "IKU414": _error("a row has more cells than the header has columns"),
    "IKU415": _error("a date of publication that cannot be read"),
    "IKU416": _error("a cell that holds no label of its scale"),
    "IKU417": _error("a scale whose labels stand in data and have no score"),
    "IKU420": _hint("columns read as separated by another sign than a comma"),
    "IKU421": _hint("a text file read in another encoding than UTF-8"),
    "IKU422": _error("a kind of data that cannot be read here"),
    "IKU423": _error("a workbook without the sheet"),
    "IKU424": _hint("a row of totals that is not read"),
    "IKU425": _hint("a workbook of several sheets, of which the first one is read"),
    "IKU426": _error("a connection that is not configured, or cannot be used"),
    "IKU427": _error("a database that cannot be opened"),
    "IKU428": _error("a database without the table"),
    "IKU429": _error("a query that is not allowed to run"),
    "IKU430": _error("a table or a query that cannot be read"),
    "IKU431": _error("a field of a source that its kind of data does not use"),
    "IKU501": _hint("a formulation that cannot be read"),
    "IKU502": _warning("the formulation says something else than the formula"),
    "IKU503": _warning("a formulation that is ambiguous or malformed"),
    "IKU504": _warning("two indicators of the same name with different formulas"),
    "IKU505": _hint("two units that differ by one letter"),
    "IKU506": _warning("a figure that leaves an indicator undefined"),
    "IKU601": _warning("a target far outside its row"),
    "IKU602": _hint("a fall in a rising row of targets, or a rise in a falling one"),
    "IKU603": _warning("one target breaks the exact rule of its row"),
    "IKU604": _warning("targets that look copied from another row"),
    "IKU605": _warning("the unit changes inside a row of targets"),
    "IKU606": _hint("the unit does not fit the name"),
    "IKU607": _hint("an indicator without a unit"),
    "IKU608": _hint("an indicator without a source of data"),
    "IKU609": _hint("an indicator without a target, or with years left out"),
    "IKU610": _hint("a plan node without an owner"),
    "IKU611": _hint("an indicator that only repeats its objective"),
    "IKU612": _warning("one indicator twice with different targets"),
    "IKU613": _warning("a target beyond that of its parent"),
    "IKU614": _warning("several decimal marks in one document"),
    "IKU615": _warning("shares of one whole that do not sum to 100"),
    "IKU616": _hint("an output far from the money spent"),
    "IKU617": _hint("obstacles or follow-up left empty in an achievement report"),
    "IKU618": _warning("targets of the row beside, moved by one period"),
    "IKU619": _warning("an actual that holds the achievement"),
    "IKU620": _hint("an accepted finding that is not there"),
    "IKU702": _error("a printed figure of a place or column that does not exist"),
    "IKU703": _error("a printed figure that cannot be read"),
    "IKU704": _error("a cell that is printed twice"),
    "IKU901": _error("a plugin cannot be loaded"),
    "IKU902": _error("a plugin registers a name that is taken"),
    "IKU903": _error("a plugin raised while computing"),
}
