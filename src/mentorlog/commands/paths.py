"""`mentorlog paths`: where everything is."""

import typer

from mentorlog.app import App


def run(ctx: typer.Context) -> None:
    """Show where the journal, the configuration and the program's own files are.

    Example: mentorlog paths
    """
    app: App = ctx.obj
    found = app.places.described()
    app.out.say([f"{key.replace('_', ' '):<11}{_said(value)}" for key, value in found.items()], found)


def _said(value: str | bool | None) -> str:
    if value is None:
        return "unknown: there is no home folder"
    return value if isinstance(value, str) else ("no", "yes")[value]
