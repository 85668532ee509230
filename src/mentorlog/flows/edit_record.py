"""`set` and `edit`: change a record of any kind, or the profile, as one operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from mentorlog.app import App
from mentorlog.domain.query import Query
from mentorlog.errors import Unchanged
from mentorlog.models.views import View, heading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.domain.follow_up import Settled
    from mentorlog.models.record import Part, Record
    from mentorlog.models.view_types import TaskView
    from mentorlog.store.format.source import Source
    from mentorlog.store.transaction import Transaction

    Saved = tuple[View, Sequence[TaskView], Sequence[str], Sequence[Settled]]
    """The view of a saved record, the new tasks from its notes, complaints about lines of them, what others settled."""


def set_fields(app: App, record: View, pairs: Sequence[str], clear: Sequence[str]) -> tuple[View, list[str]]:
    """Set and clear fields of a record or the profile; return its view, and a line for each new task."""
    if record["record"] == "profile":
        return app.journal.assign_profile(pairs, clear, name="set: profile"), []

    def work(transaction: Transaction) -> Saved:
        old = transaction.any(record["id"])
        new = app.journal.assigned(old, pairs, clear)
        _check_mentor(app, new, old)
        return save(app, transaction, new, before=old.notes)

    return report(app, app.journal.change(f"set: {heading(record)}", work))


def edit_record(app: App, source: Source, *, prose: bool) -> tuple[View, list[str]]:
    """Let the user edit the prose or file of a record; return its view and a line for each new task."""
    try:
        work = _prose(app, source) if prose and not source.problem else _document(app, source)
    except Unchanged as unchanged:
        if not source.problem:
            unchanged.data = app.reading.profile() if source.kind == "profile" else app.reading.view(source.id)
        raise
    name = "edit: profile" if source.kind == "profile" else lambda saved: f"edit: {heading(saved[0])}"
    return report(app, app.journal.change_from(source, name, work))


def _prose(app: App, source: Source) -> Callable[[Transaction], Saved]:
    """Let the user edit the text of a note, or the notes of another record; return the work that saves it."""
    from dataclasses import replace

    field = "text" if source.kind == "note" else "notes"
    template = app.reading.view(source.id)[field] or ""
    text = app.texts.prose(None, edit=True, template=template, name=f"{source.id}-{field}", by="edit")
    changes: dict[str, Any] = {field: text or ""}

    def work(transaction: Transaction) -> Saved:
        old = transaction.any(source.id)
        return save(app, transaction, replace(old, **changes), before=old.notes)

    return work


def _document(app: App, source: Source) -> Callable[[Transaction], Saved]:
    """Let the user edit the file of a record, even an unreadable one; return the work that saves its bytes."""
    text, encoding = source.text()
    top = f"this file was {encoding}; delete this line to save it as UTF-8" if encoding else source.problem
    edited = app.editor("edit").revise(text, source.id, partial(_check_document, app, source), top)

    def work(transaction: Transaction) -> Saved:
        before = transaction.any(source.id).notes if source.kind == "meeting" and not source.problem else None
        view = transaction.put_text(source.id, edited.encode())
        if view["record"] != "meeting":
            return view, (), (), ()
        view, tasks, complaints, settled = save(app, transaction, transaction.any(source.id), before=before)
        if not tasks:
            transaction.put_text(source.id, edited.encode())
        return view, tasks, complaints, settled

    return work


def _check_document(app: App, source: Source, text: str, first_line: int) -> None:
    """Raise BadValue if the text is not a valid record, or has a new value that cannot be right."""
    source.check(text, first_line)
    if source.kind in ("mentor", "goal"):
        from mentorlog.store.format.document import checked

        old = None if source.problem else checked(source.path, source.data)
        new = checked(source.path, text.encode())
        check(app, new, old)


def check(app: App, new: Part, old: Part | None) -> None:
    """Raise BadValue for a new value of a mentor or goal that cannot be right."""
    _check_mentor(app, new, old)
    _check_goal(app, new, old)


def _check_mentor(app: App, new: Part, old: Part | None) -> None:
    """Raise BadValue for a new value of a mentor that cannot be right."""
    if new.KIND != "mentor":
        return
    from mentorlog.domain import roster
    from mentorlog.models.mentor import Mentor

    if isinstance(new, Mentor):
        roster.check_new(new, old if isinstance(old, Mentor) else None, app.reading.find(Query("mentor")))


def _check_goal(app: App, new: Part, old: Part | None) -> None:
    """Raise BadValue for a new link of a goal that cannot be right."""
    from mentorlog.domain import goal_links
    from mentorlog.models.goal import Goal

    if isinstance(new, Goal):
        before = old if isinstance(old, Goal) else None
        goal_links.check(new, before, before.differing(new) if before else goal_links.FIELDS, app.reading.resolve)


def save(app: App, transaction: Transaction, record: Record, *, before: str | None) -> Saved:
    """Save a record and the tasks from its new action items, those that are not in `before`."""
    if record.KIND != "meeting":
        return transaction.put(record), (), (), ()
    from mentorlog.domain import actions
    from mentorlog.models.meeting import Meeting

    assert isinstance(record, Meeting)
    saved = actions.save(
        transaction, record, resolve=app.reading.resolve, now=app.now, before=before, first_weekday=app.first_weekday
    )
    data = {**saved.view, "new_tasks": list(saved.tasks), "updated": [one.view for one in saved.settled]}
    return data, saved.tasks, saved.complaints, saved.settled


def report(app: App, saved: Saved) -> tuple[View, list[str]]:
    """Return the view of a saved record, and a line for each task that is new or changed."""
    view, tasks, complaints, settled = saved
    app.out.note(*complaints)
    if not (tasks or settled):
        return view, []
    from mentorlog.flows.meetings import added_tasks, settled_lines

    return view, [*settled_lines(app, settled, view), *added_tasks(app, tasks)]
