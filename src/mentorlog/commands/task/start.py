"""`mentorlog task start`."""

from mentorlog.commands import options as opt
from mentorlog.flows.change_tasks import change_tasks


def run(ctx: opt.Context, task: opt.Tasks) -> None:
    """Start working on tasks.

    Example: mentorlog task start t4m2x
    """
    change_tasks(ctx.obj, task, "start", lambda one: one.moved_to("doing", on=ctx.obj.today))
