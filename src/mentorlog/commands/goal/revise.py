"""`mentorlog goal revise`."""

from typing import TYPE_CHECKING

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.output.messages import goal as messages

if TYPE_CHECKING:
    from mentorlog.models.goal import Goal
from mentorlog.commands.goal.options import ask_reason, update


def run(
    ctx: typer.Context,
    goal: opt.GoalArg,
    pairs: opt.PairsArg = None,
    clear: opt.Clear = None,
    message: opt.Message = None,
    on: opt.OnDate = None,
) -> None:
    """Change what a goal says, and keep what it said and why it was changed.

    Days are words, lists take commas; mentors=osler,curie. What only was mistyped is corrected with set.

    Example: mentorlog goal revise g7k3q by="1 mar" --clear why -m "New format"
    """
    app: App = ctx.obj
    found, day, words = app.lookup.goal(goal), app.lookup.day_before(on), app.texts.pairs(pairs, clear)
    reason = ask_reason(app, message, "Why is it changed?")

    def change(now: "Goal") -> "Goal":
        return now.revised(app.journal.assigned(now, words, clear or ()), on=day, reason=reason)

    view = update(app, "revise", found, change)
    entries = view["history"][len(found["history"]) :]
    app.out.say(messages.revision(view, entries, app.journal.titles(messages.linked(entries))), view)
