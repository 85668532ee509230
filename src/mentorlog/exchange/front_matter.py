"""The front matter of a Markdown file: YAML between lines of `---`, or TOML between lines of `+++`.

The only user of PyYAML, and only of its events: no value is made by the library, so a tag makes no object, an alias
is never expanded, and depth costs nothing. A value whose spelling would be lost is kept as text: `1.10`, `0123`, `no`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from mentorlog.errors import BadValue, Unreadable
from mentorlog.store.format import toml
from mentorlog.values import Value

LIMIT = 64 * 1024  # characters
DEEPEST = 16  # levels of lists and tables

_QUOTE = "put quotes around a value that has a colon in it, or begins with a sign such as @, *, [[ or {{"
_KEY = re.compile(r"[\"']?\w[^\n:=]*[:=]|\{")
"""How the first line of front matter begins; other text between two rules is text."""

_CLOSED = {"---": ("---", "..."), "+++": ("+++",)}
_WORDS = {"": "", "~": "", "null": "", "true": True, "false": False}
"""The words of YAML that are no text; TOML has no null, so that is an empty text."""
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Parts(Value):
    """A Markdown text in two: its front matter as TOML values, and the text below it, unchanged."""

    front_matter: Mapping[str, Any]
    text: str


def read(text: str) -> Parts:
    """Return front matter and text of a file with LF newlines; BadValue says what is wrong, and in which line."""
    first, _, rest = text.partition("\n")
    mark = first.rstrip()
    if mark not in _CLOSED:
        return Parts({}, text)
    end = next(_ends(rest, _CLOSED[mark]), None)
    content = rest if end is None else rest[: end.start()]
    if not (_begins_with_key(content) or (end and not content.strip())):
        return Parts({}, text)
    if end is None:
        raise _wrong("front matter is not closed", 1, f"end it with a line of {mark}")
    if len(content) > LIMIT:
        raise _wrong(f"front matter is larger than {LIMIT >> 10} KiB", 1, "move most of it to the text")
    values = _toml(content) if mark == "+++" else _yaml(content)
    return Parts({}, text) if values is None else Parts(values, rest[end.end() :])


def _ends(text: str, marks: tuple[str, ...]) -> Iterator[re.Match[str]]:
    either = "|".join(map(re.escape, marks))
    return re.finditer(rf"^(?:{either})[ \t]*(?:\n|\Z)", text, re.MULTILINE)


def _begins_with_key(content: str) -> bool:
    lines = (line.strip() for line in content.split("\n"))
    return bool(_KEY.match(next((line for line in lines if line and line[0] not in "#["), "")))


def _wrong(what: str, line: int, hint: str) -> BadValue:
    return BadValue("front_matter", f"{what} (line {line})", hint)


def _toml(content: str) -> dict[str, Any]:
    try:
        return toml.parse("", content.encode())
    except Unreadable as error:
        what = f"front matter {error.message.removeprefix('it ')}"
        raise _wrong(what, (error.line or 1) + 1, "correct it") from None


# YAML


def _yaml(content: str) -> dict[str, Any] | None:
    """Return the values of a YAML mapping; None for another document."""
    try:
        events = yaml.parse(content, Loader=yaml.SafeLoader)
        first = next(event for event in events if isinstance(event, yaml.NodeEvent | yaml.StreamEndEvent))
        values = {} if isinstance(first, yaml.StreamEndEvent) else _value(first, events, 0)
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                raise _wrong("front matter has several documents", _line(event), "delete the line of ---")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _wrong("front matter is not valid YAML", (mark.line if mark else 0) + 2, _QUOTE) from None
    except yaml.YAMLError:
        raise _wrong("front matter has a control character", 1, "delete it") from None
    return values if isinstance(values, dict) else None


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 2


def _value(event: Any, events: Iterator[Any], depth: int) -> Any:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _wrong("front matter has an anchor or alias of YAML", _line(event), _QUOTE)
    if event.tag is not None:
        raise _wrong("front matter has a tag of YAML", _line(event), _QUOTE)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if depth == DEEPEST:
        raise _wrong("front matter is nested too deeply", _line(event), "move it to the text")
    if isinstance(event, yaml.SequenceStartEvent):
        return [_value(item, events, depth + 1) for item in _until(yaml.SequenceEndEvent, events)]
    table: dict[str, Any] = {}
    for key in _until(yaml.MappingEndEvent, events):
        if not isinstance(key, yaml.ScalarEvent):
            raise _wrong("front matter has a list or table as a key", _line(key), _QUOTE)
        if key.value in table:
            raise _wrong("front matter repeats a key", _line(key), "delete one of the two")
        table[_text(key)] = _value(next(events), events, depth + 1)
    return table


def _until(end: type[Any], events: Iterator[Any]) -> Iterator[Any]:
    while not isinstance(event := next(events), end):
        yield event


def _text(event: Any) -> str:
    text = str(event.value)
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):  # written as an escape
        raise _wrong("front matter is not valid Unicode", _line(event), "correct the escape")
    return text


def _scalar(event: Any) -> Any:
    text = _text(event)
    if not event.implicit[0]:  # in quotes, or a block of text
        return text
    if (word := _WORDS.get(text.lower())) is not None:
        return word
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
