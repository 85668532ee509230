"""`mentorlog goal resume`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.goal.options import Step


def run(ctx: typer.Context, goal: opt.GoalArg, message: opt.Message = None, on: opt.OnDate = None) -> None:
    """Go on with a goal that was paused or closed.

    Example: mentorlog goal resume g7k3q
    """
    app: App = ctx.obj
    step = Step(app, goal, on, "resume", "active")
    step.take("Resumed", lambda now, why: now.resumed(on=step.day, reason=why), message)
