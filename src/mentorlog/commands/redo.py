"""`mentorlog redo`: do again what was taken back."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.flows.show_undo import show_redone

app = typer.Typer()


@app.command("redo")
def redo(ctx: typer.Context, steps: opt.StepsArg = 1) -> None:
    """Do again what the last undo took back, or the last N of them, all or none.

    Example: mentorlog redo
    """
    app: App = ctx.obj
    show_redone(app, app.journal.redo(steps))
