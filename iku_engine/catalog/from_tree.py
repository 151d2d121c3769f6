"""Located tree of one file -> what it declares: the header first, then section by section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from iku_engine.catalog import from_forms, indicators, plan
from iku_engine.catalog.declared import Declaration, Declared, FileContext, FileReading
from iku_engine.catalog.forms import (
    DefinitionFile,
    DimensionForm,
    DocumentForm,
    Form,
    FormulaForm,
    HeaderForm,
    IndicatorForm,
    OwnerForm,
    PlanNodeForm,
    RecordsForm,
    ScaleForm,
    SourceForm,
    SummaryForm,
    UnitForm,
    VariableForm,
)
from iku_engine.catalog.located import Tree
from iku_engine.catalog.mistakes import Mistakes
from iku_engine.catalog.nodes import Entry, MappingNode, Node, ScalarNode, Span, kind_of, size_of
from iku_engine.catalog.references import references_in
from iku_engine.catalog.revisions import without_revisions
from iku_engine.catalog.shape import Definition, Shaped, shaped
from iku_engine.catalog.words import help_for_id, problem_of_id
from iku_engine.diagnostics import did_you_mean, quoted


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a definition file.

    A `whole` section's definitions are used as written or not at all: data read with half a
    source, or rated with half a scale, would be other figures.
    """

    form: type[Form]
    what: str
    build: Callable[[str, Any, Definition, FileContext], Declaration | None]
    whole: bool = False


SECTIONS: dict[str, Section] = {
    "owners": Section(OwnerForm, "the owner", from_forms.owner_of),
    "units": Section(UnitForm, "the unit", from_forms.unit_of, whole=True),
    "sources": Section(SourceForm, "the source", from_forms.source_of, whole=True),
    "dimensions": Section(DimensionForm, "the dimension", from_forms.dimension_of),
    "variables": Section(VariableForm, "the variable", from_forms.variable_of, whole=True),
    "records": Section(RecordsForm, "the records", from_forms.records_of, whole=True),
    "formulas": Section(FormulaForm, "the formula", from_forms.formula_of),
    "scales": Section(ScaleForm, "the scale", from_forms.scale_of, whole=True),
    "plan": Section(PlanNodeForm, "the plan node", plan.node_of),
    "summaries": Section(SummaryForm, "the summary", plan.summary_of, whole=True),
}
_DOCUMENT = "document"
_INDICATORS = "indicators"
MAX_VALUES = 5_000
"""The most values of one definition; the members of a dimension are counted one by one."""

_INDICATOR = "the indicator"


def read_file(tree: Tree, folder: str, mistakes: Mistakes) -> FileReading:
    """Everything a file declares; what is wrong in it goes to `mistakes`."""
    context = FileContext(folder, mistakes)
    root = _root_mapping(tree, mistakes)
    if root is None:
        return FileReading((), (), (), complete=False)
    context.header = _header(root, tree.complete, context)
    declared: list[Declared] = []
    for name, entry in root.entries.items():
        if name in SECTIONS or name == _INDICATORS:
            declared.extend(_section(name, entry, context))
        elif name == _DOCUMENT:
            declared.extend(_document(entry, context))
    periods = (context.header.periods if context.header else None) or ()
    complete = tree.complete and not mistakes.overflowed
    return FileReading(tuple(declared), tuple(context.references), periods, complete)


def _root_mapping(tree: Tree, mistakes: Mistakes) -> MappingNode | None:
    if isinstance(tree.root, MappingNode):
        return tree.root
    if not tree.complete:
        return None  # why it could not be read has been said
    location = tree.source.location(Span(0, 0, 0, 1))
    if tree.root is None or (isinstance(tree.root, ScalarNode) and tree.root.is_empty):
        mistakes.add("IKU102", "the file is empty", location, "begin it with `iku: 1`")
    else:
        message = f"a definition file is a mapping, not {kind_of(tree.root)}"
        mistakes.add("IKU103", message, tree.root.location, "begin it with `iku: 1`")
    return None


def _header(root: MappingNode, complete: bool, context: FileContext) -> HeaderForm | None:
    known = DefinitionFile.model_fields
    kept: dict[str, Entry] = {}
    for name, entry in root.entries.items():
        if context.mistakes.overflowed:
            break
        if name in HeaderForm.model_fields:
            kept[name] = entry
        elif name not in known:
            _unknown_section(name, entry, context)
    start = root.source.location(Span(0, 0, 0, 1))
    version_unread = "iku" not in kept and not complete
    definition = Definition("the file", MappingNode(kept, root.span, root.source), start)
    mistakes = Mistakes(context.mistakes.file) if version_unread else context.mistakes
    result = shaped(HeaderForm, definition, mistakes)
    # Without its version the header still says what holds for the file.
    header = result.form or _without_version(definition)
    context.faulty = result.faulty
    context.references.extend(references_in("", "", definition.node))
    return header


def _unknown_section(name: str, entry: Entry, context: FileContext) -> None:
    known = DefinitionFile.model_fields

    def advice() -> str:
        return did_you_mean(name, known) or f"known: {', '.join(f'`{one}`' for one in known)}"

    message = f"{quoted(name)} is not a section of a definition file"
    context.mistakes.add("IKU101", message, entry.key.location, advice)


def _without_version(definition: Definition) -> HeaderForm | None:
    version = ScalarNode("1", Span(0, 0, 0, 1), definition.node.source)
    entries = {**definition.node.entries, "iku": Entry(version, version)}
    node = MappingNode(entries, definition.node.span, definition.node.source)
    again = Definition(definition.what, node, definition.key)
    return shaped(HeaderForm, again, Mistakes("")).form


def _section(name: str, entry: Entry, context: FileContext) -> list[Declared]:
    node: Node = entry.value
    if isinstance(node, ScalarNode) and node.is_empty:
        return []
    if not isinstance(node, MappingNode):
        message = f"`{name}` is {kind_of(node)}, not a mapping"
        advice = "write each identifier with a colon and its fields below it"
        context.mistakes.add("IKU103", message, node.location, advice)
        return []
    found = []
    for id_, item in node.entries.items():
        if context.mistakes.overflowed:
            break
        valid = _valid_id(id_, item, context)
        record = _definition(name, id_, item, context)
        if valid:
            found.append(Declared(name, id_, item.key.location, record))
    return found


def _document(entry: Entry, context: FileContext) -> list[Declared]:
    """The document, which is one definition without an identifier."""
    node = entry.value
    if not isinstance(node, MappingNode):
        if not (isinstance(node, ScalarNode) and node.is_empty):
            message = f"`document` is {kind_of(node)}, not a mapping"
            context.mistakes.add("IKU103", message, node.location)
        return []
    definition = Definition("the document", node, entry.key.location, _DOCUMENT)
    form = shaped(DocumentForm, definition, context.mistakes).form
    if form is None:
        return []
    record = plan.document_of(form, definition, context)
    return [Declared(_DOCUMENT, _DOCUMENT, entry.key.location, record)]


def _valid_id(id_: str, entry: Entry, context: FileContext) -> bool:
    problem = problem_of_id(id_)
    if problem:
        message = f"{quoted(id_)} {problem}"
        context.mistakes.add("IKU106", message, entry.key.location, help_for_id(id_))
    return not problem


def _definition(section: str, id_: str, entry: Entry, context: FileContext) -> Declaration | None:
    what = f"{SECTIONS[section].what if section in SECTIONS else _INDICATOR} {quoted(id_)}"
    node = entry.value
    if isinstance(node, ScalarNode) and node.is_empty:
        node = MappingNode({}, node.span, node.source)
    if not isinstance(node, MappingNode):
        message = f"{what} is {kind_of(node)}, not a mapping"
        advice = "write its fields below it, each with a colon"
        context.mistakes.add("IKU103", message, node.location, advice, id_)
        return None
    definition = Definition(what, node, entry.key.location, id_)
    if section != "dimensions" and _is_too_large(definition, context):
        return None
    context.references.extend(references_in(section, id_, node))
    if section == _INDICATORS:
        result = shaped(IndicatorForm, without_revisions(definition), context.mistakes)
        if result.form is None:
            return None
        return indicators.indicator_of(id_, result.form, definition, context, result.faulty)
    return _built(SECTIONS[section], id_, definition, context)


def _is_too_large(definition: Definition, context: FileContext) -> bool:
    """Whether one definition holds more than any real one does."""
    too_large = size_of(definition.node) > MAX_VALUES
    if too_large:
        message = f"{definition.what} holds more than {MAX_VALUES:,} values"
        context.mistakes.add("IKU005", message, definition.key, "", definition.subject)
    return too_large


def _without_members(definition: Definition) -> Definition:
    """A dimension's members are read one by one: there may be 80,000 of them."""
    node = definition.node
    members = node.value("members")
    if not isinstance(members, MappingNode):
        return definition
    empty = MappingNode({}, members.span, members.source)
    entries = {**node.entries, "members": Entry(node.entries["members"].key, empty)}
    return replace(definition, node=replace(node, entries=entries))


def _built(
    section: Section, id_: str, definition: Definition, context: FileContext
) -> Declaration | None:
    result: Shaped[Form] = shaped(section.form, _without_members(definition), context.mistakes)
    if result.form is None or (section.whole and not result.only_unknown):
        return None
    return section.build(id_, result.form, definition, context)
