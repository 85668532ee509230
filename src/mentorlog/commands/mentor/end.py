"""`mentorlog mentor end`."""

from datetime import date

from mentorlog import lookup, vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.domain.handover import EndPlan
from mentorlog.errors import Usage
from mentorlog.flows import end_mentorship


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    *,
    kind: str | None = opt.kind(
        vocabulary.ENDINGS, f"How it ended: {opt.explained(vocabulary.ENDING_MEANINGS)}", rare=False
    ),
    worked: str | None = opt.text("--worked", help="What worked", rare=False),
    did_not: str | None = opt.text("--did-not", help="What did not work", rare=False),
    lesson: str | None = opt.text("--lesson", help="What you learned", rare=False),
    reasons: list[str] | None = of_mentor.reasons(help=f"{', '.join(vocabulary.ENDING_REASONS)} … (repeatable)"),
    stay_in_touch: bool = opt.flag("--stay-in-touch", help="End it, but keep meeting now and then"),
    hand_to: list[opt.View] | None = opt.person(
        "--hand-to", help="Mentor who takes over the goals (repeatable)", to=lookup.mentors, rare=False
    ),
    drop_promises: bool = opt.flag("--drop-promises", help="Drop what they promised", rare=True),
    promises_to: opt.View | None = opt.person(
        "--promises-to", help="Who takes over their promises", metavar="me|MENTOR", to=lookup.me_or_mentor
    ),
    every: int | None = of_mentor.every(help="With --stay-in-touch: how often to meet", rare=True),
    pay_forward: str | None = opt.text("--pay-forward", help="Whom you help in turn, and with what: a new goal"),
    thanked: date | None = opt.day("--thanked", help="Date you thanked them (e.g. today)", rare=True),
    on: date | None = opt.day("--on", help=opt.ON, rare=True),
    correct: bool = opt.flag("--correct", help="Correct the last end: replace what you pass", rare=True),
) -> None:
    """End a mentorship and hand over open goals.

    Open goals go to the mentors given with --hand-to; use `goal tell` once they know. Promises of the mentor stay as
    they are unless you use --drop-promises or --promises-to. Once it has ended, what you pass is added, and with
    --correct it replaces what was saved.

    Example: mentorlog mentor end osler --kind moved --hand-to curie
    Example: mentorlog mentor end osler --thanked today --lesson "Ask earlier"
    """
    app = ctx.obj
    if every is not None and not stay_in_touch:
        raise Usage("--every can only be used with --stay-in-touch.", "omit it, or add --stay-in-touch")
    if correct and stay_in_touch:
        raise Usage("--correct and --stay-in-touch cannot be used together.", "use only one of them")
    plan = EndPlan(
        on or app.today,
        kind or "",
        reasons,
        worked=app.texts.prose(worked),
        did_not=app.texts.prose(did_not),
        lesson=app.texts.prose(lesson),
        thanked_on=thanked,
        pay_forward=app.texts.text(pay_forward),
        stay_in_touch=stay_in_touch,
        every=every,
        drop=drop_promises,
        correct=correct,
    )
    end_mentorship.end(app, mentor, plan, hand_to, promises_to, has_day=on is not None)
