"""The argument and options shared by the verbs of `mentorlog backup`."""

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.input.passphrase import OPTION, Passphrases

path = opt.argument("PATH", "File of the backup")
_passphrase_help = "Command that prints the passphrase, instead of a question"
passphrase_command = opt.option(OPTION, metavar="CMD", help=_passphrase_help, rare=True)


def passphrases(app: App, command: str | None) -> Passphrases:
    """Return where passphrases come from: a command, or the terminal."""
    return Passphrases(app.prompt, command, no_input=app.no_input)


def passphrases_to_encrypt(app: App, encrypt: bool, command: str | None) -> Passphrases | None:
    """Return where the passphrase of a new backup comes from; None if it is not encrypted."""
    if command is not None and not encrypt:
        raise Usage(f"{OPTION} needs --encrypt.", "add --encrypt, or leave it out")
    return passphrases(app, command) if encrypt else None
