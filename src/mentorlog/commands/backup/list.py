"""`mentorlog backup list`."""

from mentorlog.commands import options as opt
from mentorlog.commands.backup import options as of_backup
from mentorlog.flows import backup as flow
from mentorlog.output.screens import backups as screen


def run(
    ctx: opt.Context,
    folder: str = opt.argument("FOLDER", "Folder with backups"),
    passphrase_command: str | None = of_backup.passphrase_command,
) -> None:
    """List the backups in a folder.

    Shows what each backup says of itself, the latest first; other files are ignored. Encrypted ones are decrypted
    only with --passphrase-command. To check whether a backup is whole, use `mentorlog backup verify`.

    Example: mentorlog backup list ~/backups
    """
    app = ctx.obj
    passphrases = of_backup.passphrases(app, passphrase_command) if passphrase_command is not None else None
    app.out.listing(flow.list_backups(app, folder, passphrases), screen.COLUMNS, "No backups in this folder.")
