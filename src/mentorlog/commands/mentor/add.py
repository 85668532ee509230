"""`mentorlog mentor add`."""

from dataclasses import replace
from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.mentor.options import _LENGTH, _LONGEST, Domains, Every, IntroducedBy, Roles, Slug, days, text
from mentorlog.flows import mentoring
from mentorlog.output.messages import mentor as words
from mentorlog.output.phrases import sentence

Longest = Annotated[str | None, text(_LONGEST, "--longest", metavar="LENGTH")]
Mode = Annotated[str | None, opt.choice("--mode", of=vocabulary.MODES)]
Minutes = Annotated[int | None, text(_LENGTH, "--minutes", metavar="N")]
Proximity = Annotated[str | None, opt.choice("--proximity", of=vocabulary.PROXIMITIES)]
Formality = Annotated[str | None, opt.choice("--formality", of=vocabulary.FORMALITIES)]
Model = Annotated[str | None, opt.choice("--model", of=vocabulary.MODELS)]
Origin = Annotated[str | None, opt.choice("--origin", of=vocabulary.ORIGINS)]
MyRole = Annotated[str | None, opt.choice("--my-role", of=vocabulary.MY_ROLES)]
Purpose = Annotated[str | None, text("What the mentorship is for", "--purpose", rare=False)]
MetVia = Annotated[str | None, text("Where we met, or what brought us together", "--met-via", "--where")]
Qualities = Annotated[str | None, text("What impressed me", "--qualities")]
Conflict = Annotated[str | None, text("A conflict of interest: they also evaluate me …", "--conflict")]
Email = Annotated[str | None, text("Their address", "--email", metavar="ADDRESS")]
Phone = Annotated[str | None, text("Their number", "--phone", metavar="NUMBER")]
Department = Annotated[str | None, text("Their department", "--department")]
Institution = Annotated[str | None, text("Their institution", "--institution")]
Program = Annotated[str | None, text("The mentoring programme it belongs to", "--program")]
Started = Annotated[str | None, text("The day the mentorship began", "--started", metavar="DATE")]
TermEnds = Annotated[str | None, text("The day it is set to end", "--term-ends", metavar="DATE")]


def run(
    ctx: typer.Context,
    name: opt.NameArg = None,
    role: Roles = None,
    domain: Domains = None,
    every: Every = None,
    purpose: Purpose = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    id: Slug = None,
    longest: Longest = None,
    mode: Mode = None,
    minutes: Minutes = None,
    started: Started = None,
    term_ends: TermEnds = None,
    proximity: Proximity = None,
    formality: Formality = None,
    model: Model = None,
    origin: Origin = None,
    my_role: MyRole = None,
    met_via: MetVia = None,
    introduced_by: IntroducedBy = None,
    qualities: Qualities = None,
    conflict: Conflict = None,
    email: Email = None,
    phone: Phone = None,
    department: Department = None,
    institution: Institution = None,
    program: Program = None,
    link: opt.Links = None,
    tag: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Add a mentor whom you have already.

    Somebody whom you only think of is noted with mentor scout.

    Example: mentorlog mentor add "William Osler" --role advisor --every "4 weeks"
    """
    app: App = ctx.obj
    first = {"name": name, "roles": role, "every": every, "purpose": purpose, "email": email}
    person = {"phone": phone, "department": department, "institution": institution, "program": program}
    kind = {"proximity": proximity, "formality": formality, "model": model, "origin": origin, "my_role": my_role}
    story = {"domains": domain, "met_via": met_via, "introduced_by": introduced_by, "qualities": qualities}
    begun, until = app.lookup.day_before(started) if started else None, app.lookup.day_ahead(term_ends)
    more = {"conflict_of_interest": conflict, "links": link, "tags": tag, "private": private}
    words_given = mentoring.who(app, first)
    rhythm = (days(words_given.pop("every")), days(longest), mode, minutes)
    given = {**words_given, **person, **kind, **story, **more, "started": begun, "term_ends": until}
    mentor = mentoring.new(app, given, begun or app.today, rhythm)
    view = mentoring.keep(app, "add", replace(mentor, notes=app.texts.prose(notes, edit, name="mentor")), id)
    app.out.say(sentence(f"Added mentor {view['id']}: {view['name']}", words.agreed(view)), view)
