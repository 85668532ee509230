"""`mentorlog help`: show the man page, or the help of a command."""

from typing import Any

from mentorlog.candidates import Candidate
from mentorlog.commands import options as opt
from mentorlog.flows import manual


def _commands(ctx: Any, start: str) -> list[Candidate]:
    """Complete the words of a command."""
    command = ctx.find_root().command
    for word in ctx.params.get("words") or ():
        command = command.build(word)
    return [
        Candidate(name, one.help) for name, one in getattr(command, "commands", {}).items() if name.startswith(start)
    ]


def run(
    ctx: opt.Context,
    words: list[str] | None = opt.argument("COMMAND...", "Command, such as `goal add`", _commands, default=None),
) -> None:
    """Show the manual, or help on a command.

    Without a command, opens the man page if `man` is installed; otherwise lists all commands.

    Example: mentorlog help
    Example: mentorlog help goal add
    """
    if words or not manual.shown(ctx.obj):
        root: Any = ctx.find_root()
        root.command.show_help(root, words or [])
