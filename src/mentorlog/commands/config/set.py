"""`mentorlog config set`."""

from mentorlog.commands import options as opt
from mentorlog.commands.config.options import Key
from mentorlog.flows import settings as flow
from mentorlog.output.messages import settings as messages


def run(
    ctx: opt.Context, key: Key, value: str = opt.argument("VALUE", 'Its value, such as 28, "6 weeks" or sunday')
) -> None:
    """Set a setting.

    An option of a command (--within, --zone, --for) is stronger. Comments in the file are kept. It is not a change of
    the journal: to go back, set the old value, which is shown.

    Example: mentorlog config set drift_days "8 weeks"
    Example: mentorlog config set week_start sunday
    Example: mentorlog config set audience program
    """
    before, after = flow.change(ctx.obj, key, flow.value(ctx.obj, key, value))
    ctx.obj.out.say(messages.changed(before, after), after)
