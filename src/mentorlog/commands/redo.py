"""`mentorlog redo`: do again what was taken back."""

import typer

from mentorlog.commands import options as opt
from mentorlog.context import Context

app = typer.Typer()


@app.command("redo")
def redo(ctx: typer.Context, steps: opt.StepsArg = 1) -> None:
    """Do again what the last undo took back, or the last N of them, all or none.

    Example: mentorlog redo
    """
    here: Context = ctx.obj
    names = here.journal.redo(steps)
    here.out.say([f"Done again: {name}" for name in names], {"redone": names})
