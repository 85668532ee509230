"""`mentorlog history`: what was changed, newest first."""

from typing import Annotated

import typer

from mentorlog.commands import options as opt
from mentorlog.context import Context
from mentorlog.output.columns import Column

app = typer.Typer()

COLUMNS = (
    Column("no", lambda entry: str(entry["seq"]), align="right", keep=6),
    Column("when", lambda entry: entry["at"][:16].replace("T", " "), keep=8),
    Column("change", lambda entry: entry["name"], shrink=True),
)


@app.command("history")
def history(
    ctx: typer.Context,
    id: opt.MaybeIdArg = None,
    limit: Annotated[int, opt.option("--limit", metavar="N", help="So many at most (20)", min=1)] = 20,
    all: opt.All = False,
) -> None:
    """Show what was changed, newest first; with an id only what touched that record.

    Example: mentorlog history
    Example: mentorlog history g7k3q --all
    """
    here: Context = ctx.obj
    found = here.journal.history(here.any_id(id), None if all else limit)
    rows = [
        {"seq": op.seq, "at": op.at, "name": op.name, "kind": op.kind, "files": [file[0] for file in op.files]}
        for op in found
    ]
    here.out.listing(rows, COLUMNS, "Nothing was changed yet.")
