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
    shown = {
        name.replace("_", " "): value if isinstance(value, str) else ("no", "yes")[value]
        for name, value in found.items()
    }
    here.out.say([f"{name:<11}{value}" for name, value in shown.items()], found)
