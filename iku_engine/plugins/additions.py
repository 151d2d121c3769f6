"""The hooks as a table: what each is asked for, and what keeps an addition from being used."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import NamedTuple

import pluggy

from iku_engine.diagnostics import did_you_mean
from iku_engine.formulas.model import METHOD_READS, Formula
from iku_engine.hooks import CONTRACT, OLDEST_CONTRACT, PROJECT, Hooks
from iku_engine.plugins.model import BUILT_IN
from iku_engine.scales import Scale, find_overlaps

_CODE = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_OWN_CODES = "IKU"
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_SUFFIX = re.compile(r"\.[a-z0-9]+")
_LONGEST_NAME = 64


class Hook(NamedTuple):
    """A hook: the word for what it adds, and the module and class of its values."""

    name: str
    kind: str
    module: str
    type: str


HOOKS = (
    Hook("iku_formulas", "formula", "iku_engine.formulas.model", "Formula"),
    Hook("iku_functions", "function", "iku_engine.formulas.model", "Function"),
    Hook("iku_scales", "scale", "iku_engine.scales", "Scale"),
    Hook("iku_achievement_methods", "achievement method", "iku_engine.formulas.model", "Formula"),
    Hook("iku_sources", "source", "iku_engine.sources.protocol", "Kind"),
    Hook("iku_checks", "check", "iku_engine.checks.model", "Rule"),
    Hook("iku_reports", "report", "iku_engine.reports.forms.model", "ReportForm"),
    Hook("iku_catalogs", "catalog", "iku_engine.catalog.library", "CatalogLibrary"),
)
_CALLED_BY_WORDS = frozenset({"source", "report", "catalog"})


class Addition(NamedTuple):
    """One thing that a plugin adds, under the word for its kind."""

    kind: str
    name: str
    value: object


class ContractError(Exception):
    """A plugin was written for a contract that this engine does not keep; `help` says more."""

    def __init__(self, message: str, help_: str) -> None:
        super().__init__(message)
        self.help = help_


def contract_of(plugin: object) -> int:
    """The contract that a plugin declares (`IKU_CONTRACT = 1`), 0 where it declares none.

    Raises `ContractError` for one that this engine does not keep, `TypeError` for no number.
    """
    declared = getattr(plugin, "IKU_CONTRACT", 0)
    if type(declared) is not int:
        raise TypeError(f"IKU_CONTRACT is a {type(declared).__name__}, not a whole number")
    if declared > CONTRACT:
        message = f"it needs plugin contract {declared}, and this iku-engine keeps {CONTRACT}"
        raise ContractError(message, "update iku-engine, or install an earlier version of it")
    if declared < OLDEST_CONTRACT:
        message = f"it was written for plugin contract {declared}, which is no longer kept"
        raise ContractError(message, "install a later version of it")
    return declared


def additions_of(plugin: object, origin: str = BUILT_IN) -> Iterator[Addition]:
    """What a plugin adds, hook after hook, each with its `origin`; raises what the plugin raises.

    Raises `TypeError` for a hook that does not exist, and for an answer that is not what a hook
    asks for.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    manager.register(plugin)
    for caller in manager.get_hookcallers(plugin) or ():
        if not caller.has_spec():
            known = (hook.name for hook in HOOKS)
            help_ = did_you_mean(caller.name, known)
            raise TypeError(f"there is no hook {caller.name}{f', {help_}' if help_ else ''}")
    for hook in HOOKS:
        caller = getattr(manager.hook, hook.name)
        answers: list[Iterable[object]] = caller()
        if caller.get_hookimpls() and not answers:
            raise TypeError(f"{hook.name} gave nothing, not even an empty list")
        for answer in answers:
            for value in answer:
                if not _is_of(value, hook):
                    raise TypeError(f"{hook.name} gave a {type(value).__name__}")
                yield Addition(hook.kind, _name_of(hook.kind, value), _with_origin(value, origin))


def problem_of(addition: Addition, *, foreign: bool) -> str:
    """What keeps an addition from being used; `foreign` is one that is not built in."""
    name, value = addition.name, addition.value
    if addition.kind == "check":
        return _problem_of_code(name) if foreign else ""
    if addition.kind in _CALLED_BY_WORDS:
        if not _WORD.fullmatch(name) or len(name) > _LONGEST_NAME:
            return "which is no name of small letters, digits and `-`"
        return _problem_of_files(value)
    if not name.isidentifier():
        return "which is no name"
    if isinstance(value, Scale):
        overlap = next(find_overlaps(value.bands), None)
        return f"whose bands overlap at {overlap.value}" if overlap else ""
    if addition.kind == "achievement method" and isinstance(value, Formula):
        names = {parameter.name for parameter in value.parameters}
        known = ", ".join(f"`{name}`" for name in METHOD_READS)
        return "" if names <= {*METHOD_READS} else f"which asks for more than {known}"
    return ""


def _problem_of_code(code: str) -> str:
    """What keeps a check from having its code; those of the engine are its own."""
    if not _CODE.fullmatch(code):
        return "which is no code such as `PMD101`"
    return f"and codes with `{_OWN_CODES}` are those of the engine" * code.startswith(_OWN_CODES)


def _problem_of_files(value: object) -> str:
    """What keeps a kind from its files, or a library of definitions from being copied."""
    for suffix in getattr(value, "suffixes", ()):
        if not _SUFFIX.fullmatch(suffix):
            return f"and `{suffix}` is no suffix such as `.csv`"
    folder = getattr(value, "folder", None)
    return "" if folder is None or folder.is_dir() else "whose folder is not there"


def _with_origin(value: object, origin: str) -> object:
    """The value, saying who brings it where it can."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    says = any(one.name == "origin" for one in fields(value))
    return replace(value, origin=origin) if says else value


def _is_of(value: object, hook: Hook) -> bool:
    """Whether a value is of the class a hook asks for; whoever made one has imported it."""
    expected = getattr(sys.modules.get(hook.module), hook.type, None)
    return isinstance(expected, type) and isinstance(value, expected)


def _name_of(kind: str, value: object) -> str:
    """What an addition is called: a check by its code, all else by its name."""
    return str(getattr(value, "code" if kind == "check" else "name", ""))
