"""Records to TOML text and back: keys in a fixed order, empty fields left out, unknown keys kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mentorlog.errors import BadValue, Unreadable
from mentorlog.ids import slug_words
from mentorlog.models.record import Part, Record, as_data
from mentorlog.store.format import bounds

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def path_of(record: Record) -> str:
    """Return the path of a new record: its folder, its id, and words for the human."""
    words = "" if record.KIND == "mentor" else slug_words(record.heading)
    return f"{record.FOLDER}/{record.id}{'-' + words if words else ''}.toml"


def dump(part: Part) -> bytes:
    """Return the TOML text of a record or the profile, in UTF-8; BadValue where `parse` would refuse it."""
    plain = as_data(part, full=False)
    text = b"" if (wrong := bounds.unfit(plain)) else "\n".join(_emit(plain, "")).encode()
    if wrong := wrong or bounds.too_much(text):
        raise BadValue("record", f"The record cannot be kept: {wrong}.", "put it into a file of its own, and link that")
    return text


def dump_plain(data: Mapping[str, Any]) -> bytes:
    """Return the TOML text of plain data in the order given."""
    return "\n".join(_emit(dict(data), "")).encode()


def parse(path: str, data: bytes) -> dict[str, Any]:
    """Return the plain data of a TOML file; Unreadable says what is wrong, and in which line."""
    import tomllib

    if data.startswith(b"\xef\xbb\xbf"):
        raise Unreadable(path, "it begins with a byte order mark; save it as UTF-8 without one", 1)
    if wrong := bounds.too_much(data):
        raise Unreadable(path, wrong)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(path, "it is not UTF-8 text", line) from None
    conflict = re.search(r"^(<{7} |>{7} |={7}$)", text, re.MULTILINE)
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if conflict:
            line = text.count("\n", 0, conflict.start()) + 1
            raise Unreadable(path, "it holds an unfinished merge (git's conflict markers)", line) from None
        raise Unreadable(path, *_said(str(error), text)) from None
    except (RecursionError, ValueError):
        raise Unreadable(path, "it is nested too deeply or holds a number too long") from None
    if wrong := bounds.unfit(plain):
        raise Unreadable(path, wrong)
    return plain


def literal(text: str) -> Any:
    """Return the one TOML value that a text holds; BadValue where it holds none."""
    try:
        found = parse("", b"value = " + text.strip().encode())
    except (Unreadable, UnicodeEncodeError):
        found = {}
    if len(found) != 1 or "value" not in found:
        raise BadValue("value", "The value is not TOML.", 'write it like ["one", "two"] or [{on = 2027-02-03}]')
    return found["value"]


def _said(message: str, text: str) -> tuple[str, int | None]:
    """Return tomllib's message without the user's text, and its line."""
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    words = message[: at.start()] if at else message
    line = int(at.group(1)) if at and at.group(1) else text.count("\n") + 1
    return "it is not TOML: " + re.sub(r"(['\"]).*\1", lambda found: _marks(found[0]), words), line


def _marks(quoted: str) -> str:
    """What tomllib quotes, where it is TOML's own punctuation; anything else may be the user's text."""
    return quoted if re.fullmatch(r"""[]['"={}\\]+""", quoted) else "…"


def line_of(data: bytes, field: str) -> int | None:
    """Return the line of a field such as `by`, `tags.2` or `progress.2.percent`, as far as it can be seen."""
    at, line = 0, None
    steps = field.split(".")
    for name, after in zip(steps, [*steps[1:], ""], strict=True):
        if not name or name.isdigit():
            continue
        place = _place(data, name, at, int(after) if after.isdigit() and len(after) < 6 else 1)
        if place is None:
            break
        line = data.count(b"\n", 0, place) + 1
        at = data.find(b"\n", place) + 1 or len(data)
    return line


def _place(data: bytes, name: str, at: int, number: int) -> int | None:
    """Return where a key of the table that begins at `at` is written, or the table of that name and number."""
    key = re.escape(name).encode()
    tables = [found.start() for found in re.finditer(rb"^[ \t]*+\[++[^\]\n]*?\b%b[ \t]*+\]" % key, data[at:], re.M)]
    end = re.search(rb"^[ \t]*+\[", data[at:], re.M)
    plain = re.search(rb"^[ \t]*+%b[ \t]*+[.=]" % key, data[at : at + end.start()] if end else data[at:], re.M)
    found = plain.start() if plain else tables[number - 1] if number <= len(tables) else None
    return None if found is None else at + found


def has_comments(data: bytes) -> bool:
    """Return whether a rewrite of the file would lose comments."""
    text = re.sub(rb'("""|\'\'\')(?s:.*?)\1|"(?:\\.|[^"\n\\])*"|\'[^\'\n]*\'', b'""', data)
    return b"#" in text


def _emit(data: dict[str, Any], prefix: str) -> Iterator[str]:
    """Yield the lines of a table: plain keys, then tables, then lists of tables, always as [[…]]."""
    import tomli_w

    flat = {k: v for k, v in data.items() if not isinstance(v, dict) and not _tables(v)}
    if flat:
        # Between three quotes the CR LF of an unknown key would become LF; in one line it is escaped.
        yield tomli_w.dumps(flat, multiline_strings=not _has_crlf(flat))
    for key, value in data.items():
        name = f"{prefix}{_key(key)}"
        if isinstance(value, dict):
            yield f"[{name}]"
            yield from _emit(value, f"{name}.") if value else [""]
        elif _tables(value):
            for item in value:
                yield f"[[{name}]]"
                yield from _emit(item, f"{name}.") if item else [""]


def _has_crlf(value: Any) -> bool:
    if isinstance(value, str):
        return "\r\n" in value
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_has_crlf, items))


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _key(key: str) -> str:
    import tomli_w

    return key if _BARE_KEY.fullmatch(key) else tomli_w.dumps({key: 0}).rpartition(" = ")[0]
