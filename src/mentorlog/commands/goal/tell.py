"""`mentorlog goal tell`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.goal.options import update


def run(ctx: typer.Context, goal: opt.GoalArg, mentor: opt.MentorArg, on: opt.OnDate = None) -> None:
    """Record that a mentor has been told of a goal.

    The date counts: what changes after it they do not know yet, until you tell them again. A mentor who was not among
    those of the goal is from now on.

    Example: mentorlog goal tell g7k3q osler
    """
    app: App = ctx.obj
    found, who, day = app.lookup.goal(goal), app.lookup.mentor(mentor), app.lookup.day_before(on)
    title = f"goal {found['id']}: {found['title']}"
    known = next((one["told_on"] for one in found["mentors"] if one["mentor"] == who["id"]), None)
    if known == day.isoformat():
        app.out.say(f"{who['name']} has been told of {title}, on {app.lookup.format_day(known)} already.", found)
        return
    view = update(app, "tell", found, lambda now: now.told(who["id"], on=day))
    app.out.say(f"Told {who['name']} of {title}, on {app.lookup.format_day(day)}.", view)
