"""`mentorlog meeting`: plan, prepare and log meetings."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.flows.screens import prepared
from mentorlog.models.views import MOVED, View
from mentorlog.output.messages import meeting as messages
from mentorlog.store.journal import Query

if TYPE_CHECKING:
    from mentorlog.domain.actions import Saved
    from mentorlog.domain.meetings import Logged, MeetingLog
    from mentorlog.models.meeting import Meeting
    from mentorlog.store.journal import Transaction

app = typer.Typer(
    help='Example: mentorlog meeting prep osler\nExample: mentorlog meeting log osler "Chose the journal"'
)

WordsArg = Annotated[
    list[str], opt.argument("MENTOR... [NOTES]", "The mentors, then what was said (- reads stdin)", opt.ids("mentor"))
]
When = Annotated[str | None, opt.option("--on", metavar="WHEN", help="The day, with the hour or without: fri 14:00")]
Happened = Annotated[
    str | None, opt.option("--on", metavar="DATE", help="The day it happened (that of the plan, else today)")
]
NextOn = Annotated[str | None, opt.option("--next", metavar="WHEN", help="Plan the next meeting too: 'in 4 weeks'")]
Agenda = Annotated[
    list[str] | None, opt.option("--agenda", "-a", metavar="TEXT", help="Something to talk about (may be repeated)")
]
Goals = Annotated[
    list[str] | None,
    opt.option("--goal", "-g", metavar="GOAL", help="About this goal (may be repeated)", completion=opt.ids("goal")),
]
Decisions = Annotated[
    list[str] | None, opt.option("--decision", metavar="TEXT", help="What was decided (may be repeated)")
]
Mode = Annotated[str | None, opt.choice("--mode", of=vocabulary.MODES)]
Kind = Annotated[str | None, opt.choice("--kind", "-k", of=vocabulary.MEETING_KINDS, metavar="KIND")]
Status = Annotated[str | None, opt.state(*vocabulary.MEETING_STATUSES)]
All = Annotated[bool, opt.option("--all", help="Those cancelled or missed too")]
Minutes = Annotated[int | None, opt.option("--minutes", metavar="N", help="How long, in minutes", rare=True)]
Usefulness = Annotated[int | None, opt.option("--usefulness", metavar="1-5", help="How useful it was", rare=True)]
Feeling = Annotated[str | None, opt.option("--feeling", metavar="TEXT", help="How it felt", rare=True)]
Another = Annotated[bool, opt.option("--new", help="A meeting of its own, whatever was planned", rare=True)]
ByThem = Annotated[bool, opt.option("--by-them", help="They called it off, not I")]
Missed = Annotated[bool, opt.option("--missed", help="It was not called off: somebody did not come")]


@app.command("plan")
def plan(
    ctx: typer.Context,
    mentors: opt.MaybeMentorsArg = None,
    on: When = None,
    agenda: Agenda = None,
    goal: Goals = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    mode: Mode = None,
    minutes: Minutes = None,
    kind: Kind = None,
    link: opt.Links = None,
    tag: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Plan a meeting with one or more mentors.

    Mode and length are those agreed with the mentor (mentor cadence) where nothing else is said.

    Example: mentorlog meeting plan osler --on "fri 14:00" -a "Choice of journal"
    """
    app: App = ctx.obj
    facts = {"mode": mode, "minutes": minutes, "kind": kind, "tags": tag, "links": app.texts(link), "private": private}
    people = list({one["id"]: one for one in map(app.mentor, mentors or _whom(app))}.values())
    about = _goals(app, goal)
    meeting = _new(app, people, facts, on, app.texts(agenda) or ()).about(about)
    saved = _saved(app, meeting, app.prose(notes, edit, name="meeting-plan"), f"meeting plan: {_names(people)}")
    where = messages.when(saved.view) + messages.about_goals(about)
    said = f"Planned meeting {saved.view['id']} with {_names(people)} on {where}."
    _report(app, [said], {**saved.view, "new_tasks": list(saved.tasks)}, saved.tasks, saved.complaints)


@app.command("log")
def log(
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
    facts = {"mode": mode, "minutes": minutes, "kind": kind, "usefulness": usefulness, "feeling": app.text(feeling)}
    more = {"decisions": app.texts(decision), "tags": tag, "links": app.texts(link), "private": private}
    people, text = _parted(app, words, notes)
    told = _log(app, people, {**facts, **more}, on, next_, goal, new)
    done = _logged(app, people, told, _text(app, people, told, text, edit))
    names = app.reading.titles(done.meeting["mentors"])
    said = messages.logged(done.meeting, done.plan, done.next, names, told.goals)
    data = {**done.meeting, "new_tasks": list(done.tasks), "next_meeting": done.next}
    _report(app, said, data, done.tasks, done.complaints)


@app.command("list")
def list_(
    ctx: typer.Context,
    with_: opt.WithMentors = None,
    since: opt.Since = None,
    until: opt.Until = None,
    status: Status = None,
    kind: Kind = None,
    all_: All = False,
    goal: opt.GoalOption = None,
    tag: opt.Tags = None,
) -> None:
    """List the meetings that are planned or were held, the newest first.

    --all takes those that were cancelled or missed along. --goal takes the meetings whose agenda names the goal.

    Example: mentorlog meeting list --with osler --since "6 months ago"
    """
    app: App = ctx.obj
    asked = Query(
        "meeting", statuses=_statuses(status, all_), mentors=app.mentor_ids(with_), kinds=_kinds(kind),
        goals=(app.goal(goal)["id"],) if goal else (), tags=tuple(tag or ()), since=app.day_text(since),
        until=app.day_text(until),
    )  # fmt: skip
    app.out.listing(app.reading.find(asked), messages.COLUMNS, "No meetings found.", app.reading.problems)


@app.command("move")
def move(ctx: typer.Context, meeting: opt.MeetingArg, date: opt.DateArg, message: opt.Message = None) -> None:
    """Move a planned meeting to another day.

    The hour stays where none is given; a reason is kept in the notes.

    Example: mentorlog meeting move m4k2p "mon 9:30" -m "He is on call"
    """
    from mentorlog.domain import meetings
    from mentorlog.models.meeting import Meeting

    app: App = ctx.obj
    found, to = app.meeting(meeting), meetings.ahead(date, app.today)
    reason = app.prose(message)
    why = f"{MOVED}{messages.when(found)}: {reason}" if reason else None
    title = _title(app, found)
    change = lambda m: m.moved(to["on"], to["at"], why)  # noqa: E731
    view = app.journal.update(Meeting, found["id"], name=f"meeting move: {title}", change=change)
    said = f"Moved {title} from {messages.when(found)} to {messages.when(view)}." if _differ(found, view) else ""
    app.out.say(said or f"Nothing to move: {title} is on {messages.when(view)} already.", view)


@app.command("cancel")
def cancel(
    ctx: typer.Context,
    meeting: opt.MeetingArg,
    by_them: ByThem = False,
    missed: Missed = False,
    message: opt.Message = None,
) -> None:
    """Cancel a planned meeting, or note that somebody did not come.

    It stays in the journal; a reason is kept in its notes.

    Example: mentorlog meeting cancel m4k2p --by-them -m "Called to theatre"
    """
    from mentorlog.models.meeting import Meeting

    app: App = ctx.obj
    found = app.meeting(meeting)
    by = _by(by_them, missed, found)
    reason, title = app.prose(message), f"{_title(app, found)} on {messages.when(found)}"
    change = lambda m: m.missed(reason, on=app.today) if missed else m.cancelled(by, reason, on=app.today)  # noqa: E731
    view = app.journal.update(Meeting, found["id"], name=f"meeting cancel: {title}", change=change)
    said = (
        f"Noted {title} as missed." if missed else f"Cancelled {title}{', called off by them' if by == 'them' else ''}."
    )
    app.out.say(said if _differ(found, view) else f"Nothing to do: {title} is {view['status']} already.", view)


@app.command("prep")
def prep(ctx: typer.Context, mentor: opt.MentorArg) -> None:
    """Show what to prepare for the next meeting with a mentor, on one screen to look at or to print.

    Since last time: what I owe, what they promised, drafts with them. Then questions, goals and changes not yet told.

    Example: mentorlog meeting prep osler
    """
    from mentorlog.output.screens import prep as layout

    app: App = ctx.obj
    found = prepared(app, app.mentor(mentor))
    app.out.page(lambda page: layout.lines(found, page, app.today), found, problems=app.reading.problems)


# Words to values


def _statuses(status: str | None, all_: bool) -> tuple[str, ...]:
    if status is None:
        return () if all_ else ("planned", "held")
    from mentorlog.models.rules import among

    return (among(status, "status", vocabulary.MEETING_STATUSES),)


def _kinds(kind: str | None) -> tuple[str, ...]:
    from mentorlog.models.rules import among

    return (among(kind, "kind", vocabulary.MEETING_KINDS),) if kind else ()


def _by(by_them: bool, missed: bool, found: View) -> str:
    """Return who called it off: as said, else as it is known already, else I."""
    if by_them and missed:
        raise Usage("--by-them and --missed do not go together.", "a meeting is called off, or somebody did not come")
    return "them" if by_them else found["cancelled_by"] or vocabulary.ME


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that something was said of."""
    said = {name: value for name, value in facts.items() if name != "private" and value is not None}
    return {**said, "visibility": "private"} if facts["private"] else said


def _goals(app: App, words: Sequence[str] | None) -> dict[str, str]:
    return {view["id"]: view["title"] for view in map(app.goal, words or ())}


def _new(
    app: App,
    people: Sequence[View],
    facts: Mapping[str, Any],
    on: str | None,
    agenda: Sequence[str],
) -> "Meeting":
    """Return the planned meeting that the words mean; the day is asked for where it is missing."""
    from mentorlog.domain import meetings
    from mentorlog.models.meeting import AgendaItem, Meeting

    def ahead(words: str) -> dict[str, Any]:
        return meetings.ahead(words, app.today)

    when = ahead(on or app.ask("When? (fri 14:00)", option="--on WHEN", check=ahead))
    values = {**meetings.agreed(people), **when, **_known(facts)}
    items = tuple(AgendaItem(text=text) for text in agenda)
    ids = tuple(dict.fromkeys(one["id"] for one in people))
    return Meeting(id="new", created=app.now, mentors=ids, agenda=items, **values)


def _whom(app: App) -> list[str]:
    """Ask with whom a meeting is planned."""
    known = lambda text: app.several_mentors(text) or app.mentor(text)  # noqa: E731
    text = app.ask("With whom? (commas between)", option="MENTOR", check=known)
    return [word.strip() for word in text.split(",") if word.strip()]


def _parted(app: App, words: Sequence[str], notes: str | None) -> tuple[list[View], str | None]:
    """Part MENTOR... [NOTES]; the notes may stand behind --notes instead."""
    from mentorlog.domain import meetings

    people, text = meetings.parted(words, app.mentor)
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

    ids, usual, known = tuple(one["id"] for one in people), meetings.usual(people), _known(facts)
    day = app.day_before(on) if on else None
    following = {**meetings.agreed(people), **meetings.ahead(next_on, app.today)} if next_on else None
    Meeting(id="new", created=app.now, on=app.today, mentors=ids, **{**usual, **known})
    return meetings.MeetingLog(ids, day, known, _goals(app, goals), usual, another, following)


def _text(app: App, people: Sequence[View], told: "MeetingLog", text: str | None, edit: bool) -> str | None:
    """Return the notes: as given, or from the editor, which begins with what there is to prepare."""
    from mentorlog.domain import meetings
    from mentorlog.output.screens import prep as layout

    opens = text is None and app.interactive and not {"decisions", "feeling"} & set(told.known)
    if not edit and not opens:
        return app.prose(text)
    known = "\n\n".join(layout.comment(prepared(app, one), app.today) for one in people)
    waiting = app.reading.find(Query("meeting", mentors=told.mentors, statuses=("planned",)))
    plan = None if told.another else meetings.completed_by(waiting, told.mentors, told.on, app.today)
    template = meetings.template(known, plan)
    return meetings.written(app.prose(text, True, template, f"meeting-{people[0]['id']}"), known)


# Saving


def _saved(app: App, meeting: "Meeting", notes: str | None, name: str) -> "Saved":
    """Keep a meeting that is planned, and the tasks of its action lines, as one operation."""
    from dataclasses import replace

    from mentorlog.domain import actions

    def work(transaction: "Transaction") -> "Saved":
        whole = replace(meeting, id=transaction.new_id("meeting"), notes=notes or None)
        return actions.save(transaction, whole, resolve=app.reading.resolve, now=app.now)

    return app.journal.change(name, work)


def _logged(app: App, people: Sequence[View], told: "MeetingLog", notes: str | None) -> "Logged":
    """Keep a meeting that took place, its tasks and the next meeting as one operation."""
    from mentorlog.domain import meetings

    whole = told._replace(known={**told.known, "notes": notes})
    waiting = Query("meeting", mentors=told.mentors, statuses=("planned",))

    def work(transaction: "Transaction") -> "Logged":
        plans = transaction.find(waiting)
        return meetings.log(transaction, plans, whole, resolve=app.reading.resolve, today=app.today, now=app.now)

    return app.journal.change(f"meeting log: {_names(people)}", work)


# What is said


def _names(people: Sequence[View]) -> str:
    return messages.joined([str(one["name"]) for one in people])


def _title(app: App, view: View) -> str:
    return messages.title(view, app.reading.titles(view["mentors"]))


def _differ(before: View, after: View) -> bool:
    return any(before.get(key) != value for key, value in after.items())


def _report(app: App, lines: list[str], meeting: View, made: Sequence[View], complaints: Sequence[str]) -> None:
    """Say what was done and which tasks it made; then, on stderr, which action lines made none."""
    names = app.reading.titles([id for task in made for id in (task["owner"], task["goal"]) if id])
    app.out.say([*lines, *messages.added(made, names)], meeting)
    for complaint in complaints:
        app.out.note(complaint)
    if complaints:
        app.out.note(f"The notes are saved as they are; correct a line with: mentorlog edit {meeting['id']}")
