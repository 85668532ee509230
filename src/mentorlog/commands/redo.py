"""`mentorlog redo`: do again what was taken back."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.flows.screens import show_redone


def run(ctx: typer.Context, steps: opt.Steps = 1) -> None:
    """Do again what the last undo took back, or the last N of them, all or none.

    Example: mentorlog redo
    """
    app: App = ctx.obj
    show_redone(app, app.journal.redo(steps))
