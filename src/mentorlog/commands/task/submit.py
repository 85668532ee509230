"""`mentorlog task submit`."""

from mentorlog.commands import options as opt
from mentorlog.flows.change_tasks import change_tasks


def run(
    ctx: opt.Context,
    task: opt.Task,
    on: opt.On,
    message: str | None = opt.message("What was sent, or a comment"),
) -> None:
    """Mark a task as submitted.

    A round is out until the task is returned.

    Example: mentorlog task submit t4m2x -m "Second draft"
    """
    comment = ctx.obj.texts.prose(message)
    change_tasks(ctx.obj, task, "submit", lambda one: one.submitted(on=on, comment=comment))
