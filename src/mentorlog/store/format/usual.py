"""TOML as mentorlog writes it: read by one pattern a line and written without a look at each sign.

That takes a fifth of the time of tomllib and tomli_w. Whatever else a file holds, or holds in another way, is left to
them: tomllib also says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

_SIGN, _SIGN_OR_END = r"""[^"\\\x00-\x08\x0a-\x1f\x7f]*+""", r"""[^"\\\x00-\x08\x0b-\x1f\x7f]*+"""
_SIGNS, _LINES = (rf"""{signs}(?:\\["\\nt]{signs})*+""" for signs in (_SIGN, _SIGN_OR_END))
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_LINE = rf"""
    ([A-Za-z0-9_-]+)\ =\ (?:
        "({_SIGNS})"
        |([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})
        |([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ T]{_TIME}:[0-5][0-9](?:\.[0-9]{{1,6}})?(?:[+-]{_TIME})?)
        |\"""\n({_LINES})\"""
        |(-?(?:0|[1-9][0-9]{{0,17}}))
        |\[\n((?:\ {{4}}"{_SIGNS}",\n)+)\]
        |(true|false)
        |(-?(?:0|[1-9][0-9]{{0,17}})\.[0-9]{{1,17}})
        |(\[\])
    )\n
    |\[\[([A-Za-z0-9_-]+)\]\]\n
    |\[([A-Za-z0-9_-]+)\]\n
    |\n
    """
_KEY, _STRING, _DATE, _DATETIME, _TEXT, _WHOLE, _LIST, _FLAG, _DECIMAL, _NOTHING, _ENTRY, _TABLE = range(1, 13)
_ITEM = rf' {{4}}"({_SIGNS})",\n'
_ESCAPED = r"\\(.)"
_MEANT = {"n": "\n", "t": "\t"}


_UNUSUAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def parse(text: str) -> dict[str, Any] | None:
    """Return the plain data of a TOML text; None if anything in it is not as mentorlog writes it."""
    plain: dict[str, Any] = {}
    table, lists, at, match = plain, set[str](), 0, re.compile(_LINE, re.VERBOSE).match
    while at < len(text):
        found = match(text, at)
        if found is None:
            return None
        at, kind = found.end(), found.lastindex
        if kind is None:
            continue
        if kind >= _ENTRY:
            name, table = found[kind], {}
            if kind == _ENTRY and name in lists:
                plain[name].append(table)
            elif name in plain:
                return None
            elif kind == _ENTRY:
                lists.add(name)
                plain[name] = [table]
            else:
                plain[name] = table
            continue
        key, value = found.group(_KEY, kind)
        if key in table:
            return None
        if kind != _STRING or "\\" in value:
            try:
                value = _value(kind, value)
            except ValueError:  # a day that is in no calendar
                return None
        table[key] = value
    return plain


def _value(kind: int, text: str) -> Any:
    if kind in (_STRING, _TEXT):
        return _unescaped(text) if "\\" in text else text
    if kind == _DATE:
        return date.fromisoformat(text)
    if kind == _DATETIME:
        return datetime.fromisoformat(text)
    if kind == _LIST:
        return [_unescaped(item) if "\\" in item else item for item in re.findall(_ITEM, text)]
    if kind == _FLAG:
        return text == "true"
    return [] if kind == _NOTHING else float(text) if kind == _DECIMAL else int(text)


def _unescaped(text: str) -> str:
    return re.sub(_ESCAPED, lambda found: _MEANT.get(found[1], found[1]), text)


def dump(flat: Mapping[str, Any]) -> str | None:
    """Return the lines of keys with plain values, as tomli_w writes them; None if one needs it."""
    lines = list[str]()
    for key, value in flat.items():
        text = _array(value) if type(value) is list else _literal(value)
        if text is None or not _BARE_KEY.fullmatch(key):
            return None
        lines.append(f"{key} = {text}\n")
    return "".join(lines)


def _array(values: list[Any]) -> str | None:
    lines = list[str]()
    for value in values:
        if (text := _literal(value)) is None:
            return None
        lines.append(f"    {text},\n")
    return f"[\n{''.join(lines)}]" if lines else "[]"


def _literal(value: Any) -> str | None:
    kind = type(value)
    if kind is str:
        if _UNUSUAL.search(value):
            return None
        if '"' in value or "\\" in value:
            value = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"""\n{value}"""' if "\n" in value else f'"{value}"'
    if kind is bool:
        return "true" if value else "false"
    return str(value) if kind in (int, date, datetime, float) else None
