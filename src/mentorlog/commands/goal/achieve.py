"""`mentorlog goal achieve`."""

from mentorlog.commands import options as opt
from mentorlog.flows.goal_status import change_status


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    *,
    partly: bool = opt.flag("--partly", help="Only part of it is reached; say which"),
    message: str | None = opt.message("What is reached, and how"),
    on: opt.On,
) -> None:
    """Close a goal as achieved, or partly achieved.

    Example: mentorlog goal achieve g7k3q -m "Accepted without revisions"
    """
    status, question = ("partly", "What is reached, and what is not?") if partly else ("achieved", None)
    change_status(ctx.obj, "achieve", goal, status, on, message, question)
