"""`mentorlog help`: show the man page, or the help of a command."""

from typing import Any

from mentorlog.commands import options as opt
from mentorlog.flows import manual


def run(
    ctx: opt.Context,
    words: list[str] | None = opt.argument("COMMAND...", "Command, such as `goal add`", default=None),
) -> None:
    """Show the manual, or help on a command.

    Without a command, opens the man page if `man` is installed; otherwise lists all commands.

    Example: mentorlog help
    Example: mentorlog help goal add
    """
    if words or not manual.shown(ctx.obj):
        root: Any = ctx.find_root()
        root.command.show_help(root, words or [])
