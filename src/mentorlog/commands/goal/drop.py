"""`mentorlog goal drop`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.goal.options import Step


def run(ctx: typer.Context, goal: opt.GoalArg, message: opt.Message = None, on: opt.OnDate = None) -> None:
    """Let a goal go, and say why.

    Example: mentorlog goal drop g7k3q -m "The case was published by others"
    """
    app: App = ctx.obj
    step = Step(app, goal, on, "drop", "dropped")
    step.take("Dropped", lambda now, why: now.dropped(on=step.day, reason=why), message, ask="Why is it dropped?")
