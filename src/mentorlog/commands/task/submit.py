"""`mentorlog task submit`."""

from mentorlog.commands import options as opt
from mentorlog.flows.change_tasks import change_tasks


def run(
    ctx: opt.Context,
    task: opt.Task,
    on: opt.On,
    message: str | None = opt.message("Comment on the submission"),
) -> None:
    """Mark a task as submitted.

    Each submission starts a round; `task return` ends it.

    Example: mentorlog task submit t4m2x -m "Second draft"
    """
    comment = ctx.obj.texts.prose(message)
    change_tasks(ctx.obj, task, "submit", lambda one: one.submitted(on=on, comment=comment))
