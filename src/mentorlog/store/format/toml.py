"""Records to TOML and back: keys in a fixed order, without empty fields, unknown keys kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mentorlog.errors import BadValue, Unreadable
from mentorlog.ids import slug_words
from mentorlog.models.record import Part, Record, as_data
from mentorlog.store.layout import FOLDERS
from mentorlog.toml_lines import outside_texts

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")

# Limits of a record, so that reading any file is fast and that what is written can be read again: tomllib takes
# seconds and gigabytes for a key of thousands of parts, recurses in nested tables and lists, and reads integers that
# nothing else accepts. Text may be long; the number of values is limited.
DEEPEST = 48  # levels of nested tables and lists
MOST_PARTS = 64  # of a dotted key: more than the levels of tables
MOST_VALUES = 100_000  # separators of values outside of text
_WHOLE = range(-(2**63), 2**63)
# Compiled only for a text with that many dots.
_LONG_KEY = r"""(?<![\w-])(?:(?:[\w-]++|"[ \w-]*+"|'[ \w-]*+')[ \t]*+\.[ \t]*+)""" + f"{{{MOST_PARTS}}}"


def path_of(record: Record) -> str:
    """Return the path of a new record: its folder, its id, and readable words."""
    slug = "" if record.KIND == "mentor" else slug_words(record.heading)
    return f"{FOLDERS[record.KIND]}/{record.id}{'-' + slug if slug else ''}.toml"


def dump(part: Part) -> bytes:
    """Return the TOML text of a record or the profile; raise BadValue if `parse` would refuse it."""
    plain = as_data(part, full=False)
    text = b"" if (wrong := _unfit(plain)) else "\n".join(_emit(plain, "")).encode()
    if wrong := wrong or _too_much(text):
        raise BadValue("record", f"The record cannot be saved: {wrong}.", "put the text in a file and link to it")
    return text


def dump_plain(data: Mapping[str, Any]) -> bytes:
    """Return the TOML text of plain data in the order given."""
    return "\n".join(_emit(dict(data), "")).encode()


def parse(path: str, data: bytes) -> dict[str, Any]:
    """Return the plain data of a TOML file; raise Unreadable with what is wrong and the line."""
    if len(data) <= MOST_VALUES and (usual := _usual(data)) is not None:
        return usual
    import tomllib

    if data.startswith(b"\xef\xbb\xbf"):
        raise Unreadable(path, "it begins with a byte order mark; save it as UTF-8 without one", 1)
    if wrong := _too_much(data):
        raise Unreadable(path, wrong)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(path, "it is not UTF-8 text", line) from None
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if conflict := re.search(r"^(<{7} |>{7} |={7}$)", text, re.MULTILINE):
            line = text.count("\n", 0, conflict.start()) + 1
            raise Unreadable(path, "it contains git conflict markers", line) from None
        raise Unreadable(path, *_detail(str(error), text)) from None
    except (RecursionError, ValueError):
        raise Unreadable(path, "it is nested too deeply or contains a number that is too long") from None
    if wrong := _unfit(plain):
        raise Unreadable(path, wrong)
    return plain


def _usual(data: bytes) -> dict[str, Any] | None:
    """Return the plain data of a file that is as `dump` writes it, which is within the limits; else None."""
    from mentorlog.store.format import usual

    try:
        return usual.parse(data.decode())
    except UnicodeDecodeError:
        return None


def literal(text: str) -> Any:
    """Return the one TOML value in a text; raise BadValue if there is none."""
    try:
        plain = parse("", b"value = " + text.strip().encode())
    except (Unreadable, UnicodeEncodeError):
        plain = {}
    if plain.keys() != {"value"}:
        raise BadValue("value", "The value is not valid TOML.", 'for example: ["one", "two"] or [{on = 2027-02-03}]')
    return plain["value"]


def _detail(message: str, text: str) -> tuple[str, int | None]:
    """Return tomllib's message without the user's text, and its line."""
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    message = message[: at.start()] if at else message
    line = int(at.group(1)) if at and at.group(1) else text.count("\n") + 1
    # Only TOML's own punctuation is quoted; anything else may be the user's text.
    is_punctuation = re.compile(r"""[]['"={}\\]+""").fullmatch
    return "it is not valid TOML: " + re.sub(
        r"(['\"]).*\1", lambda m: m[0] if is_punctuation(m[0]) else "…", message
    ), line


def _emit(data: dict[str, Any], prefix: str) -> Iterator[str]:
    """Yield the lines of a table: plain keys, then tables, then lists of tables as [[…]]."""
    flat = {k: v for k, v in data.items() if not isinstance(v, dict) and not _tables(v)}
    if flat:
        yield _lines(flat)
    for key, value in data.items():
        if key in flat:
            continue
        name = prefix + (key if _BARE_KEY.fullmatch(key) else _lines({key: 0}).rpartition(" = ")[0])
        if isinstance(value, dict):
            yield f"[{name}]"
            yield from _emit(value, f"{name}.") if value else [""]
        elif _tables(value):
            for item in value:
                yield f"[[{name}]]"
                yield from _emit(item, f"{name}.") if item else [""]


def _lines(flat: dict[str, Any]) -> str:
    """Return the lines of plain keys."""
    from mentorlog.store.format import usual

    if (text := usual.dump(flat)) is not None:
        return text
    import tomli_w

    # In a multi-line string the CR LF of an unknown key would become LF; in one line it is escaped.
    return tomli_w.dumps(flat, multiline_strings=not _has_crlf(flat))


def _has_crlf(value: Any) -> bool:
    if isinstance(value, str):
        return "\r\n" in value
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_has_crlf, items))


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _too_much(data: bytes) -> str | None:
    """Return the limit that a TOML text exceeds, before it is parsed; None if it is fine."""
    text = data.decode("latin-1")
    has_many = sum(map(text.count, ",=[{")) > MOST_VALUES
    if not has_many and text.count(".") < MOST_PARTS:
        return None
    bare = outside_texts(text)
    if has_many and sum(map(bare.count, ",=[{")) > MOST_VALUES:
        return "it contains too many values"
    return "it has a key with too many parts" if re.search(_LONG_KEY, bare) else None


def _unfit(plain: Any) -> str | None:
    """Return what in parsed TOML cannot be saved (nested too deeply, a number too long), or None."""
    rest = [(plain, 0)]
    while rest:
        value, depth = rest.pop()
        if depth > DEEPEST:
            return "it is nested too deeply"
        if isinstance(value, dict):
            rest += [(item, depth + 1) for item in value.values()]
        elif isinstance(value, list):
            rest += [(item, depth + 1) for item in value]
        elif isinstance(value, int) and value not in _WHOLE:
            return "it contains a number that is too long"
    return None
