"""`mentorlog note`: what was thought, asked, advised, said of one's work, and won."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog import dates, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.models.views import View, heading, made_at
from mentorlog.output.messages import task as messages
from mentorlog.output.table import ID, Column
from mentorlog.store.journal import Query

if TYPE_CHECKING:
    from mentorlog.models.note import Note
    from mentorlog.store.journal import Transaction

app = typer.Typer(
    help='Example: mentorlog note add "Draw the differential first" --kind advice\nExample: mentorlog note list --open'
)

_KIND = opt.choice("--kind", "-k", of=vocabulary.NOTE_KINDS, metavar="KIND", rare=False)
Kind = Annotated[str | None, _KIND]
Kinds = Annotated[list[str] | None, _KIND]
Meeting = Annotated[
    str | None, opt.option("--meeting", metavar="MEETING", help="From this meeting", completion=opt.ids("meeting"))
]
Visibility = Annotated[
    str | None,
    opt.option(
        "--visibility",
        metavar="WORD",
        help="private (as notes are), mentor, program or open",
        completion=opt.words(*vocabulary.VISIBILITIES),
        rare=True,
    ),
]
Outcome = Annotated[
    str | None, opt.option("--outcome", metavar="TEXT|-", help="What came of it, if that is known", rare=True)
]
Status = Annotated[str | None, opt.state(*vocabulary.NOTE_STATUSES, rare=True)]
Open = Annotated[bool, opt.option("--open", help="Only those that are open")]
Notes = Annotated[
    str | None, opt.option("--notes", metavar="TEXT|-", help="Notes in Markdown (- reads stdin)", rare=True)
]

_QUESTIONS = {
    "kind": "Which kind? (note, reflection, question, advice, feedback, win …; Enter: note)",
    "goal": "For which goal? (its id; Enter: none)",
    "on": "On which day? (Enter: today)",
}


@app.command("add")
def add(
    ctx: typer.Context,
    text: opt.TextArg = None,
    kind: Kind = None,
    with_: opt.WithMentors = None,
    goal: opt.GoalOption = None,
    on: opt.OnDate = None,
    meeting: Meeting = None,
    edit: opt.Edit = False,
    outcome: Outcome = None,
    notes: Notes = None,
    link: opt.Links = None,
    tag: opt.Tags = None,
    private: opt.Private = False,
    visibility: Visibility = None,
) -> None:
    """Keep a note: a reflection, a question, advice, feedback, a win …

    A question, advice, feedback and a change stay open until they are closed with what came of them. Notes are
    private unless --visibility says otherwise.

    Example: mentorlog note add "Draw the differential first" -k advice -w osler
    Example: mentorlog note add - --kind reflection < thoughts.md
    """
    app: App = ctx.obj
    given = {"text": text, "kind": kind, "goal": goal, "on": on}
    more = {"with": with_, "meeting": meeting, "tags": tag, "links": link}
    seen = _visibility(private, visibility)
    answers = given if edit or text is not None else _asked(app, given)
    note, words = _new_note(app, {**answers, **more, "visibility": seen}, {"outcome": outcome, "notes": notes}, edit)
    view = app.journal.add(note, name=f"note add: {messages.echo(note.heading)}")
    app.out.say(messages.noted("Added", view, words), view)


@app.command("list")
def list_(
    ctx: typer.Context,
    kind: Kinds = None,
    with_: opt.WithMentors = None,
    goal: opt.GoalOption = None,
    open_: Open = False,
    since: opt.Since = None,
    until: opt.Until = None,
    status: Status = None,
    tag: opt.Tags = None,
) -> None:
    """List notes, the newest first, each with the first line of its text.

    Example: mentorlog note list --kind question --with osler --open
    """
    app: App = ctx.obj
    query = Query(
        "note", statuses=_statuses(status, open_), mentors=app.mentor_ids(with_), kinds=_kinds(kind),
        goals=(app.goal(goal)["id"],) if goal else (), tags=tuple(tag or ()), since=app.day_text(since),
        until=app.day_text(until),
    )  # fmt: skip
    found = sorted(app.reading.find(query), key=lambda note: (note["on"], made_at(note)), reverse=True)
    app.out.listing(found, COLUMNS, "No notes found.", app.reading.problems)


@app.command("close")
def close(
    ctx: typer.Context,
    note: opt.NoteArg,
    message: opt.Message = None,
    on: opt.OnDate = None,
    edit: opt.Edit = False,
) -> None:
    """Close a question, advice, feedback or a change, with what came of it.

    The outcome is the answer; what you tried and how it went; what you changed.

    Example: mentorlog note close n4k2q -m "Tried it on ward rounds; it works"
    """
    app: App = ctx.obj
    found, day = app.note(note), app.day_before(on)
    outcome = app.prose(message, edit, name="outcome")
    view, moved = _changed(app, found, "close", lambda n: n.closed(on=day, outcome=outcome))
    app.out.say(messages.closed(view, moved, again=found["status"] == "closed"), view)


@app.command("tell")
def tell(ctx: typer.Context, note: opt.NoteArg, mentor: opt.MentorArg, on: opt.OnDate = None) -> None:
    """Record that a mentor has been told of a note: how their advice went, what was changed.

    Example: mentorlog note tell n4k2q osler
    """
    app: App = ctx.obj
    found, who, day = app.note(note), app.mentor(mentor), app.day_before(on)
    view, moved = _changed(app, found, "tell", lambda n: n.known_to(who["id"], on=day))
    app.out.say(messages.told(view, who, moved), view)


COLUMNS = (
    ID,
    Column("on", lambda note: dates.say(note["on"]), keep=7),
    Column("kind", lambda note: note["kind"], keep=6),
    Column("status", lambda note: _status(note), style=lambda n: "yellow" if n["status"] == "open" else "dim", keep=5),
    Column("with", lambda note: ", ".join(note["mentors"]), keep=4),
    Column("text", heading, shrink=True),
)


def _status(note: View) -> str | None:
    """Only a few kinds are ever open; of the others closed says nothing."""
    return note["status"] if note["status"] == "open" or note["closed_on"] else None


# Words to values


def _new_note(
    app: App, given: Mapping[str, Any], texts: Mapping[str, str | None], edit: bool
) -> tuple["Note", list[str]]:
    """Return the note that the words mean, and how they were understood; what is named is looked up before all else."""
    from mentorlog.models.note import Note
    from mentorlog.models.rules import among

    kind, day = among(given["kind"] or "note", "kind", vocabulary.NOTE_KINDS), app.day_before(given["on"])
    mentors = app.mentor_ids(given["with"])
    goal = app.goal(given["goal"]) if given["goal"] else None
    meeting = app.meeting(given["meeting"]) if given["meeting"] else None
    text = app.prose(given["text"], edit, name="note") or ""
    more = {name: app.prose(value) or None for name, value in texts.items()}
    is_open = kind in vocabulary.OPENING_NOTES and more["outcome"] is None
    note = Note(
        id=app.journal.new_id("note"), created=app.now, on=day, kind=kind, text=text, mentors=mentors,
        goal=goal["id"] if goal else None, meeting=meeting["id"] if meeting else None,
        status="open" if is_open else "closed", visibility=given["visibility"],
        closed_on=day if kind in vocabulary.OPENING_NOTES and not is_open else None, outcome=more["outcome"],
        notes=more["notes"], tags=tuple(given["tags"] or ()), links=app.texts(given["links"]) or (),
    )  # fmt: skip
    names = app.reading.titles(mentors)
    words = [kind] if kind != "note" else []
    words += [f"with {' and '.join(names[id] for id in mentors)}"] if mentors else []
    words += messages.linked(goal, meeting)
    return note, [*words, *([app.say_day(day)] if given["on"] else [])]


def _asked(app: App, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask for the text and what else was not given; all but the text may stay unanswered."""
    from mentorlog.models.rules import among, clean_line

    text = app.ask("What is it?", option="TEXT", check=lambda text: clean_line(text, "text"))
    checks = {"kind": lambda word: among(word, "kind", vocabulary.NOTE_KINDS), "goal": app.goal, "on": app.day_before}
    return {**app.fill(given, _QUESTIONS, checks), "text": text}


def _visibility(private: bool, visibility: str | None) -> str:
    """Notes are private; the two options may say the same, not different things."""
    from mentorlog.models.rules import among

    word = among(visibility or "private", "visibility", vocabulary.VISIBILITIES)
    if private and word != "private":
        raise Usage(f"--private and --visibility {word} do not go together.", "leave one of them out")
    return word


def _statuses(status: str | None, open_: bool) -> tuple[str, ...]:
    if status is None:
        return ("open",) if open_ else ()
    from mentorlog.models.rules import among

    word = among(status, "status", vocabulary.NOTE_STATUSES)
    if open_ and word != "open":
        raise Usage(f"--open and --status {word} do not go together.", "leave one of them out")
    return (word,)


def _kinds(kinds: Sequence[str] | None) -> tuple[str, ...]:
    if not kinds:
        return ()
    from mentorlog.models.rules import among

    return tuple(among(kind, "kind", vocabulary.NOTE_KINDS) for kind in kinds)


# Saving


def _changed(app: App, found: View, command: str, change: "Callable[[Note], Note]") -> tuple[View, bool]:
    """Change a note as one operation; return its view, and whether anything is different."""
    from mentorlog.models.note import Note

    def work(transaction: "Transaction") -> tuple[View, bool]:
        old = transaction.get(Note, found["id"])
        new = change(old)
        return transaction.put(new), new is not old

    return app.journal.change(f"note {command}: {messages.echo(heading(found))}", work)
