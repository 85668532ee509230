"""The tasks from the action items in a meeting's notes: `- [ ] @me Draft abstract due:fri goal:g7k3q`. Pure.

The item then ends in the id of the task, and an item that ends in one is not read again. Nothing else in the notes
changes: without the ids they are byte for byte what was written. What looks like an action item and is none is
reported.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from mentorlog import vocabulary
from mentorlog.domain import action_words
from mentorlog.domain.action_lines import ID, Found, Item, find
from mentorlog.domain.query import Query
from mentorlog.errors import BadValue, MentorlogError, SeveralMatch
from mentorlog.fold import folded
from mentorlog.models.rules import clean_prose
from mentorlog.models.task import Task
from mentorlog.models.views import joined
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from mentorlog.domain.ports import RecordWriter, Resolve
    from mentorlog.models.meeting import Meeting
    from mentorlog.models.view_types import MeetingView, TaskView


_MOST_LINES = 20  # are named for one reason why they are no tasks


class Reading(Value):
    """Notes with the ids of their action items, the new tasks, and what could not be read."""

    notes: str
    tasks: tuple[Task, ...]
    complaints: tuple[str, ...]


class Saved(Value):
    """A saved meeting: its view, those of its new tasks, and what to tell the user about its notes."""

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
    complaints: list[str] = []
    if reading.tasks:
        complaints += _twins(reading.tasks, transaction.find(Query("task", statuses=vocabulary.OPEN_TASKS)))
    if reading.complaints:
        complaints += reading.complaints
        complaints.append(f"The notes are saved; correct a line with: mentorlog edit {meeting.id}")
    tasks = tuple(transaction.put(task) for task in reading.tasks)
    return Saved(transaction.put(replace(meeting, notes=reading.notes)), tasks, tuple(complaints))


def _twins(new: Sequence[Task], open_tasks: Iterable[TaskView]) -> Iterator[str]:
    """Yield a sentence for each new task whose owner already had an open one with the same title."""
    known = {(task["owner"], folded(task["title"])): task["id"] for task in open_tasks}
    for task in new:
        old = known.get((task.owner, folded(task.title)))
        if old and task.is_open:
            yield f"Task {old} with the same title is open too; if it is the same: mentorlog delete {task.id}"
        elif old:
            yield f"Task {old} with the same title is still open; if it is done too: mentorlog task done {old}"


def read(
    notes: str,
    meeting: Meeting,
    *,
    resolve: Resolve,
    new_id: Callable[[], str],
    now: datetime,
    before: str | None = None,
) -> Reading:
    """Read the new action items in the notes of a meeting; dates in `due:` are relative to its day."""
    text, tasks = clean_prose(notes, "notes"), list[Task]()
    lines, known, found = text.split("\n"), frozenset((before or "").split("\n")), find(text)
    complaints = _Complaints(lines, known)
    for item in found.items:
        if item.id or not (item.names_owner or _may_be_item(item)):
            continue
        try:
            tasks.append(_task(item, meeting, resolve, new_id, now))
        except MentorlogError as error:
            complaints.add(error, item.first, item.last)
        else:
            lines[item.last] += f" ({tasks[-1].id})"
    _report_names(found, resolve, complaints)
    return Reading("\n".join(lines), tuple(tasks), complaints.sentences())


def _may_be_item(item: Item) -> bool:
    """Return whether a box without a name is reported: a tick may be a bullet, and `[?]` a remark."""
    return bool(item.text) and item.done is not None and not item.is_tick


def _task(item: Item, meeting: Meeting, resolve: Resolve, new_id: Callable[[], str], now: datetime) -> Task:
    """Return the task of an item; BadValue or another error says why it is none."""
    if item.place:
        raise BadValue(
            "place", f"it is {item.place}.", "for a task, write an item of its own: - [ ] @me Draft abstract"
        )
    words = action_words.parse(item.text, meeting.mentors, meeting.on, resolve)
    if item.done is None:
        raise BadValue("status", f"[{item.mark}] is neither open nor done.", "use [ ] or [x]")
    if other := re.search(ID, words.title):
        raise BadValue("title", f"({other['id']}) is not at its end.", "if it is that task, move the id to the end")
    alone = meeting.mentors[0] if len(meeting.mentors) == 1 else vocabulary.ME
    return Task(
        id=new_id(),
        created=now,
        visibility=meeting.visibility,
        title=words.title,
        status="done" if item.done else "todo",
        owner=words.owner,
        assigned_by=alone
        if words.owner == vocabulary.ME
        else vocabulary.ME,  # with one mentor, my tasks come from them
        goal=words.goal,
        meeting=meeting.id,
        due=words.due,
        done_on=min(meeting.on, now.date()) if item.done else None,  # the meeting may be in the future
    )


# What is reported.


class _Complaints:
    """Why lines of the notes are not tasks; lines with the same reason share a sentence."""

    def __init__(self, lines: Sequence[str], known: frozenset[str]) -> None:
        self._lines = tuple(lines)
        self._known = known
        self._found: dict[str, list[int]] = {}

    def add(self, error: MentorlogError, first: int, last: int) -> None:
        """Add a reason, unless these lines were in the notes before."""
        if not self._known.issuperset(self._lines[first : last + 1]):
            reason = f"{error.clause}{f' ({error.hint})' if error.hint else ''}"
            numbers = self._found.setdefault(reason, [])
            if first + 1 not in numbers[-1:]:  # a line may name somebody twice
                numbers.append(first + 1)

    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each reason, in the order of the lines."""
        return tuple(
            f"Line {numbers[0]} of the notes did not become a task: {reason}"
            if len(numbers) == 1
            else f"Lines {_listed(numbers)} of the notes did not become tasks: {_of_each(reason)}"
            for reason, numbers in sorted(self._found.items(), key=lambda found: found[1])
        )


def _listed(numbers: Sequence[int]) -> str:
    """Return the numbers of lines, of very many only the first."""
    shown = [str(number) for number in numbers]
    if len(shown) > _MOST_LINES + 1:
        shown[_MOST_LINES:] = [f"{len(numbers) - _MOST_LINES} more"]
    return joined(shown)


def _of_each(reason: str) -> str:
    """Return the reason of one line as that of several: `it names @wei` is `each names @wei`."""
    start, blank, rest = reason.partition(" ")
    return f"each{blank}{rest}" if start == "it" else reason


def _report_names(found: Found, resolve: Resolve, complaints: _Complaints) -> None:
    """Report the lines that name somebody but have no box."""
    names: dict[str, bool] = {}
    boxes = {number for item in found.items for number in range(item.first, item.last + 1)}
    for number, name in found.names:
        if number in boxes:
            continue
        if name not in names:
            names[name] = name.lower() in (vocabulary.ME, "them") or _is_mentor(name, resolve)
        if names[name]:
            hint = f"for a task, write: - [ ] @{name} Draft abstract"
            complaints.add(BadValue("owner", f"it names @{name} without a box.", hint), number, number)


def _is_mentor(name: str, resolve: Resolve) -> bool:
    try:
        return bool(resolve(name, "mentor", by_name=True))
    except SeveralMatch:
        return True
    except MentorlogError:
        return False
