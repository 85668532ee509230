"""The options shared by the verbs of `mentorlog key`."""

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.input.passphrase import OPTION, Passphrases

_passphrase_help = "Command that prints the passphrase, instead of a question"
passphrase_command = opt.option(OPTION, metavar="CMD", help=_passphrase_help, rare=True)


def passphrases(app: App, command: str | None) -> Passphrases:
    """Return where passphrases come from: a command, or the terminal."""
    return Passphrases(app.prompt, command, no_input=app.no_input)
