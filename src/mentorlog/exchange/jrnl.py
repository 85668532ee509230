"""Entries of jrnl: its JSON export, and the plain text file that it keeps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import dates
from mentorlog.errors import MentorlogError
from mentorlog.exchange import foreign
from mentorlog.exchange.incoming import Batch, Incoming, Stay
from mentorlog.models.note import Note
from mentorlog.models.rules import with_lf
from mentorlog.models.views import first_of

if TYPE_CHECKING:
    from mentorlog.exchange.directory import Directory

FORMAT = foreign.Format("a journal or export of jrnl", "export it with: jrnl --format json > jrnl.json")
KINDS = ("note", "reflection")
"""The kinds of notes that entries may become."""
STARRED = "starred"
_TYPES = {"title": str, "body": str, "tags": list, "starred": bool}
_FIELDS = (*_TYPES, "date", "time")
_ENCRYPTED = (b"JRNLv3", b"gAAAAA")
"""How encrypted journals begin; those of jrnl 1 begin with any bytes."""
_MOST_NAMED = 10
_KEYED = 40  # characters of an entry by which it is known again

_STAMP = re.compile(
    r"^\[(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?: (?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?P<half> [AP]M)?)?\] "
    r"|^\[(?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}) (?P<hour>[0-9]{1,2}:[0-9]{2})\] ",
    re.MULTILINE | re.IGNORECASE,
)
"""The beginning of an entry, in the time formats that jrnl offers: `[2026-10-23 09:00:00 AM] `."""
_TAG = re.compile(r"(?<!\S)[@#][-+*#/\w]+")
_SENTENCE = re.compile(
    r"[.!?\u2026\u203c\u203d\u2047-\u2049\u22ef\ufe52\ufe57]['\u2019\"\u201d]?[\])]*\s+|[\uff01\uff0e\uff1f\uff61\u3002]"
)
"""The end of a sentence, as jrnl finds the title of an entry of one line."""


class Entry(NamedTuple):
    """One entry, the same from either file."""

    at: datetime
    title: str
    body: str
    tags: tuple[str, ...]
    starred: bool
    kept: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The text of the note: the title, a blank line, the body."""
        return "\n\n".join(filter(None, (self.title, self.body)))

    @property
    def key(self) -> str:
        """The source of the note: the minute, and a digest of how the entry begins."""
        start = " ".join(f"{self.title} {self.body}".split())[:_KEYED]
        return f"jrnl:{self.at.isoformat(timespec='minutes')}:{foreign.digest(start)}"


def read(data: bytes, people: Directory, *, today: date, kind: str = "note") -> Batch:
    """Return the entries as private notes; MentorlogError for any other file."""
    records, stays, seen, no_mentors = [], [], Counter[str](), set[str]()
    for entry in _entries(data):
        source = foreign.numbered(entry.key, seen)
        if not entry.text:
            stays.append(Stay(f"The entry of {dates.say(entry.at.date())}", "it has no text"))
        elif entry.at.date() > today:
            stays.append(Stay(entry.title, f"it is dated in the future, {dates.say(entry.at.date())}"))
        else:
            mentors, tags, unknown = _names(entry, people)
            no_mentors |= unknown
            fields = {"on": entry.at.date(), "mentors": mentors, "text": entry.text, "tags": tags}
            records.append(Incoming(Note, source, fields, at_first={"kind": kind}, kept=entry.kept))
    return Batch("jrnl", "jrnl", "note", tuple(records), tuple(stays), _remarks(no_mentors))


def _names(entry: Entry, people: Directory) -> tuple[tuple[str, ...], tuple[str, ...], set[str]]:
    """Return the mentors, the other tags, and those of them that stand for a name but fit no mentor.

    jrnl lists tags in another order each time, so both are sorted.
    """
    mentors, tags, unknown = set[str](), set[str](), set[str]()
    for tag in entry.tags:
        word = tag.lstrip("@#")
        who = people.find(word.replace("_", " "), count=False) if tag[0] == "@" and word else None
        if who:
            mentors.add(who)
        elif word:
            tags.add(word)
            unknown |= {tag} if tag[0] == "@" else set()
    if entry.starred:
        tags.add(STARRED)
    return tuple(sorted(mentors)), tuple(sorted(tags)), unknown


def _remarks(no_mentors: set[str]) -> tuple[str, ...]:
    if not no_mentors:
        return ()
    return (f"These match no single mentor and become tags: {first_of(sorted(no_mentors), _MOST_NAMED)}.",)


def _entries(data: bytes) -> Iterator[Entry]:
    if data.startswith(_ENCRYPTED):
        raise MentorlogError("This journal of jrnl is encrypted.", FORMAT.hint)
    text = foreign.text(data, FORMAT)
    return _of_json(text) if text.lstrip().startswith("{") else _of_text(text)


# The plain text file


def _of_text(text: str) -> Iterator[Entry]:
    starts = [(found, at) for found in _STAMP.finditer(text) if (at := _instant(found))]
    before = text[: starts[0][0].start()] if starts else text
    if before.strip():
        line = before[: len(before) - len(before.lstrip())].count("\n") + 1
        raise FORMAT.wrong(f"line {line} does not begin an entry")
    ends = [found.start() for found, _ in starts[1:]]
    for (found, at), end in zip(starts, [*ends, len(text)], strict=True):
        yield _entry(at, text[found.end() : end])


def _instant(found: re.Match[str]) -> datetime | None:
    """Return the time of a stamp; None if there is no such time, as on 30 February."""
    if found["dotted"]:
        day, month, year = map(int, found["dotted"].split("."))
    else:
        year, month, day = map(int, found["day"].split("-"))
    hour, minute = map(int, (found["time"] or found["hour"] or "0:0").split(":")[:2])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == " pm" else 0)
    try:
        return datetime(year, month, day, hour, minute)
    except ValueError:
        return None


def _entry(at: datetime, written: str) -> Entry:
    """Return the entry with the title, star and tags that jrnl finds in what is written."""
    written = written.lstrip()
    lines = written.splitlines()
    starred = bool(lines) and lines[0].strip().endswith("*")
    if starred:
        title, body = lines[0].strip("\n *"), "\n".join(lines[1:])
    elif "\n" in written:
        title, _, body = written.partition("\n")
    else:
        end = found.end() if (found := _SENTENCE.search(written)) else len(written)
        title, body = written[:end], written[end:]
    tags = {tag.lower() for tag in _TAG.findall(written)}
    return Entry(at, title.strip(), body.strip(), tuple(tags), starred, {})


# The JSON export


def _of_json(text: str) -> Iterator[Entry]:
    """Return the entries of an export, or of the file of one entry, which jrnl writes into a folder."""
    document = foreign.parsed(text, FORMAT)
    entries = document.get("entries", [document])
    if not isinstance(entries, list):
        raise FORMAT.wrong("its entries are not a list")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise FORMAT.wrong(f"entry {number} is not a table")
        yield _exported(number, entry)


def _exported(number: int, entry: dict[str, Any]) -> Entry:
    given: dict[str, Any] = {"body": "", "tags": [], "starred": False} | entry
    for name, type in _TYPES.items():
        if not isinstance(given.get(name), type):
            raise FORMAT.wrong(f"entry {number} has no valid {name}")
    if not all(isinstance(tag, str) and tag.split() == [tag] for tag in given["tags"]):
        raise FORMAT.wrong(f"entry {number} has a tag that is not a word")
    try:
        at = datetime.strptime(f"{given.get('date')} {given.get('time')}", "%Y-%m-%d %H:%M")
    except ValueError:
        raise FORMAT.wrong(f"entry {number} has no date and time like 2026-10-23 and 09:00") from None
    title, body = (with_lf(given[name]).strip() for name in ("title", "body"))
    kept = {key: foreign.kept(value) for key, value in entry.items() if key not in _FIELDS and value is not None}
    return Entry(at, title, body, tuple(given["tags"]), given["starred"], kept)
