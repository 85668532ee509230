"""`mentorlog meeting log`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.flows.screens import prepared
from mentorlog.models.views import View
from mentorlog.output.messages import meeting as messages
from mentorlog.store.journal import Query

if TYPE_CHECKING:
    from mentorlog.domain.meetings import Logged, MeetingLog
    from mentorlog.store.journal import Transaction
from mentorlog.commands.meeting.options import Goals, Kind, Minutes, Mode, goals_named, known_facts, names_of, report

WordsArg = Annotated[
    list[str], opt.argument("MENTOR... [NOTES]", "The mentors, then what was said (- reads stdin)", opt.ids("mentor"))
]
Happened = Annotated[
    str | None, opt.option("--on", metavar="DATE", help="The day it happened (that of the plan, else today)")
]
NextOn = Annotated[str | None, opt.option("--next", metavar="WHEN", help="Plan the next meeting too: 'in 4 weeks'")]
Decisions = Annotated[
    list[str] | None, opt.option("--decision", metavar="TEXT", help="What was decided (may be repeated)")
]
Usefulness = Annotated[int | None, opt.option("--usefulness", metavar="1-5", help="How useful it was", rare=True)]
Feeling = Annotated[str | None, opt.option("--feeling", metavar="TEXT", help="How it felt", rare=True)]
Another = Annotated[bool, opt.option("--new", help="A meeting of its own, whatever was planned", rare=True)]


def run(
    ctx: typer.Context,
    words: WordsArg,
    on: Happened = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    next_: NextOn = None,
    decision: Decisions = None,
    goal: Goals = None,
    mode: Mode = None,
    minutes: Minutes = None,
    kind: Kind = None,
    usefulness: Usefulness = None,
    feeling: Feeling = None,
    new: Another = False,
    link: opt.Links = None,
    tag: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Log a meeting that took place; it completes the one that was planned.

    Without notes, on a terminal, your editor opens (--no-input logs the bare fact). Lines of the notes such as
    "- [ ] @me Draft abstract due:fri goal:g7k3q" become tasks: @me, @them or a mentor; due: and goal: where you like.

    Example: mentorlog meeting log osler "Chose the journal; he reads the draft"
    Example: mentorlog meeting log osler curie --on yesterday -e --next "4 weeks"
    """
    app: App = ctx.obj
    facts = {
        "mode": mode,
        "minutes": minutes,
        "kind": kind,
        "usefulness": usefulness,
        "feeling": app.texts.text(feeling),
    }
    more = {"decisions": app.texts.texts(decision), "tags": tag, "links": app.texts.texts(link), "private": private}
    people, text = _parted(app, words, notes)
    told = _log(app, people, {**facts, **more}, on, next_, goal, new)
    done = _logged(app, people, told, _text(app, people, told, text, edit))
    names = app.journal.titles(done.meeting["mentors"])
    said = messages.logged(done.meeting, done.plan, done.next, names, told.goals)
    data = {**done.meeting, "new_tasks": list(done.tasks), "next_meeting": done.next}
    report(app, said, data, done.tasks, done.complaints)


def _parted(app: App, words: Sequence[str], notes: str | None) -> tuple[list[View], str | None]:
    """Part MENTOR... [NOTES]; the notes may stand behind --notes instead."""
    from mentorlog.domain import meetings

    people, text = meetings.parted(words, app.lookup.mentor)
    if text is not None and notes is not None:
        raise Usage("The notes are given twice.", "give them behind the mentors, or as --notes")
    return people, notes if text is None else text


def _log(
    app: App,
    people: Sequence[View],
    facts: Mapping[str, Any],
    on: str | None,
    next_on: str | None,
    goals: Sequence[str] | None,
    another: bool,
) -> "MeetingLog":
    """Return what the options say of a meeting that took place, all of it checked before anything is written."""
    from mentorlog.domain import meetings
    from mentorlog.models.meeting import Meeting

    ids, usual, known = tuple(one["id"] for one in people), meetings.usual(people), known_facts(facts)
    day = app.lookup.day_before(on) if on else None
    following = {**meetings.agreed(people), **meetings.ahead(next_on, app.today)} if next_on else None
    Meeting(id="new", created=app.now, on=app.today, mentors=ids, **{**usual, **known})
    return meetings.MeetingLog(ids, day, known, goals_named(app, goals), usual, another, following)


def _text(app: App, people: Sequence[View], told: "MeetingLog", text: str | None, edit: bool) -> str | None:
    """Return the notes: as given, or from the editor, which begins with what there is to prepare."""
    from mentorlog.domain import meetings
    from mentorlog.output.screens import prep as layout

    opens = text is None and app.interactive and not {"decisions", "feeling"} & set(told.known)
    if not edit and not opens:
        return app.texts.prose(text)
    known = "\n\n".join(layout.comment(prepared(app, one), app.today) for one in people)
    waiting = app.journal.find(Query("meeting", mentors=told.mentors, statuses=("planned",)))
    plan = None if told.another else meetings.completed_by(waiting, told.mentors, told.on, app.today)
    template = meetings.template(known, plan)
    return meetings.written(app.texts.prose(text, True, template, f"meeting-{people[0]['id']}"), known)


def _logged(app: App, people: Sequence[View], told: "MeetingLog", notes: str | None) -> "Logged":
    """Keep a meeting that took place, its tasks and the next meeting as one operation."""
    from mentorlog.domain import meetings

    whole = told._replace(known={**told.known, "notes": notes})
    waiting = Query("meeting", mentors=told.mentors, statuses=("planned",))

    def work(transaction: "Transaction") -> "Logged":
        plans = transaction.find(waiting)
        return meetings.log(transaction, plans, whole, resolve=app.journal.resolve, today=app.today, now=app.now)

    return app.journal.change(f"meeting log: {names_of(people)}", work)
