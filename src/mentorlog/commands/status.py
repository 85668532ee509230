"""`mentorlog status`: the screen that `mentorlog` alone shows too."""

import typer

from mentorlog.app import App
from mentorlog.flows.show_status import show_status

app = typer.Typer()


@app.command("status")
def status(ctx: typer.Context) -> None:
    """Show what matters now: whom to talk to, what is owed, what drifts, the next review.

    Example: mentorlog status
    """
    app: App = ctx.obj
    show_status(app)
