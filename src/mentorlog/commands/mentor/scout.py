"""`mentorlog mentor scout`."""

from dataclasses import replace
from typing import Annotated

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.mentor.options import _ROLES, Domains, IntroducedBy, Slug, text
from mentorlog.flows import mentoring
from mentorlog.output.phrases import sentence

RareRoles = Annotated[list[str] | None, text(_ROLES, "--role", metavar="WORD")]
Where = Annotated[str | None, text("Where I saw them at work", "--where", "--met-via", rare=False)]
Impressed = Annotated[str | None, text("What impressed me", "--qualities", rare=False)]


def run(
    ctx: typer.Context,
    name: opt.NameArg = None,
    where: Where = None,
    qualities: Impressed = None,
    domain: Domains = None,
    role: RareRoles = None,
    on: opt.OnDate = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    introduced_by: IntroducedBy = None,
    id: Slug = None,
    tag: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Note somebody whom you would like as a mentor.

    Example: mentorlog mentor scout "Marie Curie" --where "grand rounds"
    """
    app: App = ctx.obj
    first = {"name": name, "met_via": where, "qualities": qualities}
    more = {"domains": domain, "roles": role, "introduced_by": introduced_by, "tags": tag, "private": private}
    day = app.lookup.day_before(on)
    mentor = mentoring.new(app, {**mentoring.who(app, first, candidate=True), **more, "status": "candidate"}, day)
    view = mentoring.keep(app, "scout", replace(mentor, notes=app.texts.prose(notes, edit, name="mentor")), id)
    seen = [*([f"seen at {view['met_via']}"] if view["met_via"] else []), f"on {app.lookup.format_day(day)}"]
    app.out.say(sentence(f"Noted candidate {view['id']}: {view['name']}", seen), view)
