"""`mentorlog goal tell`."""

from mentorlog.commands import options as opt
from mentorlog.domain import goal_links
from mentorlog.output.messages import goal as messages


def run(ctx: opt.Context, goal: opt.Goal, mentor: opt.Mentor, on: opt.On) -> None:
    """Record that you told a mentor about a goal.

    `meeting prep` lists later changes until you run this again. Adds the mentor to the goal if needed.

    Example: mentorlog goal tell g7k3q osler
    """
    from mentorlog.models.goal import Goal

    app = ctx.obj
    goal_links.check_told(goal, mentor)
    name = f"goal tell: {goal['title']}"
    view, changed = app.journal.update(Goal, goal["id"], name, lambda now: now.told(mentor["id"], on=on))
    app.out.say(messages.told(view, mentor, on, changed), view)
