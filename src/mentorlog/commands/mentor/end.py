"""`mentorlog mentor end`."""

from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.mentor.options import _EVERY, days, person, text
from mentorlog.errors import Usage
from mentorlog.flows import mentoring

RareEvery = Annotated[str | None, text(_EVERY, "--every", metavar="LENGTH")]
Ending = Annotated[str | None, opt.choice("--kind", of=vocabulary.ENDINGS, rare=False)]
Worked = Annotated[str | None, text("What worked", "--worked", rare=False)]
DidNot = Annotated[str | None, text("What did not", "--did-not", rare=False)]
Lesson = Annotated[str | None, text("What I take along", "--lesson", rare=False)]
StayInTouch = Annotated[bool, opt.option("--stay-in-touch", help="Go on meeting, now and then")]
HandTo = Annotated[list[str] | None, person("Who takes over the goals (may be repeated)", "--hand-to", rare=False)]
DropPromises = Annotated[bool, opt.option("--drop-promises", help="Drop what they promised", rare=True)]
PromisesTo = Annotated[str | None, person("Who takes over their promises", "--promises-to", "me|MENTOR")]


def run(
    ctx: typer.Context,
    mentor: opt.MentorArg,
    kind: Ending = None,
    worked: Worked = None,
    did_not: DidNot = None,
    lesson: Lesson = None,
    stay_in_touch: StayInTouch = False,
    hand_to: HandTo = None,
    drop_promises: DropPromises = False,
    promises_to: PromisesTo = None,
    every: RareEvery = None,
    on: opt.RareOnDate = None,
) -> None:
    """End a mentorship, and hand over what is open.

    Goals that are open go to the mentors of --hand-to, who are not yet told of them. What the mentor promised stays
    as it is, unless it is dropped or given to another mentor or to you.

    Example: mentorlog mentor end osler --kind moved --hand-to curie
    """
    app: App = ctx.obj
    found, day = app.lookup.mentor(mentor), app.lookup.day_before(on)
    if every is not None and not stay_in_touch:
        raise Usage("--every goes with --stay-in-touch only.", "leave it out, or add --stay-in-touch")
    how = {"on": day, "kind": kind, "stay_in_touch": stay_in_touch, "every": days(every)}
    texts = {"worked": worked, "did_not": did_not, "lesson": lesson}
    takers = {"hand_to": hand_to, "promises_to": promises_to, "drop": drop_promises}
    view, lines, beside = mentoring.part(app, found, how, texts, takers)
    app.out.say(lines, view)
    for line in beside:
        app.out.note(line)
