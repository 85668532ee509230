"""`mentorlog mentor expect`."""

from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.mentor.options import text
from mentorlog.flows import mentoring
from mentorlog.output.messages import mentor as words

_AGAIN = "(may be repeated)"
Mine = Annotated[list[str] | None, text(f"What I expect {_AGAIN}", "--mine", rare=False)]
Theirs = Annotated[list[str] | None, text(f"What they expect {_AGAIN}", "--theirs", rare=False)]
OffLimits = Annotated[list[str] | None, text(f"What we leave out {_AGAIN}", "--off-limits", rare=False)]
NotFor = Annotated[list[str] | None, text(f"What I do not look for {_AGAIN}", "--not-looking-for", rare=False)]
Asked = Annotated[str | None, text("The day I asked them", "--asked", metavar="DATE", rare=False)]


def run(
    ctx: typer.Context,
    mentor: opt.MentorArg,
    mine: Mine = None,
    theirs: Theirs = None,
    off_limits: OffLimits = None,
    not_looking_for: NotFor = None,
    asked: Asked = None,
    clear: opt.Clear = None,
) -> None:
    """Note what you expect of each other.

    It is added to what is there. --clear empties mine, theirs, off_limits, not_looking_for or asked, before anything
    is added.

    Example: mentorlog mentor expect osler --theirs "Drafts in time" --asked today
    """
    app: App = ctx.obj
    found, day = app.lookup.mentor(mentor), app.lookup.day_before(asked) if asked else None
    lists = dict(zip(vocabulary.EXPECTATIONS, (mine, theirs, off_limits, not_looking_for), strict=True))
    added = mentoring.expected(app, lists, nothing=not (day or clear))
    view, moved = mentoring.change(app, "expect", found, lambda m: m.expecting(added, clear=clear or (), asked_on=day))
    already = "" if moved else "Nothing new. "
    lines = words.expectations(view)
    app.out.say([f"{already}{lines[0]}", *lines[1:]], view)
