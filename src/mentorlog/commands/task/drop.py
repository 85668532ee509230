"""`mentorlog task drop`."""

from mentorlog.commands import options as opt
from mentorlog.flows.change_tasks import change_tasks


def run(ctx: opt.Context, task: opt.Tasks, message: str | None = opt.message("Reason for dropping it")) -> None:
    """Drop tasks, with a reason.

    Example: mentorlog task drop t4m2x -m "The journal was closed"
    """
    reason = ctx.obj.texts.prose(message)
    change_tasks(ctx.obj, task, "drop", lambda one: one.dropped(on=ctx.obj.today, reason=reason))
