"""`mentorlog meeting plan`."""

from dataclasses import replace
from functools import partial
from typing import Annotated

from mentorlog import lookup
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.meeting.options import Goals, Kind, Minutes, Mode, ahead
from mentorlog.commands.options import View
from mentorlog.flows.after_meeting import report
from mentorlog.flows.new_record import record_fields
from mentorlog.models.views import joined
from mentorlog.output.messages import meeting as messages

When = Annotated[
    View | None, opt.option("--on", metavar="WHEN", help="The day, with or without the time: fri 14:00", to=ahead)
]
Agenda = Annotated[
    list[str] | None, opt.option("--agenda", "-a", metavar="TEXT", help="Something to talk about (can be repeated)")
]
_MENTORS = "Ids or unique prefixes of ids or names"
Mentors = Annotated[list[View] | None, opt.argument("MENTOR...", _MENTORS, opt.ids("mentor"), lookup.mentors)]


def run(
    ctx: opt.Context,
    mentors: Mentors = None,
    on: When = None,
    agenda: Agenda = None,
    goal: Goals = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    mode: Mode = None,
    minutes: Minutes = None,
    kind: Kind = None,
    links: opt.Links = None,
    tags: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Plan a meeting with one or more mentors.

    Mode and length default to the mentor's cadence.

    Example: mentorlog meeting plan osler --on "fri 14:00" -a "Choice of journal"
    """
    from mentorlog.domain import actions, meetings
    from mentorlog.models.meeting import AgendaItem, Meeting

    app = ctx.obj
    fields = record_fields(app, ctx.params, "mentors", "on", "agenda", "goal")
    people = mentors or _ask_mentors(app)
    day = on or ahead(app, app.prompt.ask("When? (fri 14:00)", option="--on WHEN", check=partial(ahead, app)))
    goals = {one["id"]: one["title"] for one in goal or ()}
    items = tuple(AgendaItem(text=text) for text in app.texts.texts(agenda) or ())
    known = {**meetings.plan_defaults(people), **day, **fields}
    ids = tuple(one["id"] for one in people)
    meeting = Meeting(id="new", created=app.now, mentors=ids, agenda=items, **known).about(goals)
    text = app.texts.prose(notes, edit, name="meeting-plan") or None
    names = joined([one["name"] for one in people])
    saved = app.journal.change(
        f"meeting plan: {names}",
        lambda writer: actions.save(
            writer, replace(meeting, id=writer.new_id("meeting"), notes=text), resolve=app.reading.resolve, now=app.now
        ),
    )
    view = {**saved.view, "new_tasks": list(saved.tasks)}
    report(app, [messages.planned(view, names, goals)], view, saved.complaints)


def _ask_mentors(app: App) -> list[View]:
    """Ask with whom a meeting is planned."""

    def named(text: str) -> list[View]:
        return lookup.mentors(app, lookup.words(text) or [text])

    return named(app.prompt.ask("With whom? (commas between)", option="MENTOR", check=named))
