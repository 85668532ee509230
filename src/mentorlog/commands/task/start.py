"""`mentorlog task start`."""

import typer

from mentorlog.commands.task.options import TasksArg, change, found_tasks


def run(ctx: typer.Context, task: TasksArg) -> None:
    """Begin to work on a task.

    Example: mentorlog task start t4m2x
    """
    change(ctx.obj, found_tasks(ctx.obj, task), "start", lambda t: t.started())
