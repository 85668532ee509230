"""`mentorlog task drop`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.task.options import TasksArg, change, found_tasks


def run(ctx: typer.Context, task: TasksArg, message: opt.Message = None) -> None:
    """Give tasks up; a reason is kept.

    Example: mentorlog task drop t4m2x -m "The journal was closed"
    """
    app: App = ctx.obj
    found, reason = found_tasks(app, task), app.texts.prose(message)
    change(app, found, "drop", lambda t: t.dropped(reason))
