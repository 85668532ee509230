"""`mentorlog meeting plan`."""

from dataclasses import replace
from functools import partial

from mentorlog import lookup, vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.meeting import options as of_meeting
from mentorlog.flows.meetings import meeting_ahead, refuse_twice, report
from mentorlog.flows.new_record import record_fields
from mentorlog.models.views import called, joined
from mentorlog.output.messages import meeting as messages


def run(
    ctx: opt.Context,
    mentors: list[opt.View] | None = opt.argument(
        "MENTOR...", "Ids, nicknames or names, or unique prefixes", opt.ids("mentor"), lookup.people, default=None
    ),
    on: opt.View | None = opt.option(
        "--on", metavar="WHEN", help='Date, with or without a time (e.g. "fri 14:00")', to=meeting_ahead
    ),
    agenda: list[str] | None = opt.option("--agenda", "-a", metavar="TEXT", help="Agenda item (repeatable)"),
    goal: list[opt.View] | None = of_meeting.goals(),
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    mode: str | None = of_meeting.mode(),
    minutes: int | None = of_meeting.minutes(),
    place: str | None = opt.text("--place", help="Where you meet: a room, or the address of a video call"),
    kind: str | None = opt.kind(vocabulary.MEETING_KINDS),
    new: bool = opt.flag("--new", help="Plan it even if the same meeting is already planned", rare=True),
    links: opt.Links = None,
    tags: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Plan a meeting with one or more mentors.

    Mode and length default to those of the mentor's cadence. Contact stays due if the meeting is after the longest gap.

    Example: mentorlog meeting plan osler --on "fri 14:00" -a "Choice of journal"
    """
    from mentorlog.domain import actions, meetings
    from mentorlog.models.meeting import AgendaItem, Meeting

    app = ctx.obj
    fields = record_fields(app, ctx.params, "mentors", "on", "agenda", "goal", "new")
    people = mentors or app.prompt.ask_value(
        "With which mentors? (separate with commas)", lambda text: lookup.mentors(app, [text]), option="MENTOR"
    )
    day = on or app.prompt.ask_value("When? (e.g. fri 14:00)", partial(meeting_ahead, app), option="--on WHEN")
    goals, ids = {one["id"]: one["title"] for one in goal or ()}, tuple(one["id"] for one in people)
    items = tuple(AgendaItem(text=text) for text in app.texts.texts(agenda) or ())
    known = {**meetings.plan_defaults(people), **day, **fields}
    meeting = Meeting(id="new", created=app.now, mentors=ids, agenda=items, **known).about(goals)
    if not new:
        refuse_twice(app, ids, meeting.on, meeting.at, "to plan another at the same time, use --new")
    text = app.texts.prose(notes, edit, name="meeting-plan") or None
    names = joined([called(one) for one in people])
    save = partial(actions.save, resolve=app.reading.resolve, now=app.now, first_weekday=app.first_weekday)
    saved = app.journal.change(
        f"meeting plan: {names}", lambda writer: save(writer, replace(meeting, id=writer.new_id("meeting"), notes=text))
    )
    view = {**saved.view, "new_tasks": list(saved.tasks)}
    report(app, [messages.planned(view, names, goals)], view, saved.complaints)
