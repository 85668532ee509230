"""`mentorlog goal add`."""

from dataclasses import replace
from datetime import date

from mentorlog import lookup
from mentorlog.commands import options as opt
from mentorlog.commands.goal import options as of_goal
from mentorlog.domain import goal_links
from mentorlog.flows.new_record import ask_missing, record_fields, report, sharers
from mentorlog.output.messages import goal as messages


def run(
    ctx: opt.Context,
    title: opt.Title = None,
    by: date | None = opt.day("--by", help="Target date; also end-of-block or pgy3", ahead=True),
    mentors: list[str] | None = opt.person(
        "--with", "-w", help="Mentor to share it with (repeatable)", to=sharers, rare=False
    ),
    why: str | None = opt.text("--why", help="Why you want it", rare=False),
    measure: str | None = opt.text("--measure", help="How you will know you achieved it", rare=False),
    target: float | None = of_goal.target(rare=True),
    unit: str | None = of_goal.unit(rare=True),
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    horizon: str | None = of_goal.horizon(),
    domain: str | None = of_goal.domain(),
    competency: opt.Competency = None,
    priority: opt.Priority = None,
    parent: opt.View | None = of_goal.parent(),
    whose: opt.View | None = of_goal.whose(help="Mentee whose goal it is (default: yours)"),
    support: str | None = opt.text("--support", help="Support you need for it"),
    asked_by: opt.View | None = opt.person("--asked-by", help="Mentor who asks you about it"),
    baseline: str | None = opt.text("--baseline", help="Where you are now"),
    tags: opt.Tags = None,
    links: opt.Links = None,
    private: opt.Private = False,
) -> None:
    """Add a goal.

    Only the title is required; you can add the rest later with `goal revise`. A goal of a mentee (--whose) is never
    among yours.

    Example: mentorlog goal add "Submit case report" --by "in 6 weeks" -w osler
    Example: mentorlog goal add "Pass the board exam" --whose noether
    Example: mentorlog goal add "Central lines" --target 50 --unit procedures
    """
    from mentorlog.models.goal import Goal

    app = ctx.obj
    given = ask_missing(app, "goal of a mentee" if whose else "goal", ctx.params)
    shared = given.pop("mentors") or ()
    goal = Goal(id=app.journal.new_id("goal"), created=app.now, **record_fields(app, given)).shared(*shared)
    if whose or parent:
        goal_links.check(goal, None, goal_links.FIELDS, app.reading.resolve)
    goal = replace(goal, notes=app.texts.prose(notes, edit, name="goal"))
    view = app.journal.add(goal, name=f"goal add: {goal.title}")
    names = app.reading.titles(shared)
    report(app, messages.added(view, [names[id] for id in shared], parent, lookup.whose(app, view)), view)
