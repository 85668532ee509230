"""`mentorlog backup restore`."""

from mentorlog.commands import options as opt
from mentorlog.commands.backup import options as of_backup
from mentorlog.flows import backup as flow


def run(
    ctx: opt.Context,
    path: str = of_backup.path,
    folder: str = opt.argument("FOLDER", "New or empty folder for the journal"),
    dry_run: bool = opt.flag("--dry-run", help="Check the backup and show what would be restored"),
    passphrase_command: str | None = of_backup.passphrase_command,
) -> None:
    """Restore a backup into a new folder.

    The whole backup is checked before anything is written, and the folder appears with all files or not at all. Your
    present journal is not changed; to use the restored one, run `mentorlog init` with its folder.

    Example: mentorlog backup restore journal.tar restored --dry-run
    Example: mentorlog backup restore journal.tar restored
    """
    passphrases = of_backup.passphrases(ctx.obj, passphrase_command)
    flow.restore_backup(ctx.obj, path, folder, passphrases, dry_run=dry_run)
