"""`mentorlog goal add`."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.models.views import View
from mentorlog.output.messages import goal as messages

if TYPE_CHECKING:
    from mentorlog.models.goal import Goal
from mentorlog.commands.goal.options import Domain, Horizon, Parent, Words

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


def run(
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
    more = {"tags": tags, "links": app.texts.texts(links), "baseline": baseline, "notes": notes, "private": private}
    goal, people, above = _new(app, {**said, **kinds, **more}, edit)
    view = app.journal.add(goal, name=f"goal add: {goal.title}")
    app.out.say(messages.added(view, people, above), view)


def _new(app: App, said: Words, edit: bool) -> tuple["Goal", list[View], View | None]:
    """Return the goal that the words describe, its mentors and its parent; without a title they are asked for."""
    from mentorlog.models.goal import Goal

    if said["title"] is None:
        said = {**said, **_asked(app, said)}
    people = {one["id"]: one for one in map(app.lookup.mentor, said.pop("mentors") or ())}
    lines = {key: app.texts.text(said[key]) for key in ("title", "why", "measure", "baseline")}
    above = app.lookup.goal(said["parent"]) if said["parent"] else None
    visibility = "private" if said.pop("private") else None
    notes = said.pop("notes")
    found = {**said, **lines, "by": app.lookup.day_ahead(said["by"]), "visibility": visibility}
    given = {**{key: value for key, value in found.items() if value is not None}, "parent": above and above["id"]}
    goal = Goal(id=app.journal.new_id("goal"), created=app.now, **given).shared(*people)
    return replace(goal, notes=app.texts.prose(notes, edit, name="goal")), list(people.values()), above


def _asked(app: App, said: Words) -> Words:
    """Ask for the title and what makes a goal clear; five questions, all but the first may stay unanswered."""
    from mentorlog.models.record import clean_line

    title = app.prompt.ask("What do you want to reach?", option="TITLE", check=lambda text: clean_line(text, "title"))
    questions = {
        "why": "What is it for? (Enter: not said)",
        "measure": "How will you know that it is reached? (Enter: not said)",
        "by": "By when? (in 6 weeks, 3 feb, 2027-02-03; Enter: no date)",
        "mentors": "With which mentors? (commas between; Enter: nobody)",
    }
    checks = {"by": app.lookup.day_ahead, "mentors": app.lookup.several_mentors}
    answers: Words = app.prompt.fill({key: said[key] for key in questions}, questions, checks)
    if isinstance(answers["mentors"], str):
        answers["mentors"] = [name.strip() for name in answers["mentors"].split(",") if name.strip()]
    return {**answers, "title": title}
