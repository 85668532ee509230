"""`mentorlog edit`: a record in the user's own editor."""

from typing import Annotated

import typer

from mentorlog.commands import options as opt
from mentorlog.context import Context
from mentorlog.models.views import heading
from mentorlog.screens import edit_document, edit_prose

app = typer.Typer()


@app.command("edit")
def edit(
    ctx: typer.Context,
    id: opt.IdArg,
    notes: Annotated[bool, opt.option("--notes", help="Only the notes, as Markdown")] = False,
    whole: Annotated[bool, opt.option("--toml", help="The whole record, as TOML")] = False,
) -> None:
    """Edit a record in your editor: the prose of notes and meetings, the TOML of everything else.

    What does not fit is offered again with the error on top; what you typed is never lost. Your own bytes are kept,
    comments too.

    Example: mentorlog edit m4k2p
    Example: mentorlog edit osler --notes
    """
    here: Context = ctx.obj
    source = here.journal.source(id)
    prose = (notes or source.path.startswith(("notes/", "meetings/"))) and not whole
    view = edit_prose(here, source) if prose else edit_document(here, source)
    here.out.say(f"Edited {view['record']} {view['id']}: {heading(view)}", view)
