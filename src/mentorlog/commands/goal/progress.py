"""`mentorlog goal progress`."""

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.errors import BadValue
from mentorlog.output.messages import goal as messages


def _percentage(app: App, text: str) -> int:
    """Return a percentage as a number; BadValue for words."""
    digits = text.strip().removesuffix("%").strip()
    if digits.isascii() and digits.isdigit() and int(digits[:9]) <= 100:
        return int(digits)
    raise BadValue("percent", "PERCENT is a number from 0 to 100.", "say it in words with --message TEXT")


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    percent: int | None = opt.argument("PERCENT", "How far it is, from 0 to 100", to=_percentage, default=None),
    *,
    message: str | None = opt.message("What has moved, in words"),
    on: opt.On,
) -> None:
    """Record progress: a percentage, a comment, or both.

    Example: mentorlog goal progress g7k3q 40 -m "Draft with Dr Osler"
    """
    from mentorlog.models.goal import Goal

    app = ctx.obj
    if percent is None and message is None:
        answer = app.prompt.ask("How far is it, in percent or in words?", option="PERCENT or --message TEXT (-m)")
        if answer.removesuffix("%").strip().isdecimal():
            percent = _percentage(app, answer)
        else:
            message = answer
    text, name = app.texts.text(message), f"goal progress: {goal['title']}"
    view, _ = app.journal.update(Goal, goal["id"], name, lambda now: now.progressed(percent, text, on=on))
    app.out.say(messages.progressed(view, percent, on), view)
