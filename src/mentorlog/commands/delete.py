"""`mentorlog delete`: a record goes; what refers to it keeps its link."""

import typer

from mentorlog.commands import options as opt
from mentorlog.context import Context
from mentorlog.models.views import heading

app = typer.Typer()


@app.command("delete")
def delete(ctx: typer.Context, id: opt.IdArg, yes: opt.Yes = False) -> None:
    """Delete a record; where others refer to it you are asked first, and their links stay.

    Example: mentorlog delete n4m2x
    Example: mentorlog delete g7k3q --yes
    """
    here: Context = ctx.obj
    found = here.journal.resolve(id)
    title, others = heading(found), here.journal.references(found["id"])
    named = ", ".join(other["id"] for other in others[:5]) + (" …" if len(others) > 5 else "")
    if others and not yes and not here.confirm(f"{len(others)} refer to {found['id']} ({named}). Delete it?"):
        return here.out.say("Nothing was deleted.", None)
    here.journal.delete(found["id"], name=f"delete: {title}")
    return here.out.say(f"Deleted {found['record']} {found['id']}: {title} (mentorlog undo brings it back)", found)
