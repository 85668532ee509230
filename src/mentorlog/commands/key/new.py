"""`mentorlog key new`."""

from mentorlog.commands import options as opt
from mentorlog.flows import keys as flow


def run(
    ctx: opt.Context,
    replace: bool = opt.flag("--replace", help="Replace what is on the remote even if it cannot be read"),
) -> None:
    """Encrypt everything on the remote with a new key.

    After a laptop was lost, or whenever somebody may have the key. It syncs first, then replaces the remote by one
    commit without history. If you have lost the key itself, nothing else is lost: `--replace` sends the records of this
    machine. Your other machines need the new key for their next sync; recovery recipients stay.

    Example: mentorlog key new
    """
    flow.new_key(ctx.obj, replace=replace)
