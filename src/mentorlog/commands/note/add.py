"""`mentorlog note add`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.output.messages import note as messages
from mentorlog.output.phrases import joined, origin, shorten

if TYPE_CHECKING:
    from mentorlog.models.note import Note
from mentorlog.commands.note.options import _KIND

Kind = Annotated[str | None, _KIND]
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
Notes = Annotated[
    str | None, opt.option("--notes", metavar="TEXT|-", help="Notes in Markdown (- reads stdin)", rare=True)
]
_QUESTIONS = {
    "kind": "Which kind? (note, reflection, question, advice, feedback, win …; Enter: note)",
    "goal": "For which goal? (its id; Enter: none)",
    "on": "On which day? (Enter: today)",
}


def run(
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
    view = app.journal.add(note, name=f"note add: {shorten(note.heading)}")
    app.out.say(messages.noted("Added", view, words), view)


def _new_note(
    app: App, given: Mapping[str, Any], texts: Mapping[str, str | None], edit: bool
) -> tuple["Note", list[str]]:
    """Return the note that the words mean, and how they were understood; what is named is looked up before all else."""
    from mentorlog.models.note import Note
    from mentorlog.models.rules import among

    kind, day = among(given["kind"] or "note", "kind", vocabulary.NOTE_KINDS), app.lookup.day_before(given["on"])
    mentors = app.lookup.mentor_ids(given["with"])
    goal = app.lookup.goal(given["goal"]) if given["goal"] else None
    meeting = app.lookup.meeting(given["meeting"]) if given["meeting"] else None
    text = app.texts.prose(given["text"], edit, name="note") or ""
    more = {name: app.texts.prose(value) or None for name, value in texts.items()}
    is_open = kind in vocabulary.OPENING_NOTES and more["outcome"] is None
    note = Note(
        id=app.journal.new_id("note"), created=app.now, on=day, kind=kind, text=text, mentors=mentors,
        goal=goal["id"] if goal else None, meeting=meeting["id"] if meeting else None,
        status="open" if is_open else "closed", visibility=given["visibility"],
        closed_on=day if kind in vocabulary.OPENING_NOTES and not is_open else None, outcome=more["outcome"],
        notes=more["notes"], tags=tuple(given["tags"] or ()), links=app.texts.texts(given["links"]) or (),
    )  # fmt: skip
    names = app.journal.titles(mentors)
    words = [kind] if kind != "note" else []
    words += [f"with {joined([names[id] for id in mentors])}"] if mentors else []
    words += origin(goal, meeting)
    return note, [*words, *([app.lookup.format_day(day)] if given["on"] else [])]


def _asked(app: App, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask for the text and what else was not given; all but the text may stay unanswered."""
    from mentorlog.models.rules import among, clean_line

    text = app.prompt.ask("What is it?", option="TEXT", check=lambda text: clean_line(text, "text"))
    checks = {
        "kind": lambda word: among(word, "kind", vocabulary.NOTE_KINDS),
        "goal": app.lookup.goal,
        "on": app.lookup.day_before,
    }
    return {**app.prompt.fill(given, _QUESTIONS, checks), "text": text}


def _visibility(private: bool, visibility: str | None) -> str:
    """Notes are private; the two options may say the same, not different things."""
    from mentorlog.models.rules import among

    word = among(visibility or "private", "visibility", vocabulary.VISIBILITIES)
    if private and word != "private":
        raise Usage(f"--private and --visibility {word} do not go together.", "leave one of them out")
    return word
