"""`mentorlog goal drop`."""

from mentorlog.commands import options as opt
from mentorlog.flows.goal_status import change_status


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    *,
    message: str | None = opt.message("Reason for dropping it"),
    on: opt.On,
) -> None:
    """Drop a goal, with a reason.

    Example: mentorlog goal drop g7k3q -m "The case was published by others"
    """
    change_status(ctx.obj, "drop", goal, "dropped", on, message, "Why are you dropping it?")
