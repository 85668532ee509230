"""What the readers of foreign files share: bytes to text, to JSON, and to values that TOML can hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from hashlib import sha256
from typing import Any

from mentorlog.errors import MentorlogError
from mentorlog.models.rules import with_lf
from mentorlog.values import Value

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 text begins."""
_WHOLE = range(-(2**63), 2**63)
_DEEPEST = 40  # levels of lists and tables: a record has a few more
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


class Format(Value):
    """What a file should be, for sentences: `a Taskwarrior export`, and how to make one."""

    name: str
    hint: str

    def wrong(self, why: str, hint: str = "") -> MentorlogError:
        """Return the error that a file is not of this format."""
        return MentorlogError(f"This is not {self.name}: {why}.", hint or self.hint)


def text(data: bytes, format: Format) -> str:
    """Return the text of a file with LF newlines and no byte order mark; MentorlogError if it has none."""
    if data.startswith(UTF_16):
        raise format.wrong("it is UTF-16 text", "save it as UTF-8")
    try:
        decoded = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise format.wrong(f"it is not UTF-8 text (line {line_of(data, error.start)})") from None
    if "\0" in decoded:
        raise format.wrong("it has a NUL character")
    if not decoded.strip():
        raise format.wrong("it is empty")
    return with_lf(decoded)


def line_of(data: bytes, place: int) -> int:
    """Return the number of the line with the byte at a place."""
    return data.count(b"\n", 0, place) + 1


def parsed(source: str, format: Format) -> Any:
    """Return the value of a JSON text; MentorlogError says what is wrong with it."""

    def never(word: str) -> Any:
        raise format.wrong(f"it has the number {word}")

    try:
        value = json.loads(source, parse_constant=never)
        if re.search(r"\\u[dD][89a-fA-F]", source):  # half a character
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise format.wrong(f"it is not valid JSON (line {error.lineno}, column {error.colno})") from None
    except UnicodeEncodeError:
        raise format.wrong("it has half of a character") from None
    except RecursionError:
        raise format.wrong("it is nested too deeply") from None
    except ValueError:
        raise format.wrong("it has a number that is too long") from None
    return value


def one_line(words: str) -> str:
    """Return a text as one line: line ends become spaces."""
    return " ".join(part.strip() for part in words.splitlines() if part.strip())


def digest(words: str) -> str:
    """Return eight hexadecimal digits by which a text is known again where a record has no key of its own."""
    return sha256(words.encode(errors="replace")).hexdigest()[:8]


def numbered(key: str, seen: Counter[str]) -> str:
    """Return a key, from its second time on with its number: `#2`."""
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def addresses(words: str) -> list[str]:
    """Return the web addresses in a text, each once, without the punctuation behind them."""
    found = (one.rstrip(".,;:!?)]}'") for one in _ADDRESS.findall(words))
    return list(dict.fromkeys(one for one in found if not one.endswith("/" * 2)))


def kept(value: Any, depth: int = 0) -> Any:
    """Return a JSON value as TOML holds it: numbers beyond 64 bits and what is too deep as text, without nulls."""
    if depth > _DEEPEST:
        return json.dumps(value)
    if isinstance(value, Mapping):
        return {key: kept(item, depth + 1) for key, item in value.items() if item is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [kept(item, depth + 1) for item in value if item is not None]
    if isinstance(value, int) and not isinstance(value, bool) and value not in _WHOLE:
        return str(value)
    return value


def local(moment: datetime, zone: tzinfo | None) -> datetime | None:
    """Return a time in a zone (None: this machine's); None for one that no calendar of the zone has."""
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return None


def day_of(moment: datetime, zone: tzinfo | None) -> date | None:
    """Return the date of a time in a zone."""
    there = local(moment, zone)
    return there.date() if there else None
