"""`mentorlog profile show`."""

import typer

from mentorlog.app import App
from mentorlog.flows.show_record import show_profile


def run(ctx: typer.Context) -> None:
    """Show what the journal knows of you.

    Example: mentorlog profile show
    """
    app: App = ctx.obj
    show_profile(app)
