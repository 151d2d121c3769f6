"""How the sentences of a decree were read, for the page of its catalog."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from docs.tools.blocks import table
from iku_engine.algebra.from_tree import compile_tree
from iku_engine.algebra.model import Input, Readable, Scope
from iku_engine.analysis.formulation import Agreement, Formulations, Judgement
from iku_engine.analysis.formulation_findings import sample_text
from iku_engine.binding.model import BoundIndicator
from iku_engine.engine import Engine
from iku_engine.evaluation.examples import example_outcome
from iku_engine.formulas.model import Library
from iku_engine.language.model import Name, Node, walk
from iku_engine.language.to_text import to_text
from iku_engine.quantities import to_decimal_text

_CLASSES = {
    Agreement.REPORTED: "names a source or says `cukup jelas`: the figure is reported",
    Agreement.COUNT: "names what is counted, and no calculation",
    Agreement.EQUAL: "has one reading, and it is the formula",
    Agreement.AMBIGUOUS: "has several readings or is damaged; one reading is the formula",
    Agreement.DIFFERENT: "says something else than the formula",
    Agreement.UNDECIDED: "cannot be compared with the formula",
    Agreement.UNREADABLE: "is prose that names no calculation",
}
_TRIVIAL = (Agreement.REPORTED, Agreement.COUNT)


def formulations_part(engine: Engine) -> str:
    """The classes of all sentences, then each one that holds a calculation, and contradictions."""
    formulations = Formulations(engine.catalog, engine.binding)
    judged = list(formulations.judgements())
    count = Counter(judgement.agreement for _, judgement in judged)
    rows = [(kind.value, str(count[kind]), said) for kind, said in _CLASSES.items() if count[kind]]
    rows.append(("", str(len(judged)), "all"))
    parts = [table(("class", "indicators", "the sentence"), rows)]
    parts += [_section(*pair) for pair in judged if pair[1].agreement not in _TRIVIAL]
    parts.append("### Contradictions\n")
    for twin in formulations.twins():
        assert twin.comparison.sample is not None
        said = sample_text(twin.comparison.sample, f"`{twin.first}`", f"`{twin.second}`")
        name = engine.binding.indicators[twin.second].declared.name
        parts.append(
            f"`{twin.first}` and `{twin.second}` are both called *{name}*, and their formulas are "
            f"not equal: {said}.\n"
        )
    return "\n".join(parts)


def _section(bound: BoundIndicator, judgement: Judgement) -> str:
    declared = bound.declared
    lines = [f"### `{declared.id}`: {judgement.agreement.value}\n", "```text"]
    lines += [declared.formulation, "```\n"]
    if judgement.reading.malformed:
        lines.append(f"Damaged in print: {judgement.reading.note}.\n")
    rows = [
        (f"`{to_text(tree)}`", "yes" if i in judgement.equal else "no", _on_sample(tree))
        for i, tree in enumerate(judgement.reading.readings)
    ]
    if rows:
        lines.append(table(("reading", "is the formula", "on a sample"), rows))
    if judgement.reading.unknown is not None:
        lines.append(f"The first word that names nothing: `{judgement.reading.unknown.word}`.\n")
    return "\n".join(lines)


def _on_sample(tree: Node) -> str:
    """The value of a reading at round figures: 120 now, 100 one period before, and so on."""
    names = dict.fromkeys(node.name for node in walk(tree) if isinstance(node, Name))
    program = compile_tree(tree, Scope({name: Readable() for name in names}))
    given: dict[str, Fraction | None] = {}
    for step in program.steps:
        if isinstance(step, Input):
            written = step.name + (f"[t-{step.shift.periods}]" if step.shift.periods else "")
            now = 120 + 80 * list(names).index(step.name)
            given[written] = Fraction(now - 20 * step.shift.periods)
    outcome = example_outcome(program, given, Library())
    shown = to_decimal_text(outcome.number, 2) if outcome.ok else outcome.status.value
    return f"{shown} at " + ", ".join(f"`{name}` = {value}" for name, value in given.items())
