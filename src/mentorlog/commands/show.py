"""`mentorlog show`: one record, whole."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.flows.screens import show_profile, show_record

app = typer.Typer()


@app.command("show")
def show(ctx: typer.Context, id: opt.IdArg) -> None:
    """Show a record: its fields, its prose, and what belongs to it; or the profile.

    Example: mentorlog show g7k3q
    """
    app: App = ctx.obj
    found = app.reading.resolve(id)
    show_profile(app) if found["record"] == "profile" else show_record(app, found)
