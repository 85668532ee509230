"""`mentorlog goal tell`."""

from mentorlog.commands import options as opt
from mentorlog.output.messages import goal as messages


def run(ctx: opt.Context, goal: opt.Goal, mentor: opt.Mentor, on: opt.On) -> None:
    """Record that a mentor has been told of a goal.

    The date counts: what changes after it they do not know yet, until you tell them again. A mentor who was not among
    those of the goal is from now on.

    Example: mentorlog goal tell g7k3q osler
    """
    from mentorlog.models.goal import Goal

    app = ctx.obj
    name = f"goal tell: {goal['title']}"
    view, changed = app.journal.update(Goal, goal["id"], name, lambda now: now.told(mentor["id"], on=on))
    app.out.say(messages.told(view, mentor, on, changed), view)
