"""`mentorlog search`: find words in everything."""

from typing import Annotated

import typer

from mentorlog.commands import options as opt
from mentorlog.context import Context
from mentorlog.output import found

app = typer.Typer()


@app.command("search")
def search(
    ctx: typer.Context,
    text: Annotated[list[str], opt.argument("TEXT...", "Words or their beginnings; all must be there")],
    kinds: Annotated[
        list[str] | None,
        opt.option("--in", metavar="KIND", help="Only in records of this kind (may be repeated)"),
    ] = None,
) -> None:
    """Find records by words in any of their text, the best first.

    Example: mentorlog search case rep
    Example: mentorlog search consent --in meeting
    """
    here: Context = ctx.obj
    asked = " ".join(text)
    hits = here.journal.search(asked, here.kinds(kinds))
    here.out.page(lambda page: found.lines(hits, page, asked), list(map(found.data, hits)), here.journal.problems)
