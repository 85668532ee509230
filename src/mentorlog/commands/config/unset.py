"""`mentorlog config unset`."""

from mentorlog.commands import options as opt
from mentorlog.commands.config.options import Key
from mentorlog.flows import settings as flow
from mentorlog.output.messages import settings as messages


def run(ctx: opt.Context, key: Key) -> None:
    """Use the default of a setting again.

    Example: mentorlog config unset drift_days
    """
    before, after = flow.change(ctx.obj, key, None)
    ctx.obj.out.say(messages.changed(before, after), after)
