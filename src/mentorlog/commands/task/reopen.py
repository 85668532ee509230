"""`mentorlog task reopen`."""

import typer

from mentorlog.commands.task.options import TasksArg, change, found_tasks


def run(ctx: typer.Context, task: TasksArg) -> None:
    """Take up again tasks that are done or dropped.

    Example: mentorlog task reopen t4m2x
    """
    change(ctx.obj, found_tasks(ctx.obj, task), "reopen", lambda t: t.reopened())
