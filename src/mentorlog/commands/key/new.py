"""`mentorlog key new`."""

import typer

from mentorlog.commands import options as opt
from mentorlog.flows import keys as flow


def run(
    ctx: opt.Context,
    replace: bool = opt.flag("--replace", help="Replace what is on the remote even if it cannot be read"),
    no_recipients: bool = opt.flag("--no-recipients", help="Keep none of the recovery recipients"),
) -> None:
    """Encrypt everything on the remote with a new key.

    Use it when a laptop was lost, or when somebody may have the key: it syncs first, then replaces the remote by one
    commit without history. If you have lost the key itself, --replace sends the records of this machine. Your other
    machines need the new key for their next sync.

    Example: mentorlog key new
    """
    is_whole = flow.new_key(ctx.obj, replace=replace, recipients=not no_recipients)
    raise typer.Exit(0 if is_whole else 3)
