"""`mentorlog goal pause`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.goal.options import Step


def run(ctx: typer.Context, goal: opt.GoalArg, message: opt.Message = None, on: opt.OnDate = None) -> None:
    """Let a goal rest for a while, and say why.

    Example: mentorlog goal pause g7k3q -m "Night shifts until March"
    """
    app: App = ctx.obj
    step = Step(app, goal, on, "pause", "paused")
    step.take("Paused", lambda now, why: now.paused(on=step.day, reason=why), message, ask="Why is it paused?")
