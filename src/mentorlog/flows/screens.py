"""What several commands do alike with a whole record or screen; none of it needs a parser."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.errors import Unchanged
from mentorlog.models.views import View, heading, mentions
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.domain.overview import Status
    from mentorlog.domain.reports import Linked
    from mentorlog.models.record import Record
    from mentorlog.store.changes import UndoResult
    from mentorlog.store.format.source import Source
    from mentorlog.store.transaction import Transaction


LAST = 5
"""So many meetings and notes are shown with what they belong to."""

ALL = 1_000
"""As many tasks and notes as one meeting may have."""

MOST = 20
"""So many goals and tasks, and open notes of a mentor: what is due last of all."""


class Saved(Value):
    """A record that was saved: its view (of a meeting with `new_tasks`), and what is said of those tasks."""

    view: View
    tasks: Sequence[str] = ()
    complaints: Sequence[str] = ()


def show_status(app: App) -> None:
    """Show what matters now: whom to talk to, what is owed, what drifts, the next review."""
    from mentorlog.output.screens import status as status_screen

    view = status_of(app)
    app.out.page(lambda page: status_screen.lines(view, page, app.today), view, problems=app.reading.problems)


def status_of(app: App) -> Status:
    """Return what matters now, as one state of the journal has it."""
    from mentorlog.domain.loop import RULES
    from mentorlog.domain.overview import overview

    reading = app.reading
    found = reading.in_snapshot(lambda: overview(reading, RULES, app.now))
    begun = reading.review_begun
    return {
        **found,
        "counts": reading.counts(),
        "unreadable_count": len(reading.problems),
        "review_begun": begun,
    }


def prepared(app: App, mentor: View) -> View:
    """Return what there is to prepare for a meeting with a mentor."""
    from mentorlog.domain import computed, preparing
    from mentorlog.domain.query import Query

    find, who = app.reading.find, (mentor["id"],)
    tasks = {
        task["id"]: task
        for task in find(Query("task", statuses=vocabulary.OPEN_TASKS)) + find(Query("task", mentors=who))
    }
    records = preparing.Records(
        meetings=find(Query("meeting", mentors=who)),
        goals=find(Query("goal", mentors=who)),
        tasks=computed.tasks(list(tasks.values()), app.reading, app.today),
        notes=find(Query("note", kinds=("question", "change"), statuses=("open",))),
    )
    return preparing.gather(mentor, records, app.today)


def show_record(app: App, view: View) -> None:
    """Show a record: its fields, its prose, and the records that belong to it."""
    from mentorlog.output.screens import linked as linked_screen
    from mentorlog.output.screens import record as record_screen

    counted = view["facts"]["goals"] if view["record"] == "review" and view["facts"] else ()
    named = {target for _, target in mentions(view)} | {entry["goal"] for entry in counted}
    names = app.reading.titles(sorted(named))
    unknown = app.reading.never_seen(named - names.keys() - {vocabulary.ME})
    found = belongings(app, view)
    states = {task["id"]: task["status"] for task in found["task"].records} if "task" in found else {}
    also = [*_contact(app, view), *linked_screen.sections(view, found)]
    linked: dict[str, Any] = {"names": names, "counts": {}, "goals": [], "tasks": [], "meetings": [], "notes": []}
    for kind, one in found.items():
        linked[f"{kind}s"], linked["counts"][f"{kind}s"] = one.records, one.count
    app.out.page(
        lambda page: record_screen.lines(view, page, names=names, unknown=unknown, states=states, also=also),
        {**view, "linked": linked},
        problems=app.reading.problems,
    )


def _contact(app: App, view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return of a mentor when you met and when you meet again, as a section of the screen."""
    if view["record"] != "mentor":
        return []
    from mentorlog.domain import computed
    from mentorlog.output.screens import linked as linked_screen

    (mentor,) = computed.mentors([view], app.reading, app.today)
    return [("Contact", [("", line) for line in linked_screen.contact(mentor, app.today)])]


def belongings(app: App, view: View) -> dict[str, Linked]:
    """Return what belongs to a record, by kind: of a mentor what is open, and of all the newest few."""
    match view["record"]:
        case "mentor":
            held = ("planned", "held")
            asked = [
                ("goal", MOST, vocabulary.OPEN_GOALS),
                ("task", MOST, vocabulary.OPEN_TASKS),
                ("meeting", LAST, held),
                ("note", MOST, ("open",)),
            ]
        case "goal":
            asked = [("goal", MOST, ()), ("task", MOST, ()), ("meeting", LAST, ()), ("note", LAST, ())]
        case "meeting":
            asked = [("task", ALL, ()), ("note", ALL, ())]
        case _:
            return {}
    return {kind: app.reading.belonging_to(view, kind, most, statuses) for kind, most, statuses in asked}


def show_profile(app: App) -> None:
    """Show what the journal knows of the resident."""
    from mentorlog.output.screens import profile as profile_screen

    view = app.reading.profile()
    app.out.page(lambda page: profile_screen.lines(view, page), view, problems=app.reading.problems)


# Changing a record of any kind


def assign(app: App, found: View, pairs: Sequence[str], clear: Sequence[str]) -> Saved:
    """Set and clear fields of a record or of the profile as one operation."""
    if found["record"] == "profile":
        return Saved(app.journal.assign_profile(pairs, clear, name="set: profile"))

    def work(transaction: Transaction) -> Saved:
        old = transaction.any(found["id"])
        return _save(app, transaction, app.journal.assigned(old, pairs, clear), before=old.notes)

    return _told(app, app.journal.change(f"set: {heading(found)}", work))


def edit(app: App, source: Source, *, prose: bool) -> Saved:
    """Let the user edit a record in the editor and save it as one operation: its prose alone, or its file."""
    try:
        work = _prose(app, source) if prose and not source.problem else _document(app, source)
    except Unchanged as unchanged:
        if not source.problem:
            unchanged.data = app.reading.profile() if source.kind == "profile" else app.reading.view(source.id)
        raise

    def named(saved: Saved) -> str:
        return f"edit: {'profile' if source.kind == 'profile' else heading(saved.view)}"

    return _told(app, app.journal.change_from(source, named, work))


def _prose(app: App, source: Source) -> Callable[[Transaction], Saved]:
    """Let the user edit the text of a note, the notes of everything else; return what saves it."""
    from mentorlog.models.record import with_prose

    found = app.reading.view(source.id)
    field = "text" if found["record"] == "note" else "notes"
    text = app.prose(None, edit=True, template=found[field] or "", name=f"{source.id}-{field}", by="edit")

    def work(transaction: Transaction) -> Saved:
        old = transaction.any(source.id)
        return _save(app, transaction, with_prose(old, field, text or ""), before=old.notes)

    return work


def _document(app: App, source: Source) -> Callable[[Transaction], Saved]:
    """Let the user edit the file of a record; return what saves it: the bytes are kept as they are left.

    A file that cannot be read is offered all the same, the reason on top; one in another encoding becomes UTF-8.
    """
    text, encoding = source.text()
    top = f"this was {encoding}; take this line away to save it as UTF-8" if encoding else source.problem
    # What is refused is offered again below one line that says why: lines are counted as they stand then.
    first_line = 2 if app.interactive else 1
    edited = app.edited(text, source.id, ".toml", lambda now: source.check(now, first_line), top)

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
    named = {task[key] for task in saved.tasks for key in ("owner", "goal") if task[key]}
    view = {**saved.view, "new_tasks": list(saved.tasks)}
    return Saved(view, messages.added(saved.tasks, app.reading.titles(sorted(named))), saved.complaints)


def _told(app: App, saved: Saved) -> Saved:
    for complaint in saved.complaints:
        app.out.note(complaint)
    return saved


# Taking changes back


def show_undone(app: App, travel: UndoResult) -> None:
    """Say what was taken back, and what is now as before."""
    _show_travel(app, travel, "Took back", "undone")


def show_redone(app: App, travel: UndoResult) -> None:
    """Say what was done again, and what is now as it was then."""
    _show_travel(app, travel, "Done again", "redone")


def _show_travel(app: App, travel: UndoResult, verb: str, key: str) -> None:
    from mentorlog.output.screens import undo as undo_screen

    views = [view for one in travel.changes[: undo_screen.RECORDS] for view in (one.before, one.after) if view]
    titles = app.reading.titles(sorted({target for view in views for _, target in mentions(view)}))
    app.out.page(
        lambda page: undo_screen.lines(verb, travel.names, travel.changes, titles, page),
        {key: travel.names, "changes": list(map(undo_screen.data, travel.changes))},
    )
