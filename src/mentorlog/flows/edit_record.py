"""How set and edit change a record of any kind, or the profile, as one operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mentorlog.app import App
from mentorlog.errors import Unchanged
from mentorlog.models.views import View, heading
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.models.record import Record
    from mentorlog.store.format.source import Source
    from mentorlog.store.transaction import Transaction


class Saved(Value):
    """A record that was saved: its view (of a meeting with `new_tasks`), and what is said of those tasks."""

    view: View
    tasks: Sequence[str] = ()
    complaints: Sequence[str] = ()


def set_fields(app: App, found: View, pairs: Sequence[str], clear: Sequence[str]) -> Saved:
    """Set and clear fields of a record or of the profile as one operation."""
    if found["record"] == "profile":
        return Saved(app.journal.assign_profile(pairs, clear, name="set: profile"))

    def work(transaction: Transaction) -> Saved:
        old = transaction.any(found["id"])
        return _save(app, transaction, app.journal.assigned(old, pairs, clear), before=old.notes)

    return _report(app, app.journal.change(f"set: {heading(found)}", work))


def edit_record(app: App, source: Source, *, prose: bool) -> Saved:
    """Let the user edit a record in the editor and save it as one operation: its prose alone, or its file."""
    try:
        work = _prose(app, source) if prose and not source.problem else _document(app, source)
    except Unchanged as unchanged:
        if not source.problem:
            unchanged.data = app.reading.profile() if source.kind == "profile" else app.reading.view(source.id)
        raise

    def named(saved: Saved) -> str:
        return f"edit: {'profile' if source.kind == 'profile' else heading(saved.view)}"

    return _report(app, app.journal.change_from(source, named, work))


def _prose(app: App, source: Source) -> Callable[[Transaction], Saved]:
    """Let the user edit the text of a note, the notes of everything else; return what saves it."""
    from dataclasses import replace

    found = app.reading.view(source.id)
    field = "text" if found["record"] == "note" else "notes"
    text = app.texts.prose(None, edit=True, template=found[field] or "", name=f"{source.id}-{field}", by="edit")
    changes: dict[str, Any] = {field: text or ""}

    def work(transaction: Transaction) -> Saved:
        old = transaction.any(source.id)
        return _save(app, transaction, replace(old, **changes), before=old.notes)

    return work


def _document(app: App, source: Source) -> Callable[[Transaction], Saved]:
    """Let the user edit the file of a record; return what saves it: the bytes are kept as they are left.

    A file that cannot be read is offered all the same, the reason on top; one in another encoding becomes UTF-8.
    """
    text, encoding = source.text()
    top = f"this was {encoding}; take this line away to save it as UTF-8" if encoding else source.problem
    # What is refused is offered again below one line that says why: lines are counted as they stand then.
    first_line = 2 if app.interactive else 1
    edited = app.editor("edit").revise(text, source.id, lambda now: source.check(now, first_line), top)

    def work(transaction: Transaction) -> Saved:
        before = transaction.any(source.id).notes if source.kind == "meeting" and not source.problem else None
        view = transaction.put_text(source.id, edited.encode())
        if view["record"] != "meeting":
            return Saved(view)
        saved = _save(app, transaction, transaction.any(source.id), before=before)
        if not saved.tasks:
            transaction.put_text(source.id, edited.encode())
        return saved

    return work


def _save(app: App, transaction: Transaction, record: Record, *, before: str | None) -> Saved:
    """Keep a record within an operation; new action lines of a meeting become tasks in the same one.

    `before` are the notes as they were: what is wrong with their lines was said already.
    """
    if record.KIND != "meeting":
        return Saved(transaction.put(record))
    from mentorlog.domain import actions
    from mentorlog.models.meeting import Meeting
    from mentorlog.output.messages import meeting as messages

    assert isinstance(record, Meeting)
    saved = actions.save(transaction, record, resolve=app.reading.resolve, now=app.now, before=before)
    named = {id for task in saved.tasks for id in (task["owner"], task["goal"]) if id}
    view = {**saved.view, "new_tasks": list(saved.tasks)}
    return Saved(view, messages.added(saved.tasks, app.reading.titles(sorted(named))), saved.complaints)


def _report(app: App, saved: Saved) -> Saved:
    app.out.note(*saved.complaints)
    return saved
