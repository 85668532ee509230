"""`mentorlog mentor cadence`."""

from typing import Annotated

import typer

from mentorlog import dates, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.mentor.options import _LENGTH, _LONGEST, Every, days, text
from mentorlog.errors import Usage
from mentorlog.flows import mentoring
from mentorlog.output.messages import mentor as words

AgreedLongest = Annotated[str | None, text(_LONGEST, "--longest", metavar="LENGTH", rare=False)]
AgreedMode = Annotated[str | None, opt.choice("--mode", of=vocabulary.MODES, rare=False)]
AgreedMinutes = Annotated[int | None, text(_LENGTH, "--minutes", metavar="N", rare=False)]
Off = Annotated[bool, opt.option("--off", help="No cadence: meet when it happens")]


def run(
    ctx: typer.Context,
    mentor: opt.MentorArg,
    every: Every = None,
    longest: AgreedLongest = None,
    mode: AgreedMode = None,
    minutes: AgreedMinutes = None,
    off: Off = False,
) -> None:
    """Agree how often to meet, how, and for how long.

    What is not named stays as it is.

    Example: mentorlog mentor cadence osler --every "4 weeks" --minutes 30
    """
    app: App = ctx.obj
    found = app.lookup.mentor(mentor)
    given = (days(every), days(longest), mode, minutes)
    said = any(one is not None for one in given)
    if off and said:
        raise Usage("--off does not go with a cadence.", "leave one of the two out")
    if not off and not said:
        answer = app.prompt.ask("How often do you meet? (4 weeks, monthly)", option="--every LENGTH", check=dates.days)
        given = (dates.days(answer), None, None, None)
    change = (lambda m: m.without_cadence()) if off else (lambda m: m.meeting_every(*given))
    view, moved = mentoring.change(app, "cadence", found, change)
    app.out.say(words.rhythm(view, moved), view)
