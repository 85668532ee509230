"""`mentorlog task add`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.output.phrases import origin, sentence

if TYPE_CHECKING:
    from mentorlog.models.task import Task
from mentorlog.commands.task.options import Owner, person

Instructions = Annotated[
    str | None, opt.option("--instructions", metavar="TEXT|-", help="What was said, word for word (- reads stdin)")
]
Deliverable = Annotated[
    str | None, opt.option("--deliverable", metavar="TEXT", help="What will be handed over", rare=True)
]
Notes = Annotated[
    str | None, opt.option("--notes", metavar="TEXT|-", help="Notes in Markdown (- reads stdin)", rare=True)
]
_QUESTIONS = {
    "owner": "Who does it? (me, or a mentor; Enter: me)",
    "from": "Who gave it to you? (a mentor; Enter: nobody)",
    "goal": "For which goal? (its id; Enter: none)",
    "due": "Due when? (fri, in 2 weeks, 2027-02-03; Enter: no date)",
}


def run(
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
    first = {"title": app.texts.text(title), "owner": owner, "from": from_, "goal": goal, "due": due}
    more = {"helps": helps, "meeting": meeting, "priority": priority, "tags": tag, "links": link, "private": private}
    texts = {"instructions": instructions, "deliverable": deliverable, "notes": notes}
    answers = first if first["title"] is not None else _asked(app, first)
    task, words = _new_task(app, {**answers, **more}, texts, edit)
    view = app.journal.add(task, name=f"task add: {task.title}")
    app.out.say(sentence(f"Added task {view['id']}: {task.title}", words), view)


def _new_task(
    app: App, given: Mapping[str, Any], texts: Mapping[str, str | None], edit: bool
) -> tuple["Task", list[str]]:
    """Return the task that the words mean, and how they were understood; what is named is looked up before all else."""
    from mentorlog.models.record import clean_line
    from mentorlog.models.task import Task

    title = clean_line(given["title"], "title")
    owner, giver = person(app, given["owner"]), person(app, given["from"])
    helps = app.lookup.mentor(given["helps"])["id"] if given["helps"] else None
    goal = app.lookup.goal(given["goal"]) if given["goal"] else None
    meeting = app.lookup.meeting(given["meeting"]) if given["meeting"] else None
    due = app.lookup.day_ahead(given["due"])
    task = Task(
        id=app.journal.new_id("task"), created=app.now, title=title,
        owner=owner or vocabulary.ME, assigned_by=giver or vocabulary.ME,
        helps=helps, goal=goal["id"] if goal else None, meeting=meeting["id"] if meeting else None, due=due,
        priority=given["priority"] or "normal", tags=tuple(given["tags"] or ()),
        links=app.texts.texts(given["links"]) or (),
        visibility="private" if given["private"] else "mentor", **_texts(app, texts, edit),
    )  # fmt: skip
    names = app.journal.titles([id for id in (owner, giver, helps) if id])
    words = [f"promised by {names[owner]}"] if owner in names else []
    words += [f"from {names[giver]}"] if giver in names else []
    words += [f"helping {names[helps]}"] if helps in names else []
    return task, [*words, *origin(goal, meeting), *([f"due {app.lookup.format_day(due)}"] if due else [])]


def _asked(app: App, first: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask for the title and what else was not given; all but the title may stay unanswered."""
    from mentorlog.models.record import clean_line

    title = app.prompt.ask("What is to be done?", option="TITLE", check=lambda text: clean_line(text, "title"))
    whom = lambda text: person(app, text)  # noqa: E731
    checks = {"owner": whom, "from": whom, "goal": app.lookup.goal, "due": app.lookup.day_ahead}
    return {**app.prompt.fill(first, _QUESTIONS, checks), "title": title}


def _texts(app: App, texts: Mapping[str, str | None], edit: bool) -> dict[str, Any]:
    return {
        name: app.texts.prose(text, edit and name == "instructions", name=name) or None for name, text in texts.items()
    }
