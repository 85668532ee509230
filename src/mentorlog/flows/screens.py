"""What several commands do alike with a whole record or screen; none of it needs a parser."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mentorlog.app import Context
from mentorlog.errors import Unchanged
from mentorlog.models.views import OPEN_GOALS, OPEN_TASKS, View, day_of, heading, mentions
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.record import Record
    from mentorlog.store.changes import Travel
    from mentorlog.store.format.source import Source
    from mentorlog.store.transaction import Batch


LAST = 5
"""So many meetings and notes are shown with what they belong to."""


class Saved(Value):
    """A record that was saved: its view (of a meeting with `new_tasks`), and what is said of those tasks."""

    view: View
    tasks: Sequence[str] = ()
    complaints: Sequence[str] = ()


def show_status(here: Context) -> None:
    """Show what matters now: whom to talk to, what is owed, what drifts, the next review."""
    from mentorlog.output.screens import status as status_screen

    view = here.journal.overview(here.today)
    here.out.page(lambda page: status_screen.lines(view, page, here.today), view, problems=here.journal.problems)


def prepared(here: Context, mentor: View) -> View:
    """Return what there is to prepare for a meeting with a mentor."""
    from mentorlog.domain import preparing
    from mentorlog.store.index.query import Query

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
    """Show a record: its fields, its prose, and the records that belong to it."""
    from mentorlog.output.screens import linked as linked_screen
    from mentorlog.output.screens import record as record_screen

    counted = view["facts"]["goals"] if view["record"] == "review" and view["facts"] else ()
    named = {target for _, target in mentions(view)} | {entry["goal"] for entry in counted}
    names = here.journal.titles(sorted(named))
    unknown = here.journal.never_seen(named - names.keys() - {"me"})
    found = belongings(here, view)
    states = {task["id"]: task["status"] for task in found.get("task", ())}
    also = [*_contact(here, view), *linked_screen.sections(view, found)]
    here.out.page(
        lambda page: record_screen.lines(view, page, names=names, unknown=unknown, states=states, also=also),
        view,
        problems=here.journal.problems,
    )


def _contact(here: Context, view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return of a mentor when you met and when you meet again, as a section of the screen."""
    if view["record"] != "mentor":
        return []
    from mentorlog.domain import loop
    from mentorlog.output.screens import linked as linked_screen

    last, planned = here.journal.last_held(view["id"]), here.journal.next_planned(view["id"])
    due = loop.contact(view, last, planned)
    return [("Contact", [("", line) for line in linked_screen.contact(last, planned, due, here.today)])]


def belongings(here: Context, view: View) -> dict[str, list[View]]:
    """Return the records that belong to one, by kind: of a mentor what is open, and the last meetings."""
    from mentorlog.store.index.query import Query

    find, id = here.journal.find, view["id"]
    match view["record"]:
        case "mentor":
            return {
                "goal": find(Query("goal", mentors=(id,), statuses=OPEN_GOALS)),
                "task": find(Query("task", mentors=(id,), statuses=OPEN_TASKS)),
                "meeting": find(Query("meeting", mentors=(id,), statuses=("planned", "held"), limit=LAST)),
                "note": find(Query("note", mentors=(id,), statuses=("open",))),
            }
        case "goal":
            others = here.journal.references(id)
            by_day = sorted(others, key=lambda one: day_of(one) or "9999", reverse=True)
            return {
                "goal": [one for one in others if one["record"] == "goal" and one["parent"] == id],
                "task": find(Query("task", goals=(id,))),
                "meeting": [one for one in by_day if one["record"] == "meeting"][:LAST],
                "note": [one for one in by_day if one["record"] == "note"][:LAST],
            }
        case "meeting":
            return {"task": find(Query("task", meeting=id)), "note": find(Query("note", meeting=id))}
    return {}


def show_profile(here: Context) -> None:
    """Show what the journal knows of the resident."""
    from mentorlog.output.screens import profile as profile_screen

    view = here.journal.profile()
    here.out.page(lambda page: profile_screen.lines(view, page), view, problems=here.journal.problems)


# Changing a record of any kind


def assign(here: Context, found: View, pairs: Sequence[str], clear: Sequence[str]) -> Saved:
    """Set and clear fields of a record or of the profile as one operation."""
    if found["record"] == "profile":
        return Saved(here.journal.assign("profile", pairs, clear, name="set: profile"))

    def work(batch: Batch) -> Saved:
        old = batch.any(found["id"])
        return _save(here, batch, here.journal.assigned(old, pairs, clear), before=old.notes)

    return _told(here, here.journal.change(f"set: {heading(found)}", work))


def edit(here: Context, source: Source, *, prose: bool) -> Saved:
    """Let the user edit a record in the editor and save it as one operation: its prose alone, or its file."""
    try:
        work = _prose(here, source) if prose and not source.problem else _document(here, source)
    except Unchanged as unchanged:
        if not source.problem:
            unchanged.data = here.journal.profile() if source.kind == "profile" else here.journal.view(source.id)
        raise

    def named(saved: Saved) -> str:
        return f"edit: {'profile' if source.kind == 'profile' else heading(saved.view)}"

    return _told(here, here.journal.change_from(source, named, work))


def _prose(here: Context, source: Source) -> Callable[[Batch], Saved]:
    """Let the user edit the text of a note, the notes of everything else; return what saves it."""
    from mentorlog.models.record import with_prose

    found = here.journal.view(source.id)
    field = "text" if found["record"] == "note" else "notes"
    text = here.prose(None, edit=True, template=found[field] or "", name=f"{source.id}-{field}", by="edit")

    def work(batch: Batch) -> Saved:
        old = batch.any(source.id)
        return _save(here, batch, with_prose(old, field, text or ""), before=old.notes)

    return work


def _document(here: Context, source: Source) -> Callable[[Batch], Saved]:
    """Let the user edit the file of a record; return what saves it: the bytes are kept as they are left.

    A file that cannot be read is offered all the same, the reason on top; one in another encoding becomes UTF-8.
    """
    text, encoding = source.text()
    top = f"this was {encoding}; take this line away to save it as UTF-8" if encoding else source.problem
    # What is refused is offered again below one line that says why: lines are counted as they stand then.
    first_line = 2 if here.interactive else 1
    edited = here.edited(text, source.id, ".toml", lambda now: here.journal.check(source, now, first_line), top)

    def work(batch: Batch) -> Saved:
        before = batch.any(source.id).notes if source.kind == "meeting" and not source.problem else None
        view = batch.put_text(source.id, edited.encode())
        if view["record"] != "meeting":
            return Saved(view)
        saved = _save(here, batch, batch.any(source.id), before=before)
        if not saved.tasks:
            batch.put_text(source.id, edited.encode())
        return saved

    return work


def _save(here: Context, batch: Batch, record: Record, *, before: str | None) -> Saved:
    """Keep a record within an operation; new action lines of a meeting become tasks in the same one.

    `before` are the notes as they were: what is wrong with their lines was said already.
    """
    if record.KIND != "meeting":
        return Saved(batch.put(record))
    from mentorlog.domain import actions
    from mentorlog.models.meeting import Meeting
    from mentorlog.output.messages import meeting as messages

    assert isinstance(record, Meeting)
    saved = actions.save(batch, record, resolve=here.journal.resolve, now=here.now, before=before)
    named = {task[key] for task in saved.tasks for key in ("owner", "goal") if task[key]}
    view = {**saved.view, "new_tasks": list(saved.tasks)}
    return Saved(view, messages.added(saved.tasks, here.journal.titles(sorted(named))), saved.complaints)


def _told(here: Context, saved: Saved) -> Saved:
    for complaint in saved.complaints:
        here.out.note(complaint)
    return saved


# Taking changes back


def show_undone(here: Context, travel: Travel) -> None:
    """Say what was taken back, and what is now as before."""
    _show_travel(here, travel, "Took back", "undone")


def show_redone(here: Context, travel: Travel) -> None:
    """Say what was done again, and what is now as it was then."""
    _show_travel(here, travel, "Done again", "redone")


def _show_travel(here: Context, travel: Travel, verb: str, key: str) -> None:
    from mentorlog.output.screens import undo as undo_screen

    views = [view for one in travel.moved[: undo_screen.RECORDS] for view in (one.before, one.after) if view]
    titles = here.journal.titles(sorted({target for view in views for _, target in mentions(view)}))
    here.out.page(
        lambda page: undo_screen.lines(verb, travel.names, travel.moved, titles, page),
        {key: travel.names, "changes": list(map(undo_screen.data, travel.moved))},
    )
