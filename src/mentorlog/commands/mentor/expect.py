"""`mentorlog mentor expect`."""

from datetime import date
from functools import partial

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.flows import agreement

_list = partial(opt.text, rare=False)
_days = partial(opt.option, metavar="N", rare=True)


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    mine: list[str] | None = _list("--mine", help="What you expect of them (repeatable)"),
    theirs: list[str] | None = _list("--theirs", help="What they expect of you (repeatable)"),
    off_limits: list[str] | None = _list("--off-limits", help="Topic that is off limits (repeatable)"),
    not_looking_for: list[str] | None = _list("--not-looking-for", help="What you are not looking for (repeatable)"),
    asked: date | None = opt.day("--asked", help="Date you asked what they expect"),
    response_days: int | None = _days(
        "--response-days", help="Days within which you answer each other", to=opt.number(1, 365)
    ),
    prep_days: int | None = _days(
        "--prep-days", help="Days before a meeting that material is sent", to=opt.number(0, 365)
    ),
    scheduled_by: str | None = opt.choice(
        "--scheduled-by", of=vocabulary.SCHEDULERS, help="Who arranges the meetings", metavar="me|them"
    ),
    confidentiality: str | None = opt.text("--confidentiality", help="What stays between you (- reads stdin)"),
    credit: str | None = opt.text("--credit", help="How work done together is credited (- reads stdin)"),
    feedback: str | None = opt.text("--feedback", help="How you give each other feedback (- reads stdin)"),
    revisit: date | None = of_mentor.revisit(rare=True),
    remove: list[str] | None = opt.text("--remove", help="Entry that no longer holds, or a part of it (repeatable)"),
    clear: opt.Clear = None,
) -> None:
    """Record what you expect of each other.

    New entries are added to existing ones; other values replace the old one. --clear first empties a list or a value,
    such as mine, theirs or credit; --remove takes out one entry. When you both agree, use `mentor agree`.

    Example: mentorlog mentor expect osler --theirs "Drafts in time" --asked today
    Example: mentorlog mentor expect osler --response-days 3 --scheduled-by me
    """
    texts = ctx.obj.texts
    lists = {"mine": mine, "theirs": theirs, "off_limits": off_limits, "not_looking_for": not_looking_for}
    prose = {"confidentiality": confidentiality, "credit": credit, "feedback": feedback}
    values = {"asked_on": asked, "response_days": response_days, "prep_days": prep_days, "scheduled_by": scheduled_by}
    values |= {name: texts.prose(text) for name, text in prose.items()}
    given = {name: texts.texts(several) for name, several in lists.items()}
    agreement.expect(ctx.obj, mentor, given, {**values, "revisit_on": revisit}, texts.texts(remove) or (), clear or ())
