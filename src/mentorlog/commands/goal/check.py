"""`mentorlog goal check`."""

from mentorlog import lookup
from mentorlog.commands import options as opt
from mentorlog.flows import check_goals


def run(
    ctx: opt.Context,
    goal: opt.View | None = opt.argument(
        "GOAL", "Id or unique prefix, or words of the title", opt.ids("goal"), lookup.goal, default=None
    ),
) -> None:
    """Show what is vague in a goal, or in all active goals.

    A goal is easier to reach if it says why, how you will know, and by when; if a mentor was told about it; and if
    there is a next task. For one goal, on a terminal, it asks for what is missing; Enter skips a question.

    Example: mentorlog goal check
    Example: mentorlog goal check g7k3q
    """
    if goal is None:
        check_goals.check_all(ctx.obj)
    else:
        check_goals.check_one(ctx.obj, goal)
