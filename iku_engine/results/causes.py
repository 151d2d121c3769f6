"""What changed between two runs, and which of it lies behind one result.

Looked for are the cells a result was made from and the definitions it needs, in both runs; files
as a whole are named only where neither explains it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from iku_engine.places import place_text
from iku_engine.results.manifest import (
    Manifest,
    RecordedFigure,
    RecordedResult,
    Setting,
    UsedFile,
    UsedPlugin,
)
from iku_engine.results.meanings import EXPANDED, Meaning

_SHOWN_DIGITS = 12


class CauseKind(StrEnum):
    """What kind of input changed."""

    AS_OF = "as_of"
    BY = "by"
    FIGURE = "figure"
    DEFINITION = "definition"
    DATA_FILE = "data_file"
    DEFINITION_FILE = "definition_file"
    RENAMED = "renamed"
    PLUGIN = "plugin"
    ENGINE = "engine"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Cause:
    """One input that changed: what it was and what it is; None where there was or is none.

    `subject` names it: a figure, a definition by its key, a file by its path, a plugin. `detail`
    is the cell of a figure or the field of a definition. With the kind `nothing`, no recorded
    input of a result changed.
    """

    kind: CauseKind
    subject: str = ""
    old: str | None = None
    new: str | None = None
    detail: str = ""


class Causes:
    """What changed between two runs; `inputs` is what changed apart from single figures."""

    def __init__(self, old: Manifest, new: Manifest) -> None:
        self._old, self._new = old, new
        self._meanings = tuple({one.key: one for one in each.meanings} for each in (old, new))
        self._known: dict[str, tuple[Cause, ...]] = {}
        files = [{one.file: one.sha256 for one in each.sources} for each in (old, new)]
        self._unchanged = {name for name, digest in files[0].items() if _same(name, digest, files)}
        self.inputs: tuple[Cause, ...] = (
            *_setting_causes(old.setting, new.setting),
            *_file_causes(
                CauseKind.DEFINITION_FILE, old.setting.definitions, new.setting.definitions
            ),
            *_file_causes(CauseKind.DATA_FILE, old.sources, new.sources),
        )
        self._come_or_gone = {
            one.subject: one
            for one in self._inputs(CauseKind.DATA_FILE)
            if one.old is None or one.new is None
        }

    def of(self, old: RecordedResult | None, new: RecordedResult | None) -> tuple[Cause, ...]:
        """What changed behind a result that differs, the nearest first."""
        result = new or old
        assert result is not None
        key = f"indicator {result.indicator}"
        found = [*self._inputs(CauseKind.AS_OF, CauseKind.BY)]
        if all(key in meanings for meanings in self._meanings):
            found += self._figures(old, new)
        found += self._definitions(key)
        if not found:
            found += self._files(old, new)
        plugins = self._plugins(key)
        found += [one for one in self._inputs(CauseKind.PLUGIN) if one.subject in plugins]
        found += self._inputs(CauseKind.ENGINE)
        return tuple(found) or (Cause(CauseKind.NOTHING),)

    def _inputs(self, *kinds: CauseKind) -> Iterator[Cause]:
        return (one for one in self.inputs if one.kind in kinds)

    def _figures(self, old: RecordedResult | None, new: RecordedResult | None) -> Iterator[Cause]:
        """The figures of a result that differ; a file that came or went, in place of all of its.

        One that is read in only one of the runs is among them where its file changed: it may be
        new there, or only be read now.
        """
        before, after = _figures_of(self._old, old), _figures_of(self._new, new)
        whole: dict[Cause, None] = {}
        for key in sorted({**before, **after}):
            was, now = before.get(key), after.get(key)
            either = now or was
            assert either is not None
            if (was is None or now is None) and either.file in self._come_or_gone:
                whole[self._come_or_gone[either.file]] = None
            elif self._differs(was, now):
                where = f"{either.file} {either.cell}"
                yield Cause(CauseKind.FIGURE, figure_text(either), _shown(was), _shown(now), where)
        yield from whole

    def _differs(self, was: RecordedFigure | None, now: RecordedFigure | None) -> bool:
        if was is not None and now is not None:
            return (was.value, was.mark) != (now.value, now.mark)
        if all(one is None or one.value is None for one in (was, now)):
            return False  # a blank cell and none at all are the same
        gone_back = self._old.setting.options.as_of != self._new.setting.options.as_of
        return gone_back or any(one.file not in self._unchanged for one in (was, now) if one)

    def _definitions(self, key: str) -> tuple[Cause, ...]:
        """What the definition behind a key, and those it needs, say otherwise than before."""
        if key not in self._known:
            self._known[key] = tuple(self._changed_definitions(key))
        return self._known[key]

    def _changed_definitions(self, key: str) -> Iterator[Cause]:
        old, new = self._meanings
        if key not in old or key not in new:
            yield _only_in_one(key, old.get(key), new.get(key))
            return
        before, after = _below(old, key), _below(new, key)
        both = [each for each in before if each in after]
        found = [cause for each in both for cause in _field_causes(old[each], new[each])]
        found = [cause for cause in found if not self._is_renamed(cause)]
        written_out = [cause for cause in found if cause.detail.startswith(EXPANDED)]
        plain = [cause for cause in found if cause not in written_out]
        if plain:
            yield from plain
            return
        one_sided = [each for each in {**before, **after} if each not in both]
        yield from (_only_in_one(each, old.get(each), new.get(each)) for each in one_sided)
        if not one_sided:
            yield from written_out

    def _is_renamed(self, cause: Cause) -> bool:
        """Whether a source only names its file by another name: it holds the same."""
        return cause.detail == "file" and any(
            renamed.subject.endswith(cause.old or renamed.subject)
            and (renamed.new or "").endswith(cause.new or "")
            for renamed in self._inputs(CauseKind.RENAMED)
        )

    def _plugins(self, key: str) -> set[str]:
        """The plugins whose formulas, functions, scales or methods a definition needs."""
        return {
            meanings[each].plugin
            for meanings in self._meanings
            if key in meanings
            for each in _below(meanings, key)
        }

    def _files(self, old: RecordedResult | None, new: RecordedResult | None) -> list[Cause]:
        """The data files read for a result that changed, else the files of definitions."""
        figures = (*_figures_of(self._old, old).values(), *_figures_of(self._new, new).values())
        read = {figure.file for figure in figures}
        data = [*self._inputs(CauseKind.DATA_FILE)]
        found = [one for one in data if one.subject in read or not read]
        return found or [*self._inputs(CauseKind.DEFINITION_FILE)]


def figure_text(figure: RecordedFigure) -> str:
    """What a figure is one of: `umkm 2019 kecamatan=Liwa`, `koperasi 2019 K01 modal`."""
    parts = (figure.name, figure.period, place_text(figure.place), figure.record, figure.field)
    return " ".join(part for part in parts if part)


def _same(name: str, digest: str, files: list[dict[str, str]]) -> bool:
    return bool(digest) and files[1].get(name) == digest


def _figures_of(
    manifest: Manifest, result: RecordedResult | None
) -> dict[tuple[object, ...], RecordedFigure]:
    found = [manifest.figures[at] for at in result.figures] if result is not None else []
    return {figure.key: figure for figure in found}


def _shown(figure: RecordedFigure | None) -> str | None:
    """A figure with its mark; `-` for a cell that says it is missing."""
    if figure is None:
        return None
    return "-" if figure.value is None else f"{figure.value}{figure.mark}"


def _below(meanings: Mapping[str, Meaning], key: str) -> dict[str, None]:
    """A definition and all it needs, in a steady order."""
    found: dict[str, None] = {}
    waiting = [key]
    while waiting:
        each = waiting.pop()
        if each in meanings and each not in found:
            found[each] = None
            waiting += reversed(meanings[each].needs)
    return found


def _only_in_one(key: str, old: Meaning | None, new: Meaning | None) -> Cause:
    return Cause(CauseKind.DEFINITION, key, _gist(old), _gist(new))


def _gist(meaning: Meaning | None) -> str | None:
    """What a definition says in the first place: its formula or body."""
    if meaning is None:
        return None
    says = meaning.says
    return next((says[name] for name in says if name.startswith(("formula", "body"))), meaning.name)


def _field_causes(old: Meaning, new: Meaning) -> Iterator[Cause]:
    """The fields of a definition that say something else.

    A formula that is written in another way and means the same is none of them.
    """
    for name in dict.fromkeys((*old.says, *new.says)):
        before, after = old.says.get(name), new.says.get(name)
        expanded = name.replace("formula", EXPANDED, 1)
        rewritten = name.startswith("formula") and old.says.get(expanded) is not None
        if before == after or (rewritten and old.says.get(expanded) == new.says.get(expanded)):
            continue
        yield Cause(CauseKind.DEFINITION, old.key, before, after, name)


def _setting_causes(old: Setting, new: Setting) -> Iterator[Cause]:
    if old.options.as_of != new.options.as_of:
        days = (old.options.as_of or None, new.options.as_of or None)
        yield Cause(CauseKind.AS_OF, "", *days)
    if old.options.by != new.options.by:
        yield Cause(CauseKind.BY, "", ", ".join(old.options.by), ", ".join(new.options.by))
    before, after = ({one.name: _version(one) for one in each.plugins} for each in (old, new))
    for name in sorted({**before, **after}):
        if before.get(name) != after.get(name):
            yield Cause(CauseKind.PLUGIN, name, before.get(name), after.get(name))
    if old.engine != new.engine:
        yield Cause(CauseKind.ENGINE, "iku-engine", old.engine, new.engine)


def _version(plugin: UsedPlugin) -> str:
    """The version of a plugin, and of one named by a path the digest of its files."""
    content = f"sha256:{plugin.sha256[:_SHOWN_DIGITS]}" if plugin.sha256 else ""
    contract = f"(contract {plugin.contract})"
    return " ".join(part for part in (plugin.version, contract, content) if part)


def _file_causes(
    kind: CauseKind, old: Iterable[UsedFile], new: Iterable[UsedFile]
) -> Iterator[Cause]:
    """Files with other bytes, those that came or went, and those that only have another name."""
    before, after = ({one.file: one.sha256 or None for one in each} for each in (old, new))
    come = {digest: name for name, digest in after.items() if name not in before and digest}
    renamed = {
        name: come[digest]
        for name, digest in before.items()
        if name not in after and digest is not None and digest in come
    }
    for name in sorted({**before, **after}):
        if name in renamed:
            yield Cause(CauseKind.RENAMED, name, name, renamed[name])
        elif before.get(name) != after.get(name) and name not in renamed.values():
            yield Cause(kind, name, before.get(name), after.get(name))
