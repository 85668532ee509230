"""`mentorlog task return`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.task.options import change, found_tasks


def run(
    ctx: typer.Context,
    task: opt.TaskArg,
    on: opt.OnDate = None,
    message: opt.Message = None,
    edit: opt.Edit = False,
) -> None:
    """Record that a task came back, with what was said of it; you go on with it.

    Example: mentorlog task return t4m2x -m "Shorten the introduction"
    """
    app: App = ctx.obj
    found, day = found_tasks(app, [task]), app.lookup.day_before(on)
    comment = app.texts.prose(message, edit, name="comment")
    change(app, found, "return", lambda t: t.returned(on=day, comment=comment))
