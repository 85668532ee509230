"""`mentorlog show`: one record, whole."""

import typer

from mentorlog.commands import options as opt
from mentorlog.context import Context
from mentorlog.screens import show_record

app = typer.Typer()


@app.command("show")
def show(ctx: typer.Context, id: opt.IdArg) -> None:
    """Show a record: its fields, its prose, and what belongs to it.

    Example: mentorlog show g7k3q
    """
    here: Context = ctx.obj
    show_record(here, here.journal.resolve(id))
