"""`mentorlog goal resume`."""

from mentorlog.commands import options as opt
from mentorlog.flows.goal_status import change_status


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    *,
    message: str | None = opt.message("Reason for resuming it"),
    on: opt.On,
) -> None:
    """Resume a paused or closed goal.

    Example: mentorlog goal resume g7k3q
    """
    change_status(ctx.obj, "resume", goal, "active", on, message)
