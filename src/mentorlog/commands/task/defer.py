"""`mentorlog task defer`."""

import typer

from mentorlog import dates
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.task.options import change, found_tasks


def run(ctx: typer.Context, task: opt.TaskArg, date: opt.DateArg, message: opt.Message = None) -> None:
    """Put a task off to another day; the old day and the reason are kept.

    Example: mentorlog task defer t4m2x "next friday" -m "Ward duty"
    """
    app: App = ctx.obj
    found, new = found_tasks(app, [task]), dates.ahead(date, app.today)
    reason = app.texts.prose(message)
    change(app, found, "defer", lambda t: t.deferred(new, on=app.today, reason=reason))
