"""`mentorlog task reopen`."""

from mentorlog.commands import options as opt
from mentorlog.flows.change_tasks import change_tasks


def run(ctx: opt.Context, task: opt.Tasks) -> None:
    """Reopen done or dropped tasks.

    Example: mentorlog task reopen t4m2x
    """
    change_tasks(ctx.obj, task, "reopen", lambda one: one.reopened(on=ctx.obj.today))
