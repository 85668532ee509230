"""`mentorlog goal progress`."""

from mentorlog.commands import options as opt
from mentorlog.errors import BadValue
from mentorlog.output.messages import goal as messages


def run(
    ctx: opt.Context,
    goal: opt.Goal,
    percent: str | None = opt.argument("PERCENT", "How far it is, from 0 to 100", default=None),
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
        question = "How far is it, in percent or in words?"
        percent, message = _part(app.prompt.ask(question, option="PERCENT or --message TEXT (-m)"))
    text, number = app.texts.text(message), None if percent is None else _number(percent)
    name = f"goal progress: {goal['title']}"
    view, _ = app.journal.update(Goal, goal["id"], name, lambda now: now.progressed(number, text, on=on))
    app.out.say(messages.progressed(view, number, on), view)


def _part(answer: str) -> tuple[str | None, str | None]:
    """Part an answer into a percentage or words."""
    return (answer, None) if answer.removesuffix("%").strip().isdecimal() else (None, answer)


def _number(text: str) -> int:
    """Return a percentage as a number; BadValue for words."""
    digits = text.strip().removesuffix("%").strip()
    if digits.isascii() and digits.isdigit() and int(digits[:9]) <= 100:
        return int(digits)
    raise BadValue("percent", "PERCENT is a number from 0 to 100.", "say it in words with --message TEXT")
