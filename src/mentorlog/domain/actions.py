"""Action lines in a meeting's notes: `- [ ] @me Draft abstract due:fri goal:g7k3q` becomes a task. Pure.

The line then ends in the id of the task, and a line that ends in one is not read again. Nothing else in the notes
changes: without the ids they are byte for byte what was written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from mentorlog import date_words, vocabulary
from mentorlog.domain.action_lines import ENDS_IN_ID, action_items
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models.rules import clean_prose
from mentorlog.models.task import Task
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mentorlog.domain.ports import RecordWriter, Resolve
    from mentorlog.models.meeting import Meeting
    from mentorlog.models.view_types import MeetingView, TaskView

# Compiled on first use: most notes have no action lines.
_KEY = r'(?i)(?<![ \t])[ \t]*+(?<!\S)(?P<key>due|goal):(?:"(?P<quoted>[^"]*)"|“(?P<curly>[^”]*)”|(?P<word>\S*))(?!\S)'


class Reading(Value):
    """Notes with the ids of their action lines, the new tasks, and what could not be read."""

    notes: str
    tasks: tuple[Task, ...]
    complaints: tuple[str, ...]


class Saved(Value):
    """A saved meeting: its view, those of its new tasks, and the complaints."""

    view: MeetingView
    tasks: tuple[TaskView, ...]
    complaints: tuple[str, ...]


def save(
    transaction: RecordWriter, meeting: Meeting, *, resolve: Resolve, now: datetime, before: str | None = None
) -> Saved:
    """Save a meeting and its new tasks; lines that were in the notes `before` cause no complaints."""
    if not meeting.notes:
        return Saved(transaction.put(meeting), (), ())
    new_id = partial(transaction.new_id, "task")
    reading = read(meeting.notes, meeting, resolve=resolve, new_id=new_id, now=now, before=before)
    tasks = tuple(transaction.put(task) for task in reading.tasks)
    return Saved(transaction.put(replace(meeting, notes=reading.notes)), tasks, reading.complaints)


def read(
    notes: str,
    meeting: Meeting,
    *,
    resolve: Resolve,
    new_id: Callable[[], str],
    now: datetime,
    before: str | None = None,
) -> Reading:
    """Read the new action lines in the notes of a meeting; dates in `due:` are relative to its day."""
    text, tasks, complaints = clean_prose(notes, "notes"), list[Task](), []
    known, lines = set((before or "").split("\n")), text.split("\n")
    for number, item in action_items(text).items():
        line = lines[number]
        if re.search(ENDS_IN_ID, line):
            continue
        try:
            tasks.append(_task(item, meeting, resolve, new_id(), now))
            lines[number] = f"{line} ({tasks[-1].id})"
        except MentorlogError as error:
            if line not in known:
                hint = f" ({error.hint})" if error.hint else ""
                complaints.append(f"Line {number + 1} of the notes did not become a task: {error.clause}{hint}")
    return Reading("\n".join(lines), tuple(tasks), tuple(complaints))


# One line to one task.


def _task(action: re.Match[str], meeting: Meeting, resolve: Resolve, id: str, now: datetime) -> Task:
    owner, given = _owner(action["who"], meeting, resolve), _keys(action["rest"])
    title = re.sub(_KEY, "", action["rest"]).strip()
    if not title:
        raise BadValue("title", "it has no text.", "write the task after the name")
    done, goal = action["box"] != " ", given.get("goal")
    alone = meeting.mentors[0] if len(meeting.mentors) == 1 else vocabulary.ME
    return Task(
        id=id,
        created=now,
        visibility=meeting.visibility,
        title=title,
        status="done" if done else "todo",
        owner=owner,
        assigned_by=alone if owner == vocabulary.ME else vocabulary.ME,  # with one mentor, my tasks come from them
        goal=resolve(goal, "goal")["id"] if goal else None,
        meeting=meeting.id,
        due=date_words.ahead(given["due"], meeting.on) if "due" in given else None,
        done_on=min(meeting.on, now.date()) if done else None,  # the meeting may be in the future
    )


def _owner(word: str, meeting: Meeting, resolve: Resolve) -> str:
    """Return the owner named by `@word`; `@osler:` works too."""
    name = word.rstrip(":,;")
    if name.lower() == vocabulary.ME:
        return vocabulary.ME
    if name.lower() != "them":
        return str(resolve(name, "mentor", by_name=True)["id"])
    if len(meeting.mentors) != 1:
        mentors = ", ".join(meeting.mentors)
        why = f"may be any of {mentors}" if mentors else "is unclear: the meeting has no mentors"
        raise BadValue("owner", f"@them {why}.", "use the id of the mentor, like @osler")
    return meeting.mentors[0]


def _keys(rest: str) -> dict[str, str]:
    """Return the values of `due:` and `goal:`, without a space after the colon; each at most once."""
    given: dict[str, str] = {}
    for match in re.finditer(_KEY, rest):
        key, value = match["key"].lower(), match["quoted"] or match["curly"] or match["word"] or ""
        if key in given:
            raise BadValue(key, f"it has {key}: twice.")
        if not value.strip():
            like = {"due": 'due:fri or due:"in 2 weeks"', "goal": "goal:g7k3q"}[key]
            raise BadValue(key, f"there is no value after {key}:", f"write it like {like}")
        given[key] = value
    return given
