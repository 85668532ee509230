"""`mentorlog goal`: what the resident wants, from the first words to the day it is reached or let go."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.domain import computed
from mentorlog.errors import BadValue
from mentorlog.models.views import View
from mentorlog.output.messages import goal as messages
from mentorlog.store.journal import Query

if TYPE_CHECKING:
    from mentorlog.models.goal import Goal

app = typer.Typer(
    help='Example: mentorlog goal add "Submit case report" --by "in 6 weeks"\nExample: mentorlog goal list --drifting'
)

Words = dict[str, Any]

_STANDS = {
    "active": "active",
    "paused": "paused",
    "achieved": "achieved",
    "partly": "partly achieved",
    "dropped": "dropped",
}

Status = Annotated[str | None, opt.state(*vocabulary.GOAL_STATUSES)]
_HORIZONS = opt.words(*vocabulary.HORIZONS)
Horizon = Annotated[
    str | None,
    opt.option("--horizon", metavar="WORD", help=opt.either(*vocabulary.HORIZONS), completion=_HORIZONS, rare=True),
]
Domain = Annotated[
    str | None,
    opt.option(
        "--domain",
        metavar="WORD",
        help=f"{', '.join(vocabulary.DOMAINS)} …",
        completion=opt.words(*vocabulary.DOMAINS),
        rare=True,
    ),
]
Parent = Annotated[
    str | None,
    opt.option("--parent", metavar="GOAL", help="Part of this goal", completion=opt.ids("goal"), rare=True),
]
Why = Annotated[str | None, opt.option("--why", metavar="TEXT", help="What it is for")]
Measure = Annotated[str | None, opt.option("--measure", metavar="TEXT", help="How I will know that it is reached")]
_COMPETENCIES = opt.words(*vocabulary.COMPETENCIES)
Competency = Annotated[
    str | None,
    opt.option(
        "--competency", metavar="WORD", help=opt.either(*vocabulary.COMPETENCIES), completion=_COMPETENCIES, rare=True
    ),
]
Baseline = Annotated[str | None, opt.option("--baseline", metavar="TEXT", help="Where I stand now", rare=True)]


@app.command("add")
def add(
    ctx: typer.Context,
    title: opt.TitleArg = None,
    by: opt.By = None,
    mentors: opt.WithMentors = None,
    why: Why = None,
    measure: Measure = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    horizon: Horizon = None,
    domain: Domain = None,
    competency: Competency = None,
    priority: opt.Priority = None,
    parent: Parent = None,
    baseline: Baseline = None,
    tags: opt.Tags = None,
    links: opt.Links = None,
    private: opt.Private = False,
) -> None:
    """Set a goal.

    Only the title is needed; everything else can come later, with goal revise.

    Example: mentorlog goal add "Submit case report" --by "in 6 weeks" -w osler
    """
    app: App = ctx.obj
    said = {"title": title, "why": why, "measure": measure, "by": by, "mentors": mentors, "parent": parent}
    kinds = {"horizon": horizon, "domain": domain, "competency": competency, "priority": priority}
    more = {"tags": tags, "links": app.texts(links), "baseline": baseline, "notes": notes, "private": private}
    goal, people, above = _new(app, {**said, **kinds, **more}, edit)
    view = app.journal.add(goal, name=f"goal add: {goal.title}")
    app.out.say(messages.added(view, people, above), view)


def _new(app: App, said: Words, edit: bool) -> tuple["Goal", list[View], View | None]:
    """Return the goal that the words describe, its mentors and its parent; without a title they are asked for."""
    from mentorlog.models.goal import Goal

    if said["title"] is None:
        said = {**said, **_asked(app, said)}
    people = {one["id"]: one for one in map(app.mentor, said.pop("mentors") or ())}
    lines = {key: app.text(said[key]) for key in ("title", "why", "measure", "baseline")}
    above = app.goal(said["parent"]) if said["parent"] else None
    visibility = "private" if said.pop("private") else None
    notes = said.pop("notes")
    found = {**said, **lines, "by": app.day_ahead(said["by"]), "visibility": visibility}
    given = {**{key: value for key, value in found.items() if value is not None}, "parent": above and above["id"]}
    goal = Goal(id=app.journal.new_id("goal"), created=app.now, **given).shared(*people)
    return replace(goal, notes=app.prose(notes, edit, name="goal")), list(people.values()), above


def _asked(app: App, said: Words) -> Words:
    """Ask for the title and what makes a goal clear; five questions, all but the first may stay unanswered."""
    from mentorlog.models.record import clean_line

    title = app.ask("What do you want to reach?", option="TITLE", check=lambda text: clean_line(text, "title"))
    questions = {
        "why": "What is it for? (Enter: not said)",
        "measure": "How will you know that it is reached? (Enter: not said)",
        "by": "By when? (in 6 weeks, 3 feb, 2027-02-03; Enter: no date)",
        "mentors": "With which mentors? (commas between; Enter: nobody)",
    }
    checks = {"by": app.day_ahead, "mentors": app.several_mentors}
    answers: Words = app.fill({key: said[key] for key in questions}, questions, checks)
    if isinstance(answers["mentors"], str):
        answers["mentors"] = [name.strip() for name in answers["mentors"].split(",") if name.strip()]
    return {**answers, "title": title}


@app.command("list")
def list_goals(
    ctx: typer.Context,
    mentors: opt.WithMentors = None,
    drifting: Annotated[
        bool, opt.option("--drifting", help="Only those that drift: past their date, or quiet")
    ] = False,
    status: Status = None,
    all: opt.All = False,
    until: Annotated[str | None, opt.option("--until", metavar="DATE", help="To be reached by this day")] = None,
    domain: Domain = None,
    horizon: Horizon = None,
    tags: opt.Tags = None,
    parent: Parent = None,
) -> None:
    """List the goals that are open, the nearest date first.

    A goal drifts when it is past its date, or when nothing has shown for six weeks that it moves.

    Example: mentorlog goal list --with osler --drifting
    """
    app: App = ctx.obj
    whom = tuple(app.mentor(text)["id"] for text in mentors or ())
    latest = app.day_ahead(until)
    query = Query("goal", statuses=_statuses(status, all), mentors=whom, tags=tuple(tags or ()), until=latest)
    narrow = _narrow(app, domain, horizon, parent, drifting)
    goals = computed.goals(app.reading.find(query), app.reading, app.today)
    found = [goal for goal in goals if narrow.items() <= goal.items()]
    if latest:
        app.out.note(f"To be reached by {app.say_day(latest)}:")
    app.out.listing(found, messages.columns(app.today), empty=_none(narrow, query), problems=app.reading.problems)


def _statuses(status: str | None, all: bool) -> tuple[str, ...]:
    if status is None:
        return () if all else vocabulary.OPEN_GOALS
    from mentorlog.models.rules import among

    return (among(status, "status", vocabulary.GOAL_STATUSES),)


def _narrow(app: App, domain: str | None, horizon: str | None, parent: str | None, drifting: bool) -> Words:
    """Return the fields that the goals of a list must have."""
    if domain or horizon:
        from mentorlog.models.rules import among, short_word

        domain = short_word(domain, "domain") if domain else None
        horizon = among(horizon, "horizon", vocabulary.HORIZONS) if horizon else None
    above = app.goal(parent)["id"] if parent else None
    wanted = {"domain": domain, "horizon": horizon, "parent": above, "drifting": drifting or None}
    return {field: value for field, value in wanted.items() if value is not None}


def _none(narrow: Words, query: Query) -> str:
    """Return what an empty list says."""
    if narrow.get("drifting"):
        return "No goal is drifting."
    if narrow or query != Query("goal", statuses=vocabulary.OPEN_GOALS):
        return "No goal fits."
    return "No open goals. Set one with: mentorlog goal add TITLE"


@app.command("tell")
def tell(ctx: typer.Context, goal: opt.GoalArg, mentor: opt.MentorArg, on: opt.OnDate = None) -> None:
    """Record that a mentor has been told of a goal.

    The date counts: what changes after it they do not know yet, until you tell them again. A mentor who was not among
    those of the goal is from now on.

    Example: mentorlog goal tell g7k3q osler
    """
    app: App = ctx.obj
    found, who, day = app.goal(goal), app.mentor(mentor), app.day_before(on)
    title = f"goal {found['id']}: {found['title']}"
    known = next((one["told_on"] for one in found["mentors"] if one["mentor"] == who["id"]), None)
    if known == day.isoformat():
        app.out.say(f"{who['name']} has been told of {title}, on {app.say_day(known)} already.", found)
        return
    view = _update(app, "tell", found, lambda now: now.told(who["id"], on=day))
    app.out.say(f"Told {who['name']} of {title}, on {app.say_day(day)}.", view)


def _update(app: App, verb: str, found: View, change: Callable[["Goal"], "Goal"]) -> View:
    """Change a goal as one operation, named by the verb."""
    from mentorlog.models.goal import Goal

    return app.journal.update(Goal, found["id"], name=f"goal {verb}: {found['title']}", change=change)


@app.command("progress")
def progress(
    ctx: typer.Context,
    goal: opt.GoalArg,
    percent: Annotated[str | None, opt.argument("PERCENT", "How far it is, from 0 to 100")] = None,
    message: opt.Message = None,
    on: opt.OnDate = None,
) -> None:
    """Note how far a goal is: a percentage, words, or both.

    Example: mentorlog goal progress g7k3q 40 -m "Draft with Dr Osler"
    """
    app: App = ctx.obj
    found, day = app.goal(goal), app.day_before(on)
    if percent is None and message is None:
        percent, message = _far(
            app.ask("How far is it, in percent or in words?", option="PERCENT or --message TEXT (-m)")
        )
    text, number = app.text(message), None if percent is None else _number(percent)
    view = _update(app, "progress", found, lambda now: now.progressed(number, text, on=day))
    said = "" if number is None else f", {number}%"
    app.out.say(f"Noted progress of goal {view['id']}: {view['title']}{said}, on {app.say_day(day)}.", view)


def _far(answer: str) -> tuple[str | None, str | None]:
    """Part an answer into a percentage or words."""
    return (answer, None) if answer.removesuffix("%").strip().isdecimal() else (None, answer)


def _number(text: str) -> int:
    """Return a percentage as a number; BadValue for words."""
    digits = text.strip().removesuffix("%").strip()
    if digits.isascii() and digits.isdigit() and int(digits[:9]) <= 100:
        return int(digits)
    raise BadValue("percent", "PERCENT is a number from 0 to 100.", "say it in words with --message TEXT")


@app.command("revise")
def revise(
    ctx: typer.Context,
    goal: opt.GoalArg,
    pairs: opt.PairsArg = None,
    clear: opt.Clear = None,
    message: opt.Message = None,
    on: opt.OnDate = None,
) -> None:
    """Change what a goal says, and keep what it said and why it was changed.

    Days are words, lists take commas; mentors=osler,curie. What only was mistyped is corrected with set.

    Example: mentorlog goal revise g7k3q by="1 mar" --clear why -m "New format"
    """
    app: App = ctx.obj
    found, day, words = app.goal(goal), app.day_before(on), app.pairs(pairs, clear)
    reason = _reason(app, message, "Why is it changed?")

    def change(now: "Goal") -> "Goal":
        return now.revised(app.journal.assigned(now, words, clear or ()), on=day, reason=reason)

    view = _update(app, "revise", found, change)
    entries = view["history"][len(found["history"]) :]
    app.out.say(messages.revision(view, entries, app.reading.titles(messages.linked(entries))), view)


def _reason(app: App, message: str | None, question: str) -> str:
    """Return the reason, asked for where it was not given."""
    from mentorlog.models.rules import clean_line

    given = app.text(message)
    return given or app.ask(question, option="--message TEXT (-m)", check=lambda text: clean_line(text, "reason"))


@app.command("pause")
def pause(ctx: typer.Context, goal: opt.GoalArg, message: opt.Message = None, on: opt.OnDate = None) -> None:
    """Let a goal rest for a while, and say why.

    Example: mentorlog goal pause g7k3q -m "Night shifts until March"
    """
    app: App = ctx.obj
    step = _Step(app, goal, on, "pause", "paused")
    step.take(
        "Paused", lambda now, why: now.moved_to("paused", on=step.day, reason=why), message, ask="Why is it paused?"
    )


@app.command("resume")
def resume(ctx: typer.Context, goal: opt.GoalArg, message: opt.Message = None, on: opt.OnDate = None) -> None:
    """Go on with a goal that was paused or closed.

    Example: mentorlog goal resume g7k3q
    """
    app: App = ctx.obj
    step = _Step(app, goal, on, "resume", "active")
    step.take("Resumed", lambda now, why: now.moved_to("active", on=step.day, reason=why), message)


@app.command("achieve")
def achieve(
    ctx: typer.Context,
    goal: opt.GoalArg,
    partly: Annotated[bool, opt.option("--partly", help="Only a part of it is reached; say which")] = False,
    message: opt.Message = None,
    on: opt.OnDate = None,
) -> None:
    """Close a goal that is reached, or partly reached.

    Example: mentorlog goal achieve g7k3q -m "Accepted without revisions"
    """
    app: App = ctx.obj
    status = "partly" if partly else "achieved"
    step = _Step(app, goal, on, "achieve", status)
    ask = "What is reached, and what is not?" if partly else None
    said = "Partly achieved" if partly else "Achieved"
    step.take(said, lambda now, why: now.moved_to(status, on=step.day, reason=why), message, ask=ask)


@app.command("drop")
def drop(ctx: typer.Context, goal: opt.GoalArg, message: opt.Message = None, on: opt.OnDate = None) -> None:
    """Let a goal go, and say why.

    Example: mentorlog goal drop g7k3q -m "The case was published by others"
    """
    app: App = ctx.obj
    step = _Step(app, goal, on, "drop", "dropped")
    step.take(
        "Dropped", lambda now, why: now.moved_to("dropped", on=step.day, reason=why), message, ask="Why is it dropped?"
    )


class _Step:
    """One step of a goal from state to state: pause, resume, achieve, drop."""

    def __init__(self, app: App, goal: str, on: str | None, verb: str, status: str) -> None:
        self.found = app.goal(goal)
        self.day = app.day_before(on)
        self._here = app
        self._verb = verb
        self._status = status

    def take(
        self, said: str, change: Callable[["Goal", Any], "Goal"], message: str | None, ask: str | None = None
    ) -> None:
        """Take the step as one operation and say so; where the goal stands there already, only say that."""
        app, found = self._here, self.found
        if found["status"] == self._status:
            app.out.say(f"Goal {found['id']}: {found['title']} is {_STANDS[self._status]} already.", found)
            return
        why = _reason(app, message, ask) if ask else app.text(message)
        view = _update(app, self._verb, found, lambda now: change(now, why))
        app.out.say(f"{said} goal {view['id']}: {view['title']}, on {app.say_day(self.day)}.", view)
        if self._verb in ("achieve", "drop"):
            self._tell_open()

    def _tell_open(self) -> None:
        """Say on stderr what is still open below the goal."""
        below = self._here.reading.references(self.found["id"])
        parts = [one for one in below if one["record"] == "goal" and one["status"] in vocabulary.OPEN_GOALS]
        tasks = [one for one in below if one["record"] == "task" and one["status"] in vocabulary.OPEN_TASKS]
        counts = [_count(len(parts), "goal"), _count(len(tasks), "task")]
        if parts or tasks:
            self._here.out.note(f"Still open below it: {' and '.join(filter(None, counts))}.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
