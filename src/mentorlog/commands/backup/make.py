"""`mentorlog backup make`."""

import typer

from mentorlog.commands import options as opt
from mentorlog.commands.backup import options as of_backup
from mentorlog.flows import backup as flow


def run(
    ctx: opt.Context,
    path: str = of_backup.path,
    with_log: bool = opt.flag("--with-log", help="Include the change history, so that undo works after a restore"),
    encrypt: bool = opt.flag("--encrypt", help="Encrypt it with a passphrase, in the format of age"),
    passphrase_command: str | None = of_backup.passphrase_command,
    skip_unreadable: bool = opt.flag("--skip-unreadable", help="Leave out files that cannot be read", rare=True),
    yes: bool = opt.flag("--yes", help="Overwrite an existing file without asking", rare=True),
) -> None:
    """Write a backup of the journal, and read it back.

    The backup is one tar file, readable only by you, with your records, profile and templates as of one moment. It
    is compared byte by byte with what the disk returns before it gets its name. If a file cannot be read, nothing is
    written; with --skip-unreadable the rest is, and the exit status is 3.

    Example: mentorlog backup make journal.tar
    Example: mentorlog backup make ~/backups/journal-2026-11-23.tar --with-log
    Example: mentorlog backup make journal.tar.age --encrypt
    """
    passphrases = of_backup.passphrases_to_encrypt(ctx.obj, encrypt, passphrase_command)
    settings = {"with_log": with_log, "skip_unreadable": skip_unreadable, "yes": yes}
    is_whole = flow.make_backup(ctx.obj, path, passphrases, **settings)
    raise typer.Exit(0 if is_whole else 3)
