"""Ask the program and the reckoning the same questions of one journal; say where they differ, with the least of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from oracle.journals import Files, Moment
from oracle.reckoning import Reckoning
from oracle.rules import Record

Ask = Callable[..., Any]
"""ask("goal", "list", "--json") -> the data of the document that the program prints; without --json, the text."""
FORTNIGHT = 14
"""How far ahead the screen of `status` looks."""


class Question(NamedTuple):
    """The words of a command, what the reckoning says, and what of the data it prints is compared."""

    command: str
    reckoned: Callable[[], Any]
    compared: Callable[[Any], Any] = lambda data: data
    options: tuple[str, ...] = ("--json",)

    @property
    def kind(self) -> str:
        """The command without the record that it is about."""
        return re.sub(r" (prep|--with|--kind|--within) .*", r" \1", self.command)


class Difference(NamedTuple):
    """Where the data that a command prints is not what the reckoning says."""

    question: Question
    path: str
    reckoned: Any
    printed: Any

    @property
    def kind(self) -> tuple[str, str]:
        """What differs, whichever record it is."""
        return self.question.kind, re.sub(r"\[.*?\]", "[]", self.path)


def differences(reckoned: Reckoning, moment: Moment, ask: Ask, only: str = "") -> Iterator[Difference]:
    """Yield where the program says something else than the reckoning, at one moment; `only` of one kind of question."""
    for question in questions(reckoned, moment):
        if only in ("", question.kind):
            printed = question.compared(ask(*question.command.split(), *question.options))
            for path, wanted, got in _differing(question.reckoned(), printed, ""):
                yield Difference(question, path, wanted, got)
            if question.command.startswith("review --answers"):
                ask("undo", "--json")


def questions(our: Reckoning, moment: Moment) -> Iterator[Question]:
    """Yield what is asked at a moment."""
    yield Question("status", our.status, _status)
    yield Question(f"due --within {moment.within}d", lambda: our.due(moment.within), _due)
    yield Question("waiting", our.waiting)
    yield Question("task owed", our.owed)
    yield Question("task list --all", lambda: our.task_list(closed=True))
    yield Question("goal list --all", lambda: our.goal_list(closed=True))
    ours = [one for one in our.mentors if not our.is_mentee(one["id"])]
    yield Question("mentor list --all", lambda: list(map(our.full_mentor, ours)), _by_id)
    yield Question("review due", our.next_review)
    yield from [
        Question("goal list", our.goal_list),
        Question("goal list --drifting", lambda: our.goal_list(drifting=True)),
        Question("task list", our.task_list),
        Question("mentor list", our.mentors_in_order, _in_order),
        Question("mentor list --all", lambda: our.contact_words(mentees=False), _contact_words, ()),
        Question("status", lambda: our.contact_words(FORTNIGHT), _contact_words, ()),
        Question("meeting list --all", lambda: our.newest_first(our.meetings), _newest_first),
        Question("note list", lambda: our.newest_first(our.notes), _newest_first),
        *(_with(our, mentor["id"]) for mentor in our.mentors),
    ][moment.within % 4 :: 4]
    for mentor in our.mentors[moment.within % 2 :][:2]:
        yield _prep(our, mentor["id"])
    if our.can_be_reviewed():
        yield _review(our, moment)


def _with(our: Reckoning, id: str) -> Question:
    if len(our.tasks) % 2:
        return Question(f"task owed --with {id}", lambda: our.owed(id))
    return Question(f"task list --with {id}", lambda: our.concerning(id), _ids)


def _prep(our: Reckoning, id: str) -> Question:
    return Question(f"meeting prep {id}", lambda: our.prep(id), _sheet)


def _review(our: Reckoning, moment: Moment) -> Question:
    kind, on, scope, since = moment.review
    words = f"review --answers - --kind {kind} --on {on} --scope {scope}{f' --since {since}' if since else ''}"
    return Question(words, lambda: _facts(our.review(kind, on, scope, since)), _facts)


# What of the data is compared


def _ids(rows: list[Record]) -> list[str]:
    return [row["id"] for row in rows]


def _by_id(rows: list[Record]) -> list[Record]:
    return sorted(rows, key=lambda row: str(row["id"]))


def _in_order(rows: list[Record]) -> Record:
    """Return who is listed first, and in which order those are to whom contact is due."""
    active = [row for row in rows if row["status"] == "active"]
    return {"active": sorted(_ids(rows[: len(active)])), "due": [row["due_on"] for row in active if row["due_on"]]}


def _contact_words(text: str) -> dict[str, str]:
    """Return what a screen says of the day of contact with each mentor: `overdue Wed 14 Mar`."""
    said = re.findall(r"^ *([a-z]+)  .*  (overdue|due)(?: since)? (\w{3} \d+ \w{3}(?: \d{4})?)", text, re.MULTILINE)
    return {id: f"{state} {day}" for id, state, day in said}


def _newest_first(rows: list[Record]) -> Record:
    return {"days": [row["on"] for row in rows], "ids": sorted(_ids(rows))}


def _status(data: Record) -> Record:
    """Return a status with the ids of meetings."""
    mentees = [{**one, "goals": _ids(one["goals"]), "tasks": _ids(one["tasks"])} for one in data["mentees"]]
    return {**data, **{name: _ids(_by_day(data[name])) for name in ("passed", "planned")}, "mentees": mentees}


def _by_day(rows: list[Record]) -> list[Record]:
    """Return rows that come in the order of their days; those of one day may come in any order."""
    days = [row["on"] for row in rows]
    assert days == sorted(days), days
    return sorted(rows, key=lambda row: (row["on"], row["id"]))


def _due(rows: list[Record]) -> list[tuple[str, int, bool, str, str | None]]:
    """Return the day, the days until then, whether it is late, the reason and the id; any order within one day."""
    days = [row["due_on"] for row in rows]
    assert days == sorted(days), days
    keys = ("due_on", "days", "late", "reason", "id")
    return sorted((tuple(row[key] for key in keys) for row in rows), key=str)


def _sheet(sheet: Record) -> Record:
    """Return what to prepare with ids in place of records; questions of one day may come in any order."""
    lists = ("assignments", "drafts", "promises", "assignments_done", "promises_kept", "goals_untold")
    return {
        **sheet,
        **{name: _ids(sheet[name]) for name in lists},
        **{name: _ids(_by_day(sheet[name])) for name in ("questions", "introductions")},
        **{name: sheet[name] and sheet[name]["id"] for name in ("meeting", "last_meeting")},
        "changes": sorted((one["on"], one["id"], one["field"] or "") for one in sheet["changes"]),
        "agenda": [point["text"] for point in sheet["agenda"] if point["planned"]],
    }


def _facts(review: Record) -> Record:
    """Return a review with its facts of goals by goal; they may come in any order."""
    facts = review["facts"]
    return {**review, "facts": {**facts, "goals": sorted(facts["goals"], key=lambda fact: str(fact["goal"]))}}


def _differing(expected: Any, got: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield where data differs from what is expected; the keys of records that nobody reckoned are left out."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key, value in expected.items():
            yield from _differing(value, got.get(key, "absent"), f"{path}.{key}")
    elif _are_records(expected) and _are_records(got):
        names = [[row.get("id", row) for row in rows] for rows in (expected, got)]
        if names[0] != names[1]:
            yield path, *names
        else:
            for one, other in zip(expected, got, strict=True):
                yield from _differing(one, other, f"{path}[{one.get('id')}]")
    elif expected != got:
        yield path, expected, got


def _are_records(data: Any) -> bool:
    return isinstance(data, list) and all(isinstance(one, dict) for one in data)


# The least journal that differs


def smallest(files: Files, differs: Callable[[Files], bool]) -> Files:
    """Return the least of a journal that still differs: without every file, key and entry that does not matter."""
    size = -1
    while size != (size := len(str(files))):
        for path in [path for path in files if path != "journal.toml"]:
            files = _if(differs, {name: data for name, data in files.items() if name != path}, files)
        for path in list(files):
            for key in [key for key in files[path] if key not in ("id", "created")]:
                data = files[path]
                files = _if(differs, {**files, path: {name: data[name] for name in data if name != key}}, files)
                entries = files[path].get(key)
                for entry in list(entries) if isinstance(entries, list) else ():
                    fewer = [one for one in files[path][key] if one is not entry]
                    files = _if(differs, {**files, path: {**files[path], key: fewer}}, files)
    return files


def _if(differs: Callable[[Files], bool], fewer: Files, files: Files) -> Files:
    return fewer if differs(fewer) else files


def describe(seed: int, moment: Moment, found: list[Difference], files: dict[Path, str]) -> str:
    """Return what to read when they differ."""
    lines = [f"seed {seed}, MENTORLOG_NOW={moment.now} TZ={moment.zone}"]
    for question, path, wanted, got in found[:5]:
        lines += [f"  {question.command}: data{path}", f"    reckoned: {json.dumps(wanted)}"]
        lines += [f"    printed:  {json.dumps(got)}"]
    lines += [f"--- {path}\n{text}" for path, text in files.items()]
    return "\n".join(lines)
