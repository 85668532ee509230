"""`mentorlog goal pause`."""

from mentorlog.commands import options as opt
from mentorlog.flows.goal_status import change_status


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    *,
    message: str | None = opt.message("Reason for the pause"),
    on: opt.On,
) -> None:
    """Pause a goal, with a reason.

    Example: mentorlog goal pause g7k3q -m "Night shifts until March"
    """
    change_status(ctx.obj, "pause", goal, "paused", on, message, "Why are you pausing it?")
