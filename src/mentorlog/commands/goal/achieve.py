"""`mentorlog goal achieve`."""

from mentorlog.commands import options as opt
from mentorlog.flows.goal_status import change_status


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    *,
    partly: bool = opt.flag("--partly", help="Partly achieved (needs a message)"),
    message: str | None = opt.message("What you achieved, and how"),
    on: opt.On,
) -> None:
    """Mark a goal as achieved or partly achieved.

    Example: mentorlog goal achieve g7k3q -m "Accepted without revisions"
    """
    status, question = ("partly", "What did you achieve, and what not?") if partly else ("achieved", None)
    change_status(ctx.obj, "achieve", goal, status, on, message, question)
