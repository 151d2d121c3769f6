"""`docs/diagnostics.md`: every code with its examples, made from `codes.py` and the case files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.tools.blocks import fenced, table
from docs.tools.diagnostic_cases import (
    DiagnosticCase,
    Example,
    found_in,
    read_diagnostic_cases,
)
from iku_engine import Diagnostic
from iku_engine.codes import CODES
from iku_engine.reports.to_diagnostics import diagnostic_text

_GROUPS = {
    "0": "Reading a definition file",
    "1": "Declarations",
    "2": "Formulas",
    "3": "Names and formulas tied together",
    "4": "Data",
    "5": "Formulations, units and domains",
    "9": "Plugins",
}
_LONGEST = 160  # signs of a line that an example repeats

_INTRODUCTION = """\
# Diagnostics

A mistake in a definition, a data file or a plugin is a diagnostic: a code, one sentence, the place
in the file, and what to do. Nothing stops at the first one. An **error** makes the command end with
exit code 1, and results are still written; a **warning** or a **hint** does not. `iku check PATH`
lists them, `--format json` for other programs; what only shows in a run (IKU303, IKU305, IKU903) is
told by `iku compute`.

In the examples, `<U+202E>` stands for a character that cannot be seen, `<byte B0>` for a byte that
is no text, and `<25 times [>` for a repetition. This page is made from `iku_engine/codes.py` and
the files under `tests/cases/diagnostics/`.
"""


def diagnostics_page() -> str:
    """The whole page."""
    cases = read_diagnostic_cases()
    parts = [_INTRODUCTION]
    for digit, title in _GROUPS.items():
        group = [case for case in cases if case.code[3] == digit]
        rows = [
            (f"[{case.code}](#{case.code.lower()})", _severity(case.code), CODES[case.code].title)
            for case in group
        ]
        parts.append(f"**{title}**\n\n{table(('code', 'severity', 'title'), rows)}")
    parts += [_section(case) for case in cases]
    return "\n".join(parts)


def _section(case: DiagnosticCase) -> str:
    return "\n".join(
        [
            f"## {case.code}\n",
            f"**{CODES[case.code].title}** ({_severity(case.code)})\n",
            f"{case.what}\n",
            f"*Why it is bad.* {case.why}\n",
            "*Example.*\n",
            *_example(case.bad, "yaml bad", {}),
            fenced(_printed(case)),
            f"*Use instead.* {case.instead}\n",
            *_example(case.good, "yaml", case.bad.files),
        ]
    )


def _example(example: Example, info: str, shown: Mapping[str, str]) -> list[str]:
    """The files of an example, without those that the reader has just seen."""
    parts = [fenced(example.definitions, info)]
    for name, text in {**example.files, **example.plugins}.items():
        if shown.get(name) != text:
            parts += [
                f"`{name}`\n",
                fenced(_cut(text), "python" if name.endswith(".py") else "csv"),
            ]
    if example.data is not None:
        parts.append(f"with the data `{_data_text(example.data)}`\n")
    if example.by:
        parts.append(f"computed `--by {' '.join(example.by)}`\n")
    return parts


def _printed(case: DiagnosticCase) -> str:
    """What is printed for the bad example, its files named relative to the catalog."""
    with TemporaryDirectory() as folder:
        found = found_in(case.bad, Path(folder))
        shown = [_without(one, f"{folder}/catalog/") for one in found if one.code == case.code]
    return "\n\n".join(diagnostic_text(one) for one in shown)


def _without(diagnostic: Diagnostic, folder: str) -> Diagnostic:
    where = diagnostic.location
    if where is not None:
        where = replace(where, file=where.file.removeprefix(folder))
    helping = diagnostic.help.replace(folder, "")
    return replace(diagnostic, location=where, help=helping)


def _severity(code: str) -> str:
    return CODES[code].severity.value


def _cut(text: str) -> str:
    lines = (
        line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..." for line in text.split("\n")
    )
    return "\n".join(lines)


def _data_text(value: object) -> str:
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key}: {_data_text(item)}" for key, item in value.items())
        return f"{{{inside}}}"
    return str(value)
