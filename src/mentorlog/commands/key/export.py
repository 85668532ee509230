"""`mentorlog key export`."""

from mentorlog.commands import options as opt
from mentorlog.commands.key import options as of_key
from mentorlog.flows import keys as flow


def run(
    ctx: opt.Context,
    file: str = opt.argument("FILE", "File to write"),
    passphrase_command: str | None = of_key.passphrase_command,
    yes: bool = opt.flag("--yes", help="Overwrite an existing file without asking", rare=True),
) -> None:
    """Write the key to a file, with a passphrase.

    With the file and the passphrase your other machine can sync: `mentorlog init PATH --from URL --key FILE`, or
    `mentorlog key import FILE` if it has the journal. Without mentorlog, `age -d FILE` prints the key.

    Example: mentorlog key export journal-key.age
    """
    flow.export_key(ctx.obj, file, of_key.passphrases(ctx.obj, passphrase_command), yes=yes)
