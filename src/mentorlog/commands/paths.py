"""`mentorlog paths`: where everything is."""

import typer

from mentorlog.context import Context

app = typer.Typer()


@app.command("paths")
def paths(ctx: typer.Context) -> None:
    """Show where the journal, the configuration and the program's own files are.

    Example: mentorlog paths
    """
    here: Context = ctx.obj
    found = here.places.described()
    here.out.say([f"{name:<11}{value}" for name, value in found.items()], found)
