"""`mentorlog mentor add`."""

from datetime import date

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.flows import new_mentorship
from mentorlog.flows.new_record import email as to_email


def run(
    ctx: opt.Context,
    name: opt.Name = None,
    roles: list[str] | None = of_mentor.roles(),
    domains: list[str] | None = of_mentor.domains(),
    every: int | None = of_mentor.every(),
    purpose: str | None = opt.text("--purpose", help="What the mentorship is for", rare=False),
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    id: str | None = of_mentor.slug(),
    nickname: str | None = of_mentor.nickname(),
    longest: int | None = of_mentor.longest(rare=True),
    mode: str | None = of_mentor.mode(),
    minutes: int | None = of_mentor.minutes(rare=True),
    started: date | None = opt.day("--started", help="Date the mentorship began", rare=True),
    term_ends: date | None = opt.day("--term-ends", help="Planned end date", rare=True, ahead=True),
    proximity: str | None = opt.choice("--proximity", of=vocabulary.PROXIMITIES),
    formality: str | None = opt.choice("--formality", of=vocabulary.FORMALITIES),
    model: str | None = opt.choice("--model", of=vocabulary.MODELS),
    origin: str | None = opt.choice("--origin", of=vocabulary.ORIGINS),
    my_role: str | None = opt.choice("--my-role", of=vocabulary.MY_ROLES),
    met_via: str | None = of_mentor.met_via(rare=True),
    introduced_by: opt.View | None = of_mentor.introduced_by(),
    qualities: str | None = opt.text("--qualities", help="What impressed you"),
    perspective: str | None = opt.text("--perspective", help="How they differ from you and your other mentors"),
    conflict_of_interest: str | None = opt.text("--conflict", help="Conflict of interest (they also evaluate you)"),
    email: str | None = opt.text("--email", metavar="ADDRESS", help="Email address", to=to_email),
    phone: str | None = opt.text("--phone", metavar="NUMBER", help="Phone number"),
    department: str | None = opt.text("--department", help="Department"),
    institution: str | None = opt.text("--institution", help="Institution"),
    program: str | None = opt.text("--program", help="Mentoring program that it belongs to"),
    links: opt.Links = None,
    tags: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Add a current mentor.

    For a prospective mentor, use `mentor scout`; for someone whom you mentor, `mentee add`.

    Example: mentorlog mentor add "William Osler" --role advisor --every "4 weeks"
    """
    new_mentorship.add(ctx.obj, "mentor", ctx.params)
