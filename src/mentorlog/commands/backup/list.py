"""`mentorlog backup list`."""

from mentorlog.commands import options as opt
from mentorlog.flows import backup as flow
from mentorlog.output.screens import backups as screen


def run(ctx: opt.Context, folder: str = opt.argument("FOLDER", "Folder with backups")) -> None:
    """List the backups in a folder.

    Shows what each backup says of itself, the latest first; other files are ignored. To check whether a backup is
    whole, use `mentorlog backup verify`.

    Example: mentorlog backup list ~/backups
    """
    app = ctx.obj
    app.out.listing(flow.list_backups(app, folder), screen.COLUMNS, "No backups in this folder.")
