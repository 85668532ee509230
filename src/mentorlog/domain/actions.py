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
from mentorlog.domain import action_words, id_lines
from mentorlog.domain.action_lines import ID, Found, Item, find
from mentorlog.domain.complaints import Complaints
from mentorlog.domain.query import Query
from mentorlog.errors import BadValue, MentorlogError, SeveralMatch
from mentorlog.fold import folded
from mentorlog.models.rules import clean_prose
from mentorlog.models.task import Task
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from mentorlog.domain.action_words import ActionWords
    from mentorlog.domain.follow_up import Settled
    from mentorlog.domain.ports import RecordWriter, Resolve
    from mentorlog.models.meeting import Meeting
    from mentorlog.models.view_types import MeetingView, TaskView


class Reading(Value):
    """Notes with the ids of their action items, the new tasks, and what could not be read."""

    notes: str
    tasks: tuple[Task, ...]
    complaints: tuple[str, ...]


class Saved(Value):
    """A saved meeting: its view, those of its new tasks, what to tell the user about its notes, what lines settled."""

    view: MeetingView
    tasks: tuple[TaskView, ...]
    complaints: tuple[str, ...]
    settled: tuple[Settled, ...] = ()


class FromItems(Value):
    """The tasks made of action items in several meetings, and what to tell of others: with the meeting's id, or not."""

    views: tuple[TaskView, ...] = ()
    complaints: tuple[tuple[str, str], ...] = ()
    twins: tuple[str, ...] = ()


def save_items(
    transaction: RecordWriter, meetings: Sequence[Meeting], known: Collection[str], *, resolve: Resolve, now: datetime
) -> FromItems:
    """Save the tasks from the action items of meetings; lines that settle something are text.

    Of meetings that were `known` before, only what is new is told.
    """
    new_id = partial(transaction.new_id, "task")
    tasks, complaints = list[Task](), list[tuple[str, str]]()
    for meeting in meetings:
        if meeting.notes:
            before = meeting.notes if meeting.id in known else None
            reading = read(meeting.notes, meeting, resolve=resolve, new_id=new_id, now=now, before=before)
            tasks += reading.tasks
            complaints += ((meeting.id, sentence) for sentence in reading.complaints)
            if reading.tasks:
                transaction.put(replace(meeting, notes=reading.notes))
    twins = _twins(tasks, transaction.find(Query("task", statuses=vocabulary.OPEN_TASKS))) if tasks else ()
    return FromItems(tuple(transaction.put(task) for task in tasks), tuple(complaints), tuple(twins))


def save(
    transaction: RecordWriter,
    meeting: Meeting,
    *,
    resolve: Resolve,
    now: datetime,
    before: str | None = None,
    first_weekday: int = 0,
) -> Saved:
    """Save a meeting, its new tasks and what lines of its notes settle.

    Lines that were in the notes `before` cause no complaints and settle nothing.
    """
    if not meeting.notes:
        return Saved(transaction.put(meeting), (), ())
    new_id = partial(transaction.new_id, "task")
    reading = read(
        meeting.notes,
        meeting,
        resolve=resolve,
        new_id=new_id,
        now=now,
        before=before,
        first_weekday=first_weekday,
    )
    complaints: list[str] = []
    if reading.tasks:
        complaints += _twins(reading.tasks, transaction.find(Query("task", statuses=vocabulary.OPEN_TASKS)))
    settled, unsettled = _settled(transaction, meeting, resolve, before)
    if wrong := (*reading.complaints, *unsettled):
        complaints += (*wrong, f"The notes are saved; correct a line with: mentorlog edit {meeting.id}")
    tasks = tuple(transaction.put(task) for task in reading.tasks)
    view = transaction.put(replace(meeting, notes=reading.notes))
    return Saved(view, tasks, tuple(complaints), settled)


def _settled(
    transaction: RecordWriter, meeting: Meeting, resolve: Resolve, before: str | None
) -> tuple[tuple[Settled, ...], tuple[str, ...]]:
    """Save what lines that begin with an id settle; return that, and why others settle nothing."""
    if meeting.status != "held" or not id_lines.may_be_in(meeting.notes or ""):
        return (), ()
    from mentorlog.domain import follow_up  # most notes have no such line

    return follow_up.from_lines(transaction, meeting, resolve=resolve, before=before)


def _twins(new: Sequence[Task], open_tasks: Iterable[TaskView]) -> Iterator[str]:
    """Yield a sentence for each new task whose owner already had an open one with the same title."""
    known = {(task["owner"], folded(task["title"])): task["id"] for task in open_tasks}
    for task in new:
        key = task.owner, folded(task.title)
        old = known.get(key)
        if task.is_open:
            known.setdefault(key, task.id)  # meetings that are imported together may repeat it
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
    first_weekday: int = 0,
) -> Reading:
    """Read the new action items in the notes of a meeting; dates in `due:` are relative to its day."""
    text, tasks = clean_prose(notes, "notes"), list[Task]()
    lines, found = text.split("\n"), find(text)
    complaints = Complaints(text, before, one="did not become a task", several="did not become tasks")
    for item in found.items:
        if item.id or not (item.names_owner or _may_be_item(item)):
            continue
        try:
            words = _words(item, meeting, resolve, first_weekday)
            tasks.append(_task(words, item, meeting, new_id, now))
        except MentorlogError as error:
            complaints.add(error, item.first, item.last)
        else:
            lines[item.last] += f" ({tasks[-1].id})"
    _report_names(found, resolve, complaints)
    return Reading("\n".join(lines), tuple(tasks), complaints.sentences())


def _may_be_item(item: Item) -> bool:
    """Return whether a box without a name is reported: a tick may be a bullet, and `[?]` a remark."""
    return bool(item.text) and item.done is not None and not item.is_tick and not _is_id_line(item)


def _is_id_line(item: Item) -> bool:
    return bool(item.done) and id_lines.is_one(item.text)


def _words(item: Item, meeting: Meeting, resolve: Resolve, first_weekday: int) -> ActionWords:
    """Return what an item says; BadValue or another error says why it is no task."""
    if item.place:
        raise BadValue(
            "place", f"it is {item.place}.", "for a task, write an item of its own: - [ ] @me Draft abstract"
        )
    words = action_words.parse(item.text, meeting.mentors, meeting.on, resolve, first_weekday)
    if item.done is None:
        raise BadValue("status", f"[{item.mark}] is neither open nor done.", "use [ ] or [x]")
    if other := re.search(ID, words.title):
        raise BadValue("title", f"({other['id']}) is not at its end.", "if it is that task, move the id to the end")
    return words


def _task(words: ActionWords, item: Item, meeting: Meeting, new_id: Callable[[], str], now: datetime) -> Task:
    """Return the task of an item."""
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


def _report_names(found: Found, resolve: Resolve, complaints: Complaints) -> None:
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
