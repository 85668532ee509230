"""`mentorlog task`: assignments and promises, from the first word to what came of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog import dates, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.domain import computed, loop
from mentorlog.models.views import View
from mentorlog.output.messages import task as messages
from mentorlog.output.table import ALWAYS, ID, Column
from mentorlog.store.journal import Query

if TYPE_CHECKING:
    from mentorlog.models.task import Task
    from mentorlog.store.journal import Transaction

app = typer.Typer(
    help='Example: mentorlog task add "Revise your CV" --from osler --due fri\nExample: mentorlog task owed'
)

TasksArg = Annotated[list[str], opt.argument("TASK...", "The tasks: ids, or beginnings of them", opt.ids("task"))]
Owner = Annotated[
    str | None,
    opt.option("--owner", metavar="me|MENTOR", help="Who is to do it, me or a mentor", completion=opt.ids("mentor")),
]
Instructions = Annotated[
    str | None, opt.option("--instructions", metavar="TEXT|-", help="What was said, word for word (- reads stdin)")
]
Deliverable = Annotated[
    str | None, opt.option("--deliverable", metavar="TEXT", help="What will be handed over", rare=True)
]
Notes = Annotated[
    str | None, opt.option("--notes", metavar="TEXT|-", help="Notes in Markdown (- reads stdin)", rare=True)
]

Status = Annotated[str | None, opt.state(*vocabulary.TASK_STATUSES)]

_QUESTIONS = {
    "owner": "Who does it? (me, or a mentor; Enter: me)",
    "from": "Who gave it to you? (a mentor; Enter: nobody)",
    "goal": "For which goal? (its id; Enter: none)",
    "due": "Due when? (fri, in 2 weeks, 2027-02-03; Enter: no date)",
}


@app.command("add")
def add(
    ctx: typer.Context,
    title: opt.TitleArg = None,
    owner: Owner = None,
    from_: opt.FromMentor = None,
    goal: opt.GoalOption = None,
    due: opt.Due = None,
    instructions: Instructions = None,
    edit: opt.Edit = False,
    helps: opt.Helps = None,
    meeting: opt.MeetingOption = None,
    priority: opt.Priority = None,
    deliverable: Deliverable = None,
    notes: Notes = None,
    link: opt.Links = None,
    tag: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Add an assignment, or a promise.

    A task that a mentor owns is a promise to you. Instructions are kept word for word; --edit opens your editor for
    them.

    Example: mentorlog task add "Revise your CV" --from osler --due "in 2 weeks"
    Example: mentorlog task add "Send the sample protocol" --owner osler
    """
    app: App = ctx.obj
    first = {"title": app.text(title), "owner": owner, "from": from_, "goal": goal, "due": due}
    more = {"helps": helps, "meeting": meeting, "priority": priority, "tags": tag, "links": link, "private": private}
    texts = {"instructions": instructions, "deliverable": deliverable, "notes": notes}
    answers = first if first["title"] is not None else _asked(app, first)
    task, words = _new_task(app, {**answers, **more}, texts, edit)
    view = app.journal.add(task, name=f"task add: {task.title}")
    app.out.say(messages.sentence(f"Added task {view['id']}: {task.title}", words), view)


@app.command("list")
def list_(
    ctx: typer.Context,
    goal: opt.GoalOption = None,
    with_: opt.WithMentors = None,
    owner: Owner = None,
    status: Status = None,
    due_by: opt.DueBy = None,
    all_: opt.All = False,
    tag: opt.Tags = None,
    since: opt.RareSince = None,
    until: opt.RareUntil = None,
) -> None:
    """List tasks, the first due first.

    --with takes every task that concerns the mentor: who does it, gave it or is helped by it, or shares its goal or
    meeting. --since and --until hold the day it is due.

    Example: mentorlog task list --with osler --due-by fri
    Example: mentorlog task list --status submitted
    """
    app: App = ctx.obj
    last = [day for day in (app.day_text(until), _iso(app.day_ahead(due_by))) if day]
    query = Query(
        "task", statuses=_statuses(status, all_), concerning=app.mentor_ids(with_), owner=_person(app, owner),
        goals=(app.goal(goal)["id"],) if goal else (), tags=tuple(tag or ()), since=app.day_text(since),
        until=min(last, default=None),
    )  # fmt: skip
    found = app.reading.find(query)
    for view in found:
        view["late"] = view["due"] is not None and loop.late(view, app.today)  # most of a long list have no day
    app.out.listing(found, COLUMNS, "No tasks found.", app.reading.problems)


@app.command("owed")
def owed(ctx: typer.Context, with_: opt.WithMentors = None) -> None:
    """Show what you owe and what you are owed, mentor by mentor.

    You owe a mentor what they assigned, what helps their project, and what comes from a meeting or a goal with them.

    Example: mentorlog task owed --with osler
    """
    app: App = ctx.obj
    mentors = app.mentor_ids(with_)
    tasks = computed.tasks(app.reading.find(Query("task", statuses=vocabulary.OPEN_TASKS)), app.reading, app.today)
    found = loop.owed(tasks, mentors)
    names = app.reading.titles([*mentors, *{id for task in tasks for id in task["with"]}])
    between = f" between you and {' or '.join(names[id] for id in mentors)}" if mentors else ", by you or to you"
    _show_owed(app, found, names, mentors, f"Nothing is owed{between}.")


@app.command("start")
def start(ctx: typer.Context, task: TasksArg) -> None:
    """Begin to work on a task.

    Example: mentorlog task start t4m2x
    """
    _change(ctx.obj, _found(ctx.obj, task), "start", lambda t: t.moved_to("doing", on=ctx.obj.today))


@app.command("wait")
def wait(ctx: typer.Context, task: TasksArg) -> None:
    """Let a task wait for somebody or something else.

    Example: mentorlog task wait t4m2x
    """
    _change(ctx.obj, _found(ctx.obj, task), "wait", lambda t: t.moved_to("waiting", on=ctx.obj.today))


@app.command("submit")
def submit(ctx: typer.Context, task: opt.TaskArg, on: opt.OnDate = None, message: opt.Message = None) -> None:
    """Record that a task was handed in: a round of it is out until it is returned.

    Example: mentorlog task submit t4m2x -m "Second draft"
    """
    app: App = ctx.obj
    found, day = _found(app, [task]), app.day_before(on)
    comment = app.prose(message)
    _change(app, found, "submit", lambda t: t.submitted(on=day, comment=comment))


@app.command("return")
def return_(
    ctx: typer.Context,
    task: opt.TaskArg,
    on: opt.OnDate = None,
    message: opt.Message = None,
    edit: opt.Edit = False,
) -> None:
    """Record that a task came back, with what was said of it; you go on with it.

    Example: mentorlog task return t4m2x -m "Shorten the introduction"
    """
    app: App = ctx.obj
    found, day = _found(app, [task]), app.day_before(on)
    comment = app.prose(message, edit, name="comment")
    _change(app, found, "return", lambda t: t.returned(on=day, comment=comment))


@app.command("done")
def done(
    ctx: typer.Context,
    task: TasksArg,
    on: opt.OnDate = None,
    message: opt.Message = None,
    edit: opt.Edit = False,
) -> None:
    """Record that tasks are done, or promises kept, with what came of them.

    Example: mentorlog task done t4m2x -m "Sent on one page"
    Example: mentorlog task done t4m2x t9k3w --on yesterday
    """
    app: App = ctx.obj
    found, day = _found(app, task), app.day_before(on)
    outcome = app.prose(message, edit, name="outcome")
    _change(app, found, "done", lambda t: t.done(on=day, outcome=outcome))


@app.command("drop")
def drop(ctx: typer.Context, task: TasksArg, message: opt.Message = None) -> None:
    """Give tasks up; a reason is kept.

    Example: mentorlog task drop t4m2x -m "The journal was closed"
    """
    app: App = ctx.obj
    found, reason = _found(app, task), app.prose(message)
    _change(app, found, "drop", lambda t: t.dropped(on=app.today, reason=reason))


@app.command("reopen")
def reopen(ctx: typer.Context, task: TasksArg) -> None:
    """Take up again tasks that are done or dropped.

    Example: mentorlog task reopen t4m2x
    """
    _change(ctx.obj, _found(ctx.obj, task), "reopen", lambda t: t.reopened(on=ctx.obj.today))


@app.command("defer")
def defer(ctx: typer.Context, task: opt.TaskArg, date: opt.DateArg, message: opt.Message = None) -> None:
    """Put a task off to another day; the old day and the reason are kept.

    Example: mentorlog task defer t4m2x "next friday" -m "Ward duty"
    """
    app: App = ctx.obj
    found, new = _found(app, [task]), dates.ahead(date, app.today)
    reason = app.prose(message)
    _change(app, found, "defer", lambda t: t.deferred(new, on=app.today, reason=reason))


def _ink(task: View) -> str | None:
    return "red" if task["late"] else None


COLUMNS = (
    ID,
    Column("title", "title", shrink=True),
    Column("due", "due", say=dates.say, style=_ink, keep=8),
    Column("", "late", say=lambda late: "late", style=_ink, keep=7),
    Column("owner", "owner", keep=4),
    Column("status", "status", keep=6),
    Column("goal", "goal", style="dim", keep=ALWAYS - 6),
)


# Words to values


def _new_task(
    app: App, given: Mapping[str, Any], texts: Mapping[str, str | None], edit: bool
) -> tuple["Task", list[str]]:
    """Return the task that the words mean, and how they were understood; what is named is looked up before all else."""
    from mentorlog.models.record import clean_line
    from mentorlog.models.task import Task

    title = clean_line(given["title"], "title")
    owner, giver = _person(app, given["owner"]), _person(app, given["from"])
    helps = app.mentor(given["helps"])["id"] if given["helps"] else None
    goal = app.goal(given["goal"]) if given["goal"] else None
    meeting = app.meeting(given["meeting"]) if given["meeting"] else None
    due = app.day_ahead(given["due"])
    task = Task(
        id=app.journal.new_id("task"), created=app.now, title=title,
        owner=owner or vocabulary.ME, assigned_by=giver or vocabulary.ME,
        helps=helps, goal=goal["id"] if goal else None, meeting=meeting["id"] if meeting else None, due=due,
        priority=given["priority"] or "normal", tags=tuple(given["tags"] or ()), links=app.texts(given["links"]) or (),
        visibility="private" if given["private"] else "mentor", **_texts(app, texts, edit),
    )  # fmt: skip
    names = app.reading.titles([id for id in (owner, giver, helps) if id])
    words = [f"promised by {names[owner]}"] if owner in names else []
    words += [f"from {names[giver]}"] if giver in names else []
    words += [f"helping {names[helps]}"] if helps in names else []
    return task, [*words, *messages.linked(goal, meeting), *([f"due {app.say_day(due)}"] if due else [])]


def _asked(app: App, first: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask for the title and what else was not given; all but the title may stay unanswered."""
    from mentorlog.models.record import clean_line

    title = app.ask("What is to be done?", option="TITLE", check=lambda text: clean_line(text, "title"))
    person = lambda text: _person(app, text)  # noqa: E731
    checks = {"owner": person, "from": person, "goal": app.goal, "due": app.day_ahead}
    return {**app.fill(first, _QUESTIONS, checks), "title": title}


def _texts(app: App, texts: Mapping[str, str | None], edit: bool) -> dict[str, Any]:
    return {name: app.prose(text, edit and name == "instructions", name=name) or None for name, text in texts.items()}


def _person(app: App, text: str | None) -> str | None:
    """Return me or the id of the mentor that the text means."""
    return text if text in (None, vocabulary.ME) else str(app.mentor(str(text))["id"])


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _statuses(status: str | None, all_: bool) -> tuple[str, ...]:
    if status is None:
        return () if all_ else vocabulary.OPEN_TASKS
    from mentorlog.models.rules import among

    return (among(status, "status", vocabulary.TASK_STATUSES),)


def _found(app: App, words: Sequence[str]) -> dict[str, View]:
    """Return the tasks that the words mean by id, each once; before anything is asked or written."""
    return {view["id"]: view for view in map(app.task, words)}


# Saving


def _change(app: App, found: Mapping[str, View], command: str, change: "Callable[[Task], Task]") -> None:
    """Change tasks as one operation and say what became of each: what is as it was already is said to be so."""
    from mentorlog.models.task import Task

    def work(transaction: "Transaction") -> list[tuple[View, str]]:
        pairs = [(old, change(old)) for old in (transaction.get(Task, id) for id in found)]
        return [(view := transaction.put(new), _said(view, command, old, new)) for old, new in pairs]

    name = f"task {command}: {'; '.join(view['title'] for view in found.values())}"
    changed = app.journal.change(name, work)
    lines = [line for _, line in changed]
    views = [view for view, _ in changed]
    app.out.say(lines, views)


def _said(view: View, command: str, old: "Task", new: "Task") -> str:
    """Return what became of one task."""
    if new is old:
        return messages.unchanged(view, command)
    again = command in ("done", "drop") and new.status == old.status
    return messages.added(view) if again else messages.changed(view, command)


def _show_owed(app: App, found: "loop.Owed", names: Mapping[str, str], mentors: Sequence[str], empty: str) -> None:
    from mentorlog.output.screens import owed as layout

    problems = app.reading.problems
    app.out.page(lambda page: layout.lines(found, page, app.today, names, mentors, empty), found, problems)
