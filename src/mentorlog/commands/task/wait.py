"""`mentorlog task wait`."""

import typer

from mentorlog.commands.task.options import TasksArg, change, found_tasks


def run(ctx: typer.Context, task: TasksArg) -> None:
    """Let a task wait for somebody or something else.

    Example: mentorlog task wait t4m2x
    """
    change(ctx.obj, found_tasks(ctx.obj, task), "wait", lambda t: t.waiting())
