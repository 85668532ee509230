"""`mentorlog set`: any field of any record, checked like outside content."""

import typer

from mentorlog.assign import keys
from mentorlog.commands import options as opt
from mentorlog.context import Context
from mentorlog.models.views import heading
from mentorlog.output import assigned

app = typer.Typer()


@app.command("set")
def set_fields(ctx: typer.Context, id: opt.IdArg, pairs: opt.PairsArg = None, clear: opt.Clear = None) -> None:
    """Set or clear fields of a record.

    Words after = are taken as they are; lists take commas, dates take words. Unknown fields and values that do not
    fit are refused, with what would fit.

    Example: mentorlog set osler email=osler@example.org cadence.every_days=28
    Example: mentorlog set g7k3q --clear measure
    """
    here: Context = ctx.obj
    found = here.journal.resolve(id)
    words = here.pairs(pairs, clear)
    view = here.journal.assign(found["id"], words, clear or (), name=f"set: {heading(found)}")
    said = f"Set {found['record']} {found['id']}: {heading(view)}"
    here.out.say([said, *assigned.lines(view, keys(words, clear or ()))], view)
