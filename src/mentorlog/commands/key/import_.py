"""`mentorlog key import`."""

from mentorlog.commands import options as opt
from mentorlog.commands.key import options as of_key
from mentorlog.flows import keys as flow


def run(
    ctx: opt.Context,
    file: str = opt.argument("FILE", "File of the key (- reads stdin, or asks for the key)"),
    passphrase_command: str | None = of_key.passphrase_command,
    yes: bool = opt.flag("--yes", help="Replace another key without asking", rare=True),
) -> None:
    """Use the key of another machine for this journal.

    The file is one that `mentorlog key export` wrote, a key file of age, or `-` for a key that you type. A key that it
    replaces is kept: it is still needed to read what this machine last had in common with the remote.

    Example: mentorlog key import journal-key.age
    Example: mentorlog key import -
    """
    flow.import_key(ctx.obj, file, of_key.passphrases(ctx.obj, passphrase_command), yes=yes)
