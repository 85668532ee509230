"""Tasks from `task export`: JSON as Taskwarrior 2.5 to 3 writes it. Pure.

A task has one mentor, who assigned it: named by a field of the user's (a UDA), by a word of its project, or by a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from mentorlog.errors import MentorlogError, shortened
from mentorlog.exchange import foreign
from mentorlog.exchange.directory import Directory
from mentorlog.exchange.incoming import Batch, Incoming, Stay
from mentorlog.fold import each_tag_once
from mentorlog.models.goal import Goal
from mentorlog.models.record import Record
from mentorlog.models.task import Task
from mentorlog.values import Value

FORMAT = foreign.Format("a Taskwarrior export", "make one with: task export > tasks.json")

_DATABASE = re.compile(r'\s*\[[\w.-]+:"')  # pending.data of version 2, as of `dep_04119b97-…`
_STATUSES = {"pending": "todo", "waiting": "waiting", "completed": "done"}
_PRIORITIES = {"H": "high", "M": "normal", "L": "low", None: "normal", "": "normal"}
_OURS = (
    *("uuid", "description", "entry", "end", "due", "status", "start", "priority", "project", "tags"),
    *("annotations", "depends", "modified", "urgency", "id"),
)
"""What has a field here, or says nothing without Taskwarrior."""
_KNOWN = ("scheduled", "wait", "until", "recur", "parent", "mask", "imask", "rtype")
"""Attributes of Taskwarrior that have no field here; any other one is the user's."""
_PERSON = frozenset(["mentor", "advisor", "supervisor", "from", "with", "who", "person", "assigned_by"])
"""Names of fields of the user's that hold a person's name."""
_MENTORING = frozenset(["mentor", "mentors", "mentoring", "mentorship", "advisor", "advisors"])
"""Words of a project behind which a person's name follows: `mentoring.osler`."""
_NO_HOUR = ("00:00:00", "23:59:00", "23:59:59")


def read(data: bytes, people: Directory, *, zone: tzinfo | None = None, project_as_goal: bool = False) -> Batch:
    """Return the tasks of an export; dates are those of a zone (None: this machine's).

    With `project_as_goal` every project becomes a goal; otherwise its words become tags.
    """
    items = list(_once(_items(data)))
    titles = {one.uuid: one.title for one in items}
    series = {str(one.data.get("parent")).lower() for one in items if one.data.get("status") in ("pending", "waiting")}
    records: dict[str, Incoming] = {}
    stays: list[Stay] = []
    deleted = 0
    for one in items:
        status = one.data.get("status")
        if status == "deleted":
            deleted += 1
        elif status == "recurring":
            is_open = one.uuid in series
            why = "a template of a series; its open instance comes" if is_open else "a template of a series"
            stays.append(Stay(one.title, why))
        elif status not in _STATUSES:
            raise one.wrong(f"has the unknown status {shortened(str(status))}")
        else:
            goal = _goal(one, people) if project_as_goal else None
            if goal:
                records.setdefault(goal.source, goal)
            task = _task(one, people, titles, zone, goal)
            records[task.source] = task
    stays += [Stay("", "deleted in Taskwarrior", deleted)] if deleted else []
    noun = "record" if project_as_goal else "task"
    return Batch("Taskwarrior", "taskwarrior", noun, tuple(records.values()), tuple(stays))


class _Item(Value):
    """One task of the file: its number there, its key, its title and all that is said of it."""

    number: int
    uuid: str
    title: str
    data: Mapping[str, Any]

    def wrong(self, why: str) -> MentorlogError:
        named = f"Task {self.number} of the file ({shortened(self.title)})"
        return MentorlogError(f"{named} {why}.", "correct it in Taskwarrior, and export again")

    def text(self, name: str) -> str:
        value = self.data.get(name)
        if value is not None and not isinstance(value, str):
            raise self.wrong(f"has no text in {name}")
        return value or ""

    def texts(self, name: str) -> list[str]:
        """Return a list of texts; version 2.5 wrote some as one text with commas."""
        value = self.data.get(name) or []
        value = value.split(",") if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(f"has no list of texts in {name}")
        return [one for one in value if one.strip()]

    def instant(self, name: str) -> datetime | None:
        """Return a time with its offset, as `20261205T220000Z`."""
        written = self.text(name)
        try:
            moment = datetime.fromisoformat(written) if written else None
        except ValueError:
            moment = datetime.min
        if moment is not None and moment.tzinfo is None:
            raise self.wrong(f"has no valid time in {name}")
        return moment

    def local(self, name: str, zone: tzinfo | None) -> datetime | None:
        moment = self.instant(name)
        there = foreign.local(moment, zone) if moment else None
        if moment and there is None:
            raise self.wrong(f"has no valid time in {name}")
        return there


def _items(data: bytes) -> Iterator[_Item]:
    if data.startswith(b"SQLite format 3"):
        raise FORMAT.wrong("it is Taskwarrior's database")
    text = foreign.text(data, FORMAT)
    if _DATABASE.match(text):
        raise FORMAT.wrong("it is Taskwarrior's database")
    for number, item in enumerate(_listed(text), 1):
        if not isinstance(item, dict) or not isinstance(item.get("description"), str):
            raise FORMAT.wrong(f"its item {number} is not a task with a description")
        uuid = item.get("uuid")
        if not isinstance(uuid, str) or not re.fullmatch(r"[0-9A-Za-z-]{1,64}", uuid):
            raise FORMAT.wrong(f"its item {number} has no uuid")
        yield _Item(number, uuid.lower(), foreign.one_line(item["description"]) or "(no description)", item)


def _listed(text: str) -> list[Any]:
    """Return the items of one list, or of one object a line, which `json.array=0` writes."""
    if text.lstrip().startswith("{"):
        lines = [line.strip().rstrip(",") for line in text.split("\n")]
        return [foreign.parsed(line, FORMAT) for line in lines if line]
    value = foreign.parsed(text, FORMAT)
    if not isinstance(value, list):
        raise FORMAT.wrong("it is not a list of tasks")
    return value


def _once(items: Iterator[_Item]) -> Iterator[_Item]:
    """Yield each task once; exports that were joined have some twice."""
    seen: dict[str, Mapping[str, Any]] = {}
    for one in items:
        if seen.setdefault(one.uuid, one.data) is one.data:
            yield one
        elif seen[one.uuid] != one.data:
            raise one.wrong("is in the file twice, and the two differ")


def _task(
    one: _Item, people: Directory, titles: Mapping[str, str], zone: tzinfo | None, goal: Incoming | None
) -> Incoming:
    due, status = one.local("due", zone), _STATUSES[one.data["status"]]
    mentor, uda = _mentor(one, people)
    words = [*one.texts("tags"), *([] if goal else _words(one))]
    tags = [word for word in words if not mentor or people.find(word, count=False) != mentor]
    others = {name: value for name, value in one.data.items() if name not in (*_OURS, uda) and value is not None}
    kept = {name: foreign.kept(value) for name, value in others.items()}
    if due and due.strftime("%H:%M:%S") not in _NO_HOUR:
        kept["due"] = one.text("due")
    priority = one.data.get("priority")
    if not isinstance(priority, str | None) or priority not in _PRIORITIES:
        kept["priority"], priority = foreign.kept(priority), None
    annotations = _annotations(one, zone)
    after = [f"- after: {titles.get(uuid.lower(), uuid)}" for uuid in one.texts("depends")]
    fields = {
        "title": one.title,
        "status": "doing" if status == "todo" and one.data.get("start") else status,
        "done_on": _done_on(one, zone) if status == "done" else None,
        "assigned_by": mentor or "me",
        "due": due.date() if due else None,
        "priority": _PRIORITIES[priority],
        "tags": tuple(each_tag_once(map(foreign.one_line, tags))),
        "links": tuple(dict.fromkeys(link for _, text in annotations for link in foreign.addresses(text))),
        "notes": "\n".join([*(f"- {day}: {text}" for day, text in annotations), *after]) or None,
    }
    refers = {"goal": goal.source} if goal else {}
    return Incoming(Task, f"taskwarrior:{one.uuid}", fields, kept, one.instant("entry"), None, refers)


def _done_on(one: _Item, zone: tzinfo | None) -> date | None:
    moment = one.local("end", zone) or one.local("modified", zone) or one.local("entry", zone)
    return moment.date() if moment else None


def _annotations(one: _Item, zone: tzinfo | None) -> list[tuple[date | str, str]]:
    """Return the annotations, each with its day."""
    found: list[tuple[date | str, str]] = []
    given = one.data.get("annotations") or []
    for item in given if isinstance(given, list) else [None]:
        if not isinstance(item, dict):
            raise one.wrong("has annotations that are not a list of texts")
        note = one.but(data=item)
        day = note.local("entry", zone)
        if text := foreign.one_line(note.text("description")):
            found.append((day.date() if day else "undated", text))
    return found


def _words(one: _Item) -> list[str]:
    return [word for word in one.text("project").split(".") if word.strip()]


def _mentor(one: _Item, people: Directory) -> tuple[str | None, str | None]:
    """Return the mentor whom a task names, if any, and the user's field that does."""
    for name, value in one.data.items():
        is_users = name not in _OURS and name not in _KNOWN and isinstance(value, str)
        if is_users and (id := people.find(value, count=name.lower() in _PERSON)):
            return id, name
    words = _words(one)
    for before, word in zip(["", *words], words, strict=False):
        if id := people.find(word, count=before.lower() in _MENTORING):
            return id, None
    for tag in one.texts("tags"):
        if id := people.find(tag, count=tag.startswith("@")):
            return id, None
    return None, None


def _goal(one: _Item, people: Directory) -> Incoming | None:
    """Return the goal that a project is, without the words that name mentors."""
    words: Sequence[str] = [word for word in _words(one) if not people.find(word, count=False)]
    title = foreign.one_line(" ".join(words))
    record: type[Record] = Goal
    return Incoming(record, f"taskwarrior:project:{'.'.join(words)}", {"title": title}) if title else None
