"""`mentorlog task defer`."""

from datetime import date

from mentorlog import lookup
from mentorlog.commands import options as opt
from mentorlog.flows.change_tasks import change_tasks


def run(
    ctx: opt.Context,
    task: opt.Task,
    date: date = opt.argument("DATE", "New due date (e.g. 2027-02-03, 3 feb, fri, in 6 weeks)", to=lookup.day_ahead),
    message: str | None = opt.message("Reason for deferring it"),
) -> None:
    """Defer a task to another date.

    The old date and the reason are recorded.

    Example: mentorlog task defer t4m2x "next friday" -m "Ward duty"
    """
    app = ctx.obj
    reason = app.texts.prose(message)
    change_tasks(app, task, "defer", lambda one: one.deferred(date, on=app.today, reason=reason))
