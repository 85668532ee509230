"""`mentorlog task done`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.task.options import TasksArg, change, found_tasks


def run(
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
    found, day = found_tasks(app, task), app.lookup.day_before(on)
    outcome = app.texts.prose(message, edit, name="outcome")
    change(app, found, "done", lambda t: t.done(on=day, outcome=outcome))
