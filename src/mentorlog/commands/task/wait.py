"""`mentorlog task wait`."""

from mentorlog.commands import options as opt
from mentorlog.flows.change_tasks import change_tasks


def run(ctx: opt.Context, task: opt.Tasks) -> None:
    """Mark tasks as waiting for someone or something.

    Example: mentorlog task wait t4m2x
    """
    change_tasks(ctx.obj, task, "wait", lambda one: one.moved_to("waiting", on=ctx.obj.today))
