"""What several commands do alike with a whole record or screen; none of it needs a parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorlog.context import Context
from mentorlog.models.views import OPEN_TASKS, View, heading, targets

if TYPE_CHECKING:
    from mentorlog.models.record import Record
    from mentorlog.store.batch import Batch
    from mentorlog.store.journal import Source


def show_status(here: Context) -> None:
    """Show what matters now: whom to talk to, what is owed, what drifts, the next review."""
    from mentorlog.output import status

    view = here.journal.overview(here.today)
    here.out.page(lambda page: status.lines(view, page, here.today), view, problems=here.journal.problems)


def prepared(here: Context, mentor: View) -> View:
    """Return what there is to prepare for a meeting with a mentor."""
    from mentorlog import preparing
    from mentorlog.store.query import Query

    find, who = here.journal.find, (mentor["id"],)
    tasks = {task["id"]: task for task in find(Query("task", statuses=OPEN_TASKS)) + find(Query("task", mentors=who))}
    records = preparing.Records(
        meetings=find(Query("meeting", mentors=who)),
        goals=find(Query("goal", mentors=who)),
        tasks=list(tasks.values()),
        notes=find(Query("note", kinds=("question", "change"), statuses=("open",))),
    )
    return preparing.gather(mentor, records, here.today)


def show_record(here: Context, view: View) -> None:
    """Show a record: its fields, its prose, and the open records that belong to it."""
    from mentorlog.output import record

    named = {target for role, target in targets(view) if role != "tag"} | set(view.get("added_goals") or ())
    names = here.journal.titles(sorted(named))
    tasks = here.journal.tasks_of(view)
    states = {task["id"]: task["status"] for task in tasks}
    also = [("Tasks", [f"{task['id']}  {task['title']} ({task['status']})" for task in tasks])] if tasks else []
    here.out.page(
        lambda page: record.lines(view, page, names=names, states=states, also=also),
        view,
        problems=here.journal.problems,
    )


def edit_prose(here: Context, source: Source) -> View:
    """Let the user edit the prose of a record in the editor and save it as one operation."""
    found = here.journal.view(source.id)
    field = "text" if found["record"] == "note" else "notes"
    text = here.prose(found[field] or "", edit=True, name=f"{source.id}-{field}") or ""

    def work(batch: Batch) -> View:
        return save_record(here, batch, _with_prose(batch.any(source.id), text))

    return here.journal.change_from(source, f"edit: {heading(found)}", work)


def _with_prose(record: Record, text: str) -> Record:
    from dataclasses import replace

    from mentorlog.models.note import Note

    return replace(record, text=text) if isinstance(record, Note) else replace(record, notes=text)


def save_record(here: Context, batch: Batch, record: Record) -> View:
    """Keep a record within an operation; the action lines of a meeting become tasks in the same one."""
    if record.KIND != "meeting":
        return batch.put(record)
    from mentorlog import actions
    from mentorlog.models.meeting import Meeting

    assert isinstance(record, Meeting)
    saved = actions.save(batch, record, resolve=here.journal.resolve, now=here.now)
    for complaint in saved.complaints:
        here.out.note(complaint)
    return saved.view


def edit_document(here: Context, source: Source) -> View:
    """Let the user edit the file of a record; its bytes are kept as they are left."""
    text = source.data.decode("utf-8", "replace")
    edited = here.edited(text, source.id, ".toml", lambda now: here.journal.check(source, now))
    name = f"edit: {source.id}"
    return here.journal.change_from(source, name, lambda batch: batch.put_text(source.id, edited.encode()))
