"""`mentorlog goal achieve`."""

from typing import Annotated

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.goal.options import Step


def run(
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
    step = Step(app, goal, on, "achieve", "partly" if partly else "achieved")
    ask = "What is reached, and what is not?" if partly else None
    said = "Partly achieved" if partly else "Achieved"
    step.take(said, lambda now, why: now.achieved(on=step.day, reason=why, partly=partly), message, ask=ask)
