"""`mentorlog undo`: take back the last changes."""

import typer

from mentorlog.commands import options as opt
from mentorlog.context import Context

app = typer.Typer()


@app.command("undo")
def undo(ctx: typer.Context, steps: opt.StepsArg = 1) -> None:
    """Take back the last change, or the last N of them, all or none.

    Example: mentorlog undo
    Example: mentorlog undo 3
    """
    here: Context = ctx.obj
    names = here.journal.undo(steps)
    here.out.say([f"Took back: {name}" for name in names], {"undone": names})
