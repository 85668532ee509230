"""`mentorlog task submit`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.task.options import change, found_tasks


def run(ctx: typer.Context, task: opt.TaskArg, on: opt.OnDate = None, message: opt.Message = None) -> None:
    """Record that a task was handed in: a round of it is out until it is returned.

    Example: mentorlog task submit t4m2x -m "Second draft"
    """
    app: App = ctx.obj
    found, day = found_tasks(app, [task]), app.lookup.day_before(on)
    comment = app.texts.prose(message)
    change(app, found, "submit", lambda t: t.submitted(on=day, comment=comment))
