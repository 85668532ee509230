"""Tasks from a todo.txt file, one a line. Pure.

What stands at the beginning or the end of a task is taken off its title: `@people`, `+projects` and `key:value`. What
stands within it, or ends a sentence such as `Ask @curie about the +protocol`, stays there too.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from mentorlog.exchange import foreign
from mentorlog.exchange.directory import Directory
from mentorlog.exchange.incoming import Batch, Incoming
from mentorlog.fold import each_tag_once, words
from mentorlog.models.task import Task

FORMAT = foreign.Format("a todo.txt file", "it has one task a line, such as: (A) 2026-11-29 Revise the CV @osler")

_DAY = r"\d{4}-\d\d-\d\d"
_TASK = re.compile(rf"(?P<done>x )?(?:\((?P<priority>[A-Z])\) )?(?P<days>(?:{_DAY} ){{0,2}})(?P<text>.*)")
_PAIR = re.compile(r"([A-Za-z][\w-]*):(?!//)(\S+)")
_GO_ON = frozenset(
    ["a", "about", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"]
)
"""Words that no sentence ends with."""
_PRIORITIES = {"": "normal", "A": "high", "B": "normal"}


def read(data: bytes, people: Directory) -> Batch:
    """Return the tasks of a file, also those that are done."""
    lines = [line for line in map(foreign.one_line, foreign.text(data, FORMAT).split("\n")) if line]
    _refuse_json(lines)
    seen = Counter[str]()
    return Batch("todo.txt", "todotxt", "task", tuple(_task(line, people, seen) for line in lines))


def _refuse_json(lines: Sequence[str]) -> None:
    """Refuse the export of another program, each line of which would be a task."""
    if lines[0][0] in "[{":
        try:
            json.loads("\n".join(lines))
        except RecursionError:
            pass
        except ValueError:
            return
        raise FORMAT.wrong("it is JSON")


def _task(line: str, people: Directory, seen: Counter[str]) -> Incoming:
    found = _TASK.match(line)
    assert found is not None  # every line fits
    days = [_day(text) for text in found["days"].split()]
    marks, title = _apart(found["text"])
    pairs = {pair[1]: pair[2] for mark in marks if (pair := _PAIR.fullmatch(mark))}
    tokens = found["text"].split()
    due = next(
        (day for token in tokens if (day := _day(token.removeprefix("due:"))) and token.startswith("due:")), None
    )
    persons = [token[1:] for token in tokens if token[0] == "@" and token[1:]]
    ids = [people.find(person) for person in persons]
    mentor = next(filter(None, ids), None)
    others = [person for person, id in zip(persons, ids, strict=True) if id is None or id != mentor]
    priority = found["priority"] or pairs.pop("pri", "").upper()
    created = days[-1] if len(days) == (2 if found["done"] else 1) else None
    fields = {
        "title": title,
        "status": "done" if found["done"] else "todo",
        "done_on": days[0] if found["done"] and days else None,
        "assigned_by": mentor or "me",
        "due": due,
        "priority": _PRIORITIES.get(priority, "low"),
        "tags": tuple(each_tag_once([*(token[1:] for token in tokens if token[0] == "+" and token[1:]), *others])),
        "links": tuple(foreign.addresses(line)),
    }
    kept = {key: value for key, value in pairs.items() if key != "due" or due is None}
    moment = datetime.combine(created, time(), UTC) if created else None
    return Incoming(Task, _key(title, created, seen), fields, kept, moment)


def _apart(text: str) -> tuple[list[str], str]:
    """Return the marks around a task, and the task without them; one of marks only is its own title."""
    tokens = text.split()
    first, last = 0, len(tokens)
    while first < last and _is_mark(tokens[first]):
        first += 1
    while last > first and _is_mark(tokens[last - 1]):
        last -= 1
    before = tokens[first:last]
    if any(map(_is_word_mark, before)) or (before and before[-1].lower() in _GO_ON):
        while last < len(tokens) and _is_word_mark(tokens[last]):
            last += 1
    within = [token for token in tokens[first:last] if not _day(token.removeprefix("due:")) or token[:4] != "due:"]
    return [*tokens[:first], *tokens[last:]], " ".join(within) or text.strip() or "(no title)"


def _is_mark(token: str) -> bool:
    return _is_word_mark(token) or _PAIR.fullmatch(token) is not None


def _is_word_mark(token: str) -> bool:
    return token[0] in "@+" and len(token) > 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(_DAY, text) else None
    except ValueError:
        return None


def _key(title: str, created: date | None, seen: Counter[str]) -> str:
    """Return the key of a task: when it was made and what it says; todo.txt has none of its own."""
    return foreign.numbered(f"todotxt:{created or 'undated'}:{foreign.digest(' '.join(words(title)))}", seen)
