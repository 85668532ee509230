"""`mentorlog undo`: take back the last changes."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.flows.screens import show_undone


def run(ctx: typer.Context, steps: opt.Steps = 1) -> None:
    """Take back the last change, or the last N of them, all or none, and say what is now as before.

    Example: mentorlog undo
    Example: mentorlog undo 3
    """
    app: App = ctx.obj
    show_undone(app, app.journal.undo(steps))
