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
    reasons: list[str] | None = of_mentor.reasons(
        help=f"Why: {', '.join(vocabulary.ENDING_REASONS)} … (repeatable)", rare=True
    ),
    stay_in_touch: bool = opt.flag("--stay-in-touch", help="End it, but keep meeting now and then"),
    hand_to: list[opt.View] | None = opt.person(
        "--hand-to", help="Mentor who takes over the goals (repeatable)", to=lookup.mentors, rare=False
    ),
    draft: bool = opt.draft("Print a letter of thanks"),
    drop_promises: bool = opt.flag("--drop-promises", help="Drop what they promised", rare=True),
    promises_to: opt.View | None = opt.person(
        "--promises-to", help="Who takes over their promises", metavar="me|MENTOR", to=lookup.me_or_mentor
    ),
    every: int | None = of_mentor.every(help="With --stay-in-touch: how often to meet", rare=True),
    pay_forward: str | None = opt.text("--pay-forward", help="Whom you help in turn, and with what: a new goal"),
    thanked: date | None = opt.day("--thanked", help="Date you thanked them (e.g. today)", rare=True),
    on: date | None = opt.day("--on", help=opt.ON, rare=True),
    correct: bool = opt.flag("--correct", help="Correct the last end: replace what you pass", rare=True),
    template: opt.Template = None,
    despite_lint: opt.DespiteLint = False,
) -> None:
    """End a mentorship and hand over open goals.

    Open goals go to the mentors given with --hand-to; use `goal tell` once they know. Promises of the mentor stay as
    they are unless you use --drop-promises or --promises-to. Once it has ended, what you pass is added, and with
    --correct it replaces what was saved. --draft prints thanks to begin with, also later.

    Example: mentorlog mentor end osler --kind moved --hand-to curie
    Example: mentorlog mentor end osler --thanked today --lesson "Ask earlier"
    Example: mentorlog mentor end osler --draft > thanks.txt
    """
    app = ctx.obj
    if draft or template:
        from mentorlog.flows import writing  # a change does not need it

        writing.refuse_with({"--kind": kind, "--hand-to": hand_to, "--stay-in-touch": stay_in_touch})
        return writing.write_thanks(app, mentor, template, despite_lint=despite_lint)
    if every is not None and not stay_in_touch:
        raise Usage("--every can only be used with --stay-in-touch.", "omit it, or add --stay-in-touch")
    if correct and stay_in_touch:
        raise Usage("--correct and --stay-in-touch cannot be used together.", "use only one of them")
    worked, did_not, lesson = map(app.texts.prose, (worked, did_not, lesson))
    plan = EndPlan(on or app.today, kind or "", reasons, worked, did_not, lesson, thanked)
    plan = plan._replace(pay_forward=app.texts.text(pay_forward), drop=drop_promises, correct=correct)
    plan = plan._replace(stay_in_touch=stay_in_touch, every=every)
    end_mentorship.end(app, mentor, plan, hand_to, promises_to, has_day=on is not None)
    return None
