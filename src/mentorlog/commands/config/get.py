"""`mentorlog config get`."""

from mentorlog.commands import options as opt
from mentorlog.commands.config.options import Key
from mentorlog.flows import settings as flow


def run(ctx: opt.Context, key: Key) -> None:
    """Print the value of a setting.

    Prints the default if you have not set it, and an empty line if there is none.

    Example: mentorlog config get drift_days
    """
    row = flow.one(ctx.obj, key)
    ctx.obj.out.say(str(row["value"] or ""), row)
