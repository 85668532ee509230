"""Ask the program and the reckoning the same questions of one journal; say where they differ, with the least of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from oracle.journals import Files, Moment
from oracle.reckoning import Reckoning, Record

Ask = Callable[..., Any]
"""ask("goal", "list") -> the data of the document that the program prints."""


class Difference(NamedTuple):
    """The command, the path within its data, what the reckoning says, what the program says."""

    command: str
    path: str
    reckoned: Any
    printed: Any

    @property
    def kind(self) -> tuple[str, str]:
        """What differs, whichever record it is."""
        return re.sub(r" (prep|--with) .*", r" \1", self.command), re.sub(r"\[.*?\]", "[]", self.path)


WITHIN = (0, 1, 7, 14, 60)


def differences(reckoned: Reckoning, ask: Ask) -> Iterator[Difference]:
    """Yield where the program says something else than the reckoning, at one moment."""
    for command, expected, answer in _questions(reckoned, ask):
        for path, wanted, got in _differing(expected, answer, ""):
            yield Difference(command, path, wanted, got)


def _questions(reckoned: Reckoning, ask: Ask) -> Iterator[tuple[str, Any, Any]]:
    yield "goal list", reckoned.goal_list(), ask("goal", "list")
    yield "goal list --all", reckoned.goal_list(closed=True), ask("goal", "list", "--all")
    yield "goal list --drifting", reckoned.goal_list(drifting=True), ask("goal", "list", "--drifting")
    yield "task list", reckoned.task_list(), ask("task", "list")
    yield "task list --all", reckoned.task_list(closed=True), ask("task", "list", "--all")
    yield "task owed", reckoned.owed(), ask("task", "owed")
    mentors = [reckoned.full_mentor(mentor) for mentor in reckoned.mentors]
    yield "mentor list --all", mentors, sorted(ask("mentor", "list", "--all"), key=lambda row: str(row["id"]))
    status = ask("status")
    meetings = {name: _meetings(status[name]) for name in ("passed", "planned")}
    yield "status", reckoned.status(), {**status, **meetings}
    within = WITHIN[reckoned.today.toordinal() % len(WITHIN)]
    due = [(row["due_on"], row["reason"], row["id"]) for row in ask("due", "--within", f"{within}d")]
    yield f"due --within {within}d", sorted(reckoned.due(within), key=str), sorted(due, key=str)
    waits = [{**wait, "since": wait["since"].isoformat()} for wait in reckoned.waiting()]
    waits = [{key: wait[key] for key in ("id", "kind", "since")} for wait in waits]
    yield "waiting", waits, ask("waiting")
    yield f"due --within {within}d, its order", [row[0] for row in reckoned.due(within)], [row[0] for row in due]
    due_on = reckoned.review_due()
    yield "review due", due_on and due_on.isoformat(), ask("review", "due")["due_on"]
    for mentor in reckoned.mentors:
        id = mentor["id"]
        yield f"meeting prep {id}", reckoned.prep(id), _prep(ask("meeting", "prep", id))
    for mentor in reckoned.mentors[:1]:
        id = mentor["id"]
        yield f"task owed --with {id}", reckoned.owed(id), ask("task", "owed", "--with", id)
        yield f"task list --with {id}", reckoned.concerning(id), _ids(ask("task", "list", "--with", id))


def _ids(rows: list[Record]) -> list[str]:
    return [row["id"] for row in rows]


def _meetings(rows: list[Record]) -> list[str]:
    """Return the ids by day; those of one day may come in any order."""
    days = [row["on"] for row in rows]
    assert days == sorted(days), days
    return [row["id"] for row in sorted(rows, key=lambda row: (row["on"], row["id"]))]


def _prep(sheet: Record) -> Record:
    """Return a sheet with ids in place of records."""
    lists = ("assignments", "drafts", "promises", "assignments_done", "promises_kept", "questions", "goals_untold")
    return {
        **sheet,
        **{name: _ids(sheet[name]) for name in lists},
        **{name: sheet[name] and sheet[name]["id"] for name in ("meeting", "last_meeting")},
        "changes": sorted((one["on"], one["id"], one["field"] or "") for one in sheet["changes"]),
        "agenda": [point["text"] for point in sheet["agenda"] if point["planned"]],
    }


def _differing(expected: Any, got: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield where data differs from what is expected; the keys of records that nobody reckoned are left out."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key, value in expected.items():
            yield from _differing(value, got.get(key, "absent"), f"{path}.{key}")
    elif (
        isinstance(expected, list) and isinstance(got, list) and all(isinstance(one, dict) for one in (*expected, *got))
    ):
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


def smallest(files: Files, differs: Callable[[Files], bool]) -> Files:
    """Return the least of a journal that still differs: without every file, key and entry that does not matter."""
    size = -1
    while size != (size := _size(files)):
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


def _size(files: Files) -> int:
    return len(str(files))


def told(seed: int, moment: Moment, found: list[Difference], files: dict[Path, str]) -> str:
    """Return what to read when they differ."""
    lines = [f"seed {seed}, MENTORLOG_NOW={moment.now} TZ={moment.zone}"]
    for command, path, wanted, got in found[:5]:
        lines += [f"  {command}: data{path}", f"    reckoned: {json.dumps(wanted)}", f"    printed:  {json.dumps(got)}"]
    lines += [f"--- {path}\n{text}" for path, text in files.items()]
    return "\n".join(lines)
