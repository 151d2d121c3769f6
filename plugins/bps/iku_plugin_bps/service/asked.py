"""A source's `options` -> the requests that fetch it.

One year is one request, so that a year is kept once and for all, and the answer to it can be held
against what was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iku_engine.catalog.model import Source
from iku_engine.diagnostics import did_you_mean, quoted
from iku_engine.periods import Frequency, parse_periods
from iku_plugin_bps.service.codes import ServiceError

FIRST_YEAR = 1900
"""The service counts years from here: 99 is 1999, 123 is 2023."""

MOST_YEARS = 60
"""The most years, and so requests, of one source."""

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_DOMAIN = re.compile(r"[0-9]{4}", re.ASCII)
_LANGUAGES = ("ind", "eng")
_NARROWING = ("turth", "vervar", "turvar")
_KNOWN = ("domain", "var", "years", *_NARROWING, "lang", "unit")
_SECRET = ("key", "api_key", "apikey", "token", "url", "address")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for figures, without address and key; `th` is a year as the service counts."""

    domain: str
    var: str
    lang: str = "ind"
    th: str = ""
    narrowed: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """The path below the service's address, up to the key."""
        parts = ("list", "model", "data", "lang", self.lang, *self._named())
        return "/".join(parts)

    @property
    def shown(self) -> str:
        """What is asked for, as origins and diagnostics name it."""
        english = ("lang", self.lang) if self.lang != _LANGUAGES[0] else ()
        return "/".join((*self._named(), *english))

    def _named(self) -> Iterator[str]:
        yield from ("domain", self.domain, "var", self.var)
        if self.th:
            yield from ("th", self.th)
        for name, value in self.narrowed:
            yield from (name, value)


def requests_of(source: Source) -> tuple[Asked, ...]:
    """The requests of a source, one a year; a single one for all years where none are named.

    `ServiceError` says which option is wrong.
    """
    options = source.options
    _check_names(options)
    if source.file.text or source.table or source.query is not None:
        message = f"the source `{source.id}` of the kind `bps` names a file, a table or a query"
        raise ServiceError("BPS101", message, "what it fetches stands under its `options`")
    domain = _matching(
        options, "domain", _DOMAIN, "four digits such as `1306`; `0000` is the nation"
    )
    var = _matching(options, "var", _NUMBER, "the number of a variable such as `29`")
    lang = options.get("lang", _LANGUAGES[0]).strip()
    if lang not in _LANGUAGES:
        raise ServiceError("BPS101", f"the language {quoted(lang)} is not `ind` or `eng`")
    narrowed = tuple(
        (name, _matching(options, name, _NUMBER, "one number of the service's list"))
        for name in _NARROWING
        if name in options
    )
    whole = Asked(domain, var, lang, "", narrowed)
    if "years" not in options:
        return (whole,)
    return tuple(
        Asked(domain, var, lang, str(year - FIRST_YEAR), narrowed) for year in _years(options)
    )


def _check_names(options: Mapping[str, str]) -> None:
    for name in options:
        if name.casefold() in _SECRET:
            message = f"the option {quoted(name)} does not belong into a definition"
            help_ = "take it out: it is configured by whoever runs the catalog"
            raise ServiceError("BPS101", message, help_, secret=True)
        if name not in _KNOWN:
            names = ", ".join(f"`{known}`" for known in _KNOWN)
            help_ = did_you_mean(name, _KNOWN) or f"the options are {names}"
            raise ServiceError("BPS101", f"{quoted(name)} is no option of the kind `bps`", help_)


def _matching(options: Mapping[str, str], name: str, form: re.Pattern[str], wanted: str) -> str:
    if name not in options:
        message = f"a source of the kind `bps` needs the option `{name}`"
        raise ServiceError("BPS101", message, f"`{name}` is {wanted}")
    value = options[name].strip()
    if not form.fullmatch(value):
        raise ServiceError("BPS101", f"`{name}` is {wanted}, not {quoted(value)}")
    return value


def _years(options: Mapping[str, str]) -> list[int]:
    text = options["years"].strip()
    try:
        periods = parse_periods(text)
    except ValueError:
        periods = ()
    years = [one.year for one in periods if one.frequency is Frequency.YEAR]
    if not years or len(years) < len(periods) or len(years) > MOST_YEARS or min(years) < FIRST_YEAR:
        message = f"`years` are at most {MOST_YEARS} years such as `2021..2023`, not {quoted(text)}"
        raise ServiceError("BPS101", message)
    return years
