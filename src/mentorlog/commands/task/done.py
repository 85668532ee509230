"""`mentorlog task done`."""

from mentorlog.commands import options as opt
from mentorlog.flows.change_tasks import change_tasks


def run(
    ctx: opt.Context,
    task: opt.Tasks,
    on: opt.On,
    message: str | None = opt.message("Outcome"),
    edit: opt.Edit = False,
) -> None:
    """Mark tasks as done.

    Example: mentorlog task done t4m2x -m "Sent on one page"
    Example: mentorlog task done t4m2x t9k3w --on yesterday
    """
    outcome = ctx.obj.texts.prose(message, edit, name=f"{task[0]['id']}-outcome" if len(task) == 1 else "outcome")
    change_tasks(ctx.obj, task, "done", lambda one: one.done(on=on, outcome=outcome))
