"""`mentorlog mentee add`."""

from datetime import date

from mentorlog.commands import options as opt
from mentorlog.flows import new_mentorship
from mentorlog.flows.new_record import email as to_email


def run(
    ctx: opt.Context,
    name: opt.Name = None,
    every: int | None = opt.every(),
    purpose: str | None = opt.text("--purpose", help="What the mentorship is for", rare=False),
    email: str | None = opt.text("--email", metavar="ADDRESS", help="Email address", to=to_email, rare=False),
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    id: str | None = opt.slug(),
    nickname: str | None = opt.nickname(),
    started: date | None = opt.day("--started", help="Date the mentorship began", rare=True),
    term_ends: date | None = opt.day("--term-ends", help="Planned end date", rare=True, ahead=True),
    institution: str | None = opt.text("--institution", help="Institution"),
    program: str | None = opt.text("--program", help="Mentoring program that it belongs to"),
    tags: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Add someone whom you mentor.

    What works on a mentor works on a mentee: `meeting log`, `meeting prep`, `mentor cadence`, `mentor end` … Add their
    goals with `goal add --whose`, and what they will do with `task add --owner`.

    Example: mentorlog mentee add "Emmy Noether" --every "4 weeks"
    """
    new_mentorship.add(ctx.obj, "mentee", ctx.params)
