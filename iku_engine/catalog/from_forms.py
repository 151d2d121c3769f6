"""Forms -> records of the catalog, with the file's defaults filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from iku_engine.catalog.declared import FileContext
from iku_engine.catalog.forms import (
    DimensionForm,
    ExampleForm,
    FieldForm,
    FormulaForm,
    MemberForm,
    OwnerForm,
    RecordsForm,
    ScaleForm,
    SourceForm,
    UnitForm,
    VariableForm,
)
from iku_engine.catalog.model import (
    DeclaredScale,
    DeclaredUnit,
    Dimension,
    Example,
    FieldKind,
    Member,
    NamedFormula,
    Owner,
    RecordField,
    RecordSet,
    Reduce,
    Source,
    Unknown,
    Variable,
)
from iku_engine.catalog.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, kind_of
from iku_engine.catalog.shape import Definition, shaped
from iku_engine.diagnostics import LocatedText, Location, quoted
from iku_engine.scales import Graded, Scale, sorted_bands

LONGEST_MEMBER = 200
MOST_BANDS = 200


def owner_of(id_: str, form: OwnerForm, definition: Definition, context: FileContext) -> Owner:
    """An agency or position."""
    return Owner(
        id_,
        form.title,
        definition.key,
        form.parent or "",
        form.duty or "",
        tuple(form.functions or ()),
    )


def unit_of(
    id_: str, form: UnitForm, definition: Definition, context: FileContext
) -> DeclaredUnit | None:
    """A unit of the agency's own; None where it would be nothing, or less."""
    factor = Fraction(1) if form.factor is None else form.factor
    if factor <= 0:
        where = (definition.node.value("factor") or definition.node).location
        message = f"the factor of the unit {quoted(id_)} is not above 0"
        context.mistakes.add("IKU104", message, where, "say how many make one of it", id_)
        return None
    return DeclaredUnit(id_, form.of, factor, definition.key)


def source_of(id_: str, form: SourceForm, definition: Definition, context: FileContext) -> Source:
    """Data where they live; a source that says nothing of where is reported and stays."""
    node = definition.node
    written = form.dimensions or {}
    dimensions = written if isinstance(written, dict) else {name: name for name in written}
    _require_a_place(id_, form, definition, context)
    nowhere = LocatedText("", ((0, definition.key),), verbatim=False)
    source = Source(
        id=id_,
        title=form.title or "",
        location=definition.key,
        file=located_at(node, "file") if form.file is not None else nowhere,
        folder=context.folder,
        period=form.period,
        numbers=form.numbers,
        dimensions=dimensions,
        variable=form.variable or "",
        value=form.value or "",
        delimiter=form.delimiter or "",
        comment=form.comment or "",
        vintage=form.vintage or "",
        kind=form.kind or "",
        sheet=form.sheet or "",
        header=form.header,
        encoding=form.encoding or "",
        connection=form.connection or "",
        table=form.table or "",
        query=located_at(node, "query") if form.query is not None else None,
        options=form.options or {},
        reduce=form.reduce or Reduce.AUTO,
    )
    return source if form.missing is None else replace(source, missing=tuple(form.missing))


_OF_FILES = frozenset({"csv", "duckdb", "parquet", "sqlite", "xlsx"})


def _require_a_place(
    id_: str, form: SourceForm, definition: Definition, context: FileContext
) -> None:
    """Report a source that names no file, no connection and no kind that needs neither."""
    given = form.kind if form.kind not in _OF_FILES else None
    if form.file is None and form.connection is None and given is None:
        message = f"the source {quoted(id_)} has no `file`"
        advice = "write the path of the data file, relative to the folder of this file"
        context.mistakes.add("IKU102", message, definition.key, advice, id_)


def dimension_of(
    id_: str, form: DimensionForm, definition: Definition, context: FileContext
) -> Dimension:
    """A dimension with its members, where they are declared."""
    declared = definition.node.value("members")
    members = {}
    if isinstance(declared, MappingNode):
        for name, entry in declared.entries.items():
            if context.mistakes.overflowed:
                break
            if not name.strip() or len(name) > LONGEST_MEMBER:
                message = f"a member of `{id_}` is text of 1 to {LONGEST_MEMBER} signs"
                context.mistakes.add("IKU106", message, entry.key.location, "", id_)
                continue
            members[name] = _member(name, entry, id_, context)
    return Dimension(id_, form.label or id_, definition.key, members)


def _member(name: str, entry: Entry, dimension: str, context: FileContext) -> Member:
    """A member; one that is wrong stays, so that its parts still have a parent."""
    key = entry.key.location
    what = f"the member {quoted(name)} of the dimension `{dimension}`"
    node = entry.value
    form = None
    if isinstance(node, MappingNode):
        definition = Definition(what, node, key, dimension)
        form = shaped(MemberForm, definition, context.mistakes).form
    elif not (isinstance(node, ScalarNode) and node.is_empty):
        message = f"{what} is {kind_of(node)}, not a mapping"
        context.mistakes.add("IKU103", message, node.location, "", dimension)
    return Member(
        id=name,
        label=(form and form.label) or name,
        location=key,
        parent=(form and form.parent) or "",
        level=(form and form.level) or "",
        total=bool(form and form.total),
    )


def variable_of(
    id_: str, form: VariableForm, definition: Definition, context: FileContext
) -> Variable:
    """A series; without a source of its own it takes the file's."""
    return Variable(
        id=id_,
        label=form.label,
        unit=form.unit,
        location=definition.key,
        source=context.default_source if form.source is None else form.source,
        column=form.column or "",
        where=tuple((form.where or {}).items()),
        rollup=form.rollup,
        note=form.note or "",
        consolidation=form.consolidation or context.default_consolidation,
        grades=form.grades or "",
    )


def records_of(
    id_: str, form: RecordsForm, definition: Definition, context: FileContext
) -> RecordSet:
    """Micro data with its fields."""
    fields = definition.node.value("fields")
    return RecordSet(
        id=id_,
        label=form.label or id_,
        location=definition.key,
        source=form.source,
        key=form.key,
        fields={
            name: _record_field(name, field, fields, definition, context)
            for name, field in form.fields.items()
        },
        unknown=form.unknown or Unknown.REFUSE,
    )


def formula_of(
    id_: str, form: FormulaForm, definition: Definition, context: FileContext
) -> NamedFormula | None:
    """A named formula; None where its parameters cannot be told apart."""
    repeated = [name for name in form.parameters if form.parameters.count(name) > 1]
    if repeated:
        parameters = definition.node.value("parameters") or definition.node
        message = f"the parameter {quoted(repeated[0])} of the formula `{id_}` stands twice"
        context.mistakes.add("IKU107", message, parameters.location, "rename one of them", id_)
        return None
    return NamedFormula(
        id=id_,
        parameters=tuple(form.parameters),
        body=located_at(definition.node, "body"),
        location=definition.key,
        title=form.title or "",
        unit=form.unit,
        examples=examples_of(form.examples, definition.node.value("examples"), definition.key),
    )


def scale_of(
    id_: str, form: ScaleForm, definition: Definition, context: FileContext
) -> DeclaredScale | None:
    """A rating scale, its bands lowest first whatever their order in the file."""
    if not 1 <= len(form.bands) <= MOST_BANDS:
        code, message = "IKU102", f"the scale `{id_}` has no band"
        if form.bands:
            code, message = "IKU005", f"the scale `{id_}` has more than {MOST_BANDS} bands"
        context.mistakes.add(code, message, definition.key, "", id_)
        return None
    written = [replace(band.range, label=band.label, score=band.score) for band in form.bands]
    node = definition.node.value("bands")
    places = [item.location for item in node.items] if isinstance(node, SequenceNode) else []
    bands = sorted_bands(tuple(written))
    scale = Scale(
        name=id_,
        bands=bands,
        title=form.title or "",
        reference=form.reference or "",
        on=form.on or Graded.EXACT,
        decimals=2 if form.decimals is None else form.decimals,
    )
    remaining = list(zip(written, places, strict=False))
    located = []
    for band in bands:
        position = next(n for n, (candidate, _) in enumerate(remaining) if candidate is band)
        located.append(remaining.pop(position)[1])
    return DeclaredScale(scale, definition.key, tuple(located))


def examples_of(
    forms: Iterable[ExampleForm] | None, node: Node | None, otherwise: Location
) -> tuple[Example, ...]:
    """The examples of a formula or an indicator, each with its place in the file."""
    items = node.items if isinstance(node, SequenceNode) else ()
    return tuple(
        Example(
            given=tuple(form.given.items()),
            value=form.value.value,
            decimals=form.value.decimals,
            location=items[number].location if number < len(items) else otherwise,
        )
        for number, form in enumerate(forms or ())
    )


def located_at(node: Node | None, key: str) -> LocatedText:
    """The located text of a field that the form has found to be text."""
    value = node.value(key) if isinstance(node, MappingNode) else None
    assert isinstance(value, ScalarNode)
    return value.located


def locations_of(node: MappingNode) -> Mapping[str, Location]:
    """Where the value of each field stands."""
    return {key: entry.value.location for key, entry in node.entries.items()}


def _record_field(
    name: str, form: FieldForm, fields: Node | None, definition: Definition, context: FileContext
) -> RecordField:
    entry = fields.entries[name] if isinstance(fields, MappingNode) else None
    location = entry.key.location if entry else definition.key
    if form.formula is not None and form.column is not None:
        message = f"the field `{name}` has both a column and a formula"
        advice = "keep one of them: a computed field has no column"
        context.mistakes.add("IKU103", message, location, advice, definition.subject)
    formula = located_at(entry.value, "formula") if entry and form.formula is not None else None
    return RecordField(
        id=name,
        label=form.label or name,
        unit=form.unit or "",
        location=location,
        kind=form.type or FieldKind.NUMBER,
        column="" if formula else form.column or name,
        formula=formula,
    )
