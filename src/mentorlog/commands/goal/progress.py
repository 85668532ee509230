"""`mentorlog goal progress`."""

from mentorlog import lookup
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.output.messages import goal as messages


def _percentage(app: App, text: str) -> int:
    """Return a percentage as a number; BadValue for other text."""
    number: int = opt.number(0, 100)(app, text.strip().removesuffix("%"))
    return number


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    percent: int | None = opt.argument("PERCENT", "From 0 to 100", to=_percentage, default=None),
    *,
    message: str | None = opt.message("Comment on the progress"),
    on: opt.On,
) -> None:
    """Record progress: a percentage, a comment, or both.

    Example: mentorlog goal progress g7k3q 40 -m "Draft with Dr Osler"
    """
    from mentorlog.models.goal import Goal

    app = ctx.obj
    if percent is None and message is None:
        answer = app.prompt.ask("What is the progress? (e.g. 40, or a comment)", option="PERCENT or --message TEXT")
        if answer.removesuffix("%").strip().isdecimal():
            percent = _percentage(app, answer)
        else:
            message = answer
    text, name = app.texts.text(message), f"goal progress: {goal['title']}"
    view, _ = app.journal.update(Goal, goal["id"], name, lambda now: now.progressed(percent, text, on=on))
    app.out.say(messages.progressed(view, percent, on, lookup.whose(app, view)), view)
