"""`mentorlog backup verify`."""

from mentorlog.commands import options as opt
from mentorlog.commands.backup import options as of_backup
from mentorlog.flows import backup as flow


def run(
    ctx: opt.Context,
    path: str = of_backup.path,
    passphrase_command: str | None = of_backup.passphrase_command,
) -> None:
    """Check every byte of a backup.

    Reads the whole file, compares each file in it with its checksum, and names what this version of mentorlog cannot
    read in it. It needs no journal and changes nothing.

    Example: mentorlog backup verify journal.tar
    """
    flow.verify_backup(ctx.obj, path, of_backup.passphrases(ctx.obj, passphrase_command))
