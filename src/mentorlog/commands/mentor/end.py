"""`mentorlog mentor end`."""

from datetime import date
from typing import Annotated

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.mentor.options import RareEvery
from mentorlog.commands.options import View
from mentorlog.domain.handover import EndPlan
from mentorlog.errors import Usage
from mentorlog.flows import end_mentorship

Ending = Annotated[str | None, opt.choice("--kind", of=vocabulary.ENDINGS, rare=False)]
Worked = Annotated[str | None, opt.text("--worked", help="What worked", rare=False)]
DidNot = Annotated[str | None, opt.text("--did-not", help="What did not", rare=False)]
Lesson = Annotated[str | None, opt.text("--lesson", help="What you learned", rare=False)]
StayInTouch = Annotated[bool, opt.option("--stay-in-touch", help="Keep meeting now and then")]
HandTo = Annotated[
    list[View] | None,
    opt.person(
        "--hand-to", help="Who takes over the goals (can be repeated)", to=end_mentorship.mentors_named, rare=False
    ),
]
DropPromises = Annotated[bool, opt.option("--drop-promises", help="Drop what they promised", rare=True)]
PromisesTo = Annotated[
    View | None,
    opt.person(
        "--promises-to", help="Who takes over their promises", metavar="me|MENTOR", to=end_mentorship.me_or_mentor
    ),
]


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    *,
    kind: Ending = None,
    worked: Worked = None,
    did_not: DidNot = None,
    lesson: Lesson = None,
    stay_in_touch: StayInTouch = False,
    hand_to: HandTo = None,
    drop_promises: DropPromises = False,
    promises_to: PromisesTo = None,
    every: RareEvery = None,
    on: Annotated[date, opt.on(rare=True)],
) -> None:
    """End a mentorship and hand over what is open.

    Open goals go to the mentors given with --hand-to, who have not yet been told of them. The mentor's promises stay
    as they are, unless you drop them or hand them to another mentor or to yourself.

    Example: mentorlog mentor end osler --kind moved --hand-to curie
    """
    app = ctx.obj
    if every is not None and not stay_in_touch:
        raise Usage("--every goes with --stay-in-touch only.", "leave it out, or add --stay-in-touch")
    texts = app.texts.prose(worked), app.texts.prose(did_not), app.texts.prose(lesson)
    plan = EndPlan(on, kind or "", *texts, stay_in_touch, every, drop=drop_promises)
    end_mentorship.end(app, mentor, plan, hand_to, promises_to)
