"""`mentorlog task return`."""

from mentorlog.commands import options as opt
from mentorlog.flows.change_tasks import change_tasks


def run(
    ctx: opt.Context,
    task: opt.Task,
    on: opt.On,
    message: str | None = opt.message("Comments that you received"),
    edit: opt.Edit = False,
) -> None:
    """Record that a submitted task came back.

    Example: mentorlog task return t4m2x -m "Shorten the introduction"
    """
    comment = ctx.obj.texts.prose(message, edit, name=f"{task['id']}-comment")
    change_tasks(ctx.obj, task, "return", lambda one: one.returned(on=on, comment=comment))
