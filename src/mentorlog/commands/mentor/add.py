"""`mentorlog mentor add`."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.domain import roster
from mentorlog.flows.new_record import ask_missing, record_fields
from mentorlog.output.messages import mentor as messages
from mentorlog.output.phrases import sentence
from mentorlog.store.journal import Query

Proximity = Annotated[str | None, opt.choice("--proximity", of=vocabulary.PROXIMITIES)]
Formality = Annotated[str | None, opt.choice("--formality", of=vocabulary.FORMALITIES)]
Model = Annotated[str | None, opt.choice("--model", of=vocabulary.MODELS)]
Origin = Annotated[str | None, opt.choice("--origin", of=vocabulary.ORIGINS)]
MyRole = Annotated[str | None, opt.choice("--my-role", of=vocabulary.MY_ROLES)]
Purpose = Annotated[str | None, opt.text("--purpose", help="What the mentorship is for", rare=False)]
MetVia = Annotated[str | None, opt.text("--met-via", "--where", help="Where we met, or what brought us together")]
Qualities = Annotated[str | None, opt.text("--qualities", help="What impressed you")]
Conflict = Annotated[str | None, opt.text("--conflict", help="A conflict of interest: they also evaluate me …")]
Email = Annotated[str | None, opt.text("--email", metavar="ADDRESS", help="Their address")]
Phone = Annotated[str | None, opt.text("--phone", metavar="NUMBER", help="Their number")]
Department = Annotated[str | None, opt.text("--department", help="Their department")]
Institution = Annotated[str | None, opt.text("--institution", help="Their institution")]
Program = Annotated[str | None, opt.text("--program", help="The mentoring programme it belongs to")]
Started = Annotated[date | None, opt.day("--started", help="The day the mentorship began", rare=True)]
TermEnds = Annotated[date | None, opt.day("--term-ends", help="The day it is planned to end", rare=True, ahead=True)]


def run(
    ctx: opt.Context,
    name: opt.Name = None,
    roles: of_mentor.Roles = None,
    domains: of_mentor.Domains = None,
    every: of_mentor.Every = None,
    purpose: Purpose = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    id: of_mentor.Slug = None,
    longest: of_mentor.RareLongest = None,
    mode: of_mentor.RareMode = None,
    minutes: of_mentor.RareMinutes = None,
    started: Started = None,
    term_ends: TermEnds = None,
    proximity: Proximity = None,
    formality: Formality = None,
    model: Model = None,
    origin: Origin = None,
    my_role: MyRole = None,
    met_via: MetVia = None,
    introduced_by: of_mentor.IntroducedBy = None,
    qualities: Qualities = None,
    conflict_of_interest: Conflict = None,
    email: Email = None,
    phone: Phone = None,
    department: Department = None,
    institution: Institution = None,
    program: Program = None,
    links: opt.Links = None,
    tags: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Add a current mentor.

    For a prospective one, use `mentor scout`.

    Example: mentorlog mentor add "William Osler" --role advisor --every "4 weeks"
    """
    from mentorlog.models.mentor import Mentor

    app = ctx.obj
    given = ask_missing(app, "mentor", ctx.params)
    cadence = (given["every"], longest, mode, minutes)
    fields = record_fields(app, given, "id", "every", "longest", "mode", "minutes")
    mentor = Mentor(id="new", created=app.now, **fields).entered(on=started or app.today)
    if any(part is not None for part in cadence):
        mentor = mentor.meeting_every(*cadence)
    mentor = replace(mentor, notes=app.texts.prose(notes, edit, name="mentor"))
    view = app.journal.change(
        f"mentor add: {mentor.name}",
        lambda transaction: roster.enter(transaction, transaction.find(Query("mentor")), mentor, id),
    )
    app.out.say(sentence(f"Added mentor {view['id']}: {view['name']}", messages.agreed(view)), view)
