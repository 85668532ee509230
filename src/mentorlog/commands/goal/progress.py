"""`mentorlog goal progress`."""

from typing import Annotated

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.goal.options import update
from mentorlog.errors import BadValue


def run(
    ctx: typer.Context,
    goal: opt.GoalArg,
    percent: Annotated[str | None, opt.argument("PERCENT", "How far it is, from 0 to 100")] = None,
    message: opt.Message = None,
    on: opt.OnDate = None,
) -> None:
    """Note how far a goal is: a percentage, words, or both.

    Example: mentorlog goal progress g7k3q 40 -m "Draft with Dr Osler"
    """
    app: App = ctx.obj
    found, day = app.lookup.goal(goal), app.lookup.day_before(on)
    if percent is None and message is None:
        percent, message = _far(
            app.prompt.ask("How far is it, in percent or in words?", option="PERCENT or --message TEXT (-m)")
        )
    text, number = app.texts.text(message), None if percent is None else _number(percent)
    view = update(app, "progress", found, lambda now: now.progressed(number, text, on=day))
    said = "" if number is None else f", {number}%"
    app.out.say(f"Noted progress of goal {view['id']}: {view['title']}{said}, on {app.lookup.format_day(day)}.", view)


def _far(answer: str) -> tuple[str | None, str | None]:
    """Part an answer into a percentage or words."""
    return (answer, None) if answer.removesuffix("%").strip().isdecimal() else (None, answer)


def _number(text: str) -> int:
    """Return a percentage as a number; BadValue for words."""
    digits = text.strip().removesuffix("%").strip()
    if digits.isascii() and digits.isdigit() and int(digits[:9]) <= 100:
        return int(digits)
    raise BadValue("percent", "PERCENT is a number from 0 to 100.", "say it in words with --message TEXT")
