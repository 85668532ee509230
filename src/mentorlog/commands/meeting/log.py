"""`mentorlog meeting log`."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.meeting import options as of_meeting
from mentorlog.errors import Usage
from mentorlog.flows.meetings import prepare
from mentorlog.flows.new_record import record_fields
from mentorlog.store.journal import Query

if TYPE_CHECKING:
    from mentorlog.domain.follow_up import FollowUp
    from mentorlog.domain.meetings import MeetingLog
    from mentorlog.models.view_types import MeetingView


def run(
    ctx: opt.Context,
    arguments: list[str] = opt.argument("MENTOR... [NOTES]", "Mentors, then notes (- reads stdin)", opt.ids("mentor")),
    on: date | None = opt.day("--on", help="Date it took place (default: as planned, or today)"),
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    next_: str | None = opt.option(
        "--next", metavar="WHEN", help='Plan the next meeting, from this one (e.g. "in 4 weeks")'
    ),
    decisions: list[str] | None = opt.option("--decision", metavar="TEXT", help="Decision (repeatable)"),
    goal: list[opt.View] | None = of_meeting.goals(),
    mode: str | None = of_meeting.mode(),
    minutes: int | None = of_meeting.minutes(),
    kind: str | None = opt.kind(vocabulary.MEETING_KINDS),
    usefulness: int | None = opt.option(
        "--usefulness", metavar="N", help="How useful it was, from 1 to 5", to=opt.number(1, 5), rare=True
    ),
    feeling: str | None = opt.text("--feeling", help="How it felt"),
    answered: list[str] | None = of_meeting.answered(rare=True),
    told: list[str] | None = of_meeting.told(rare=True),
    kept: list[str] | None = of_meeting.kept(rare=True),
    done: list[str] | None = of_meeting.done(rare=True),
    discussed: list[str] | None = of_meeting.discussed(rare=True),
    new: bool = opt.flag("--new", help="Log a separate meeting, not the planned one", rare=True),
    links: opt.Links = None,
    tags: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Log a meeting that took place.

    This completes a planned meeting with these mentors, or some of them, if one was due. Without notes, your editor
    opens, unless --no-input is set. Action items in the notes become tasks: "- [ ] @me Draft abstract due:fri
    goal:g7k3q", where @me may also be @them or a mentor, and due: and goal: are optional.

    Example: mentorlog meeting log osler "Chose the journal; he reads the draft"
    Example: mentorlog meeting log osler curie --on yesterday -e --next "4 weeks"
    """
    from mentorlog.domain import meetings
    from mentorlog.flows import log_meeting
    from mentorlog.models.meeting import Meeting

    app, settles = ctx.obj, any(ctx.params[name] for name in of_meeting.SETTLING)
    people, text = meetings.split_arguments(arguments, partial(lookup.mentor, app), app.reading.is_name)
    if text is not None and notes is not None:
        raise Usage("NOTES and --notes cannot be used together.", "use only one of them")
    known = record_fields(app, ctx.params, "arguments", "on", "next_", "goal", "new", *of_meeting.SETTLING)
    usual, ids = meetings.log_defaults(people), tuple(one["id"] for one in people)
    Meeting(id="new", created=app.now, on=app.today, mentors=ids, **{**usual, **known})  # validate early
    goals = {one["id"]: one["title"] for one in goal or ()}
    later = meetings.plan_defaults(people)
    log = meetings.MeetingLog(ids, on, known, goals, usual, new, next_, later, first_weekday=app.first_weekday)
    plan = _plan(app, log) if next_ or settles else None
    if next_:
        meetings.next_time(next_, meetings.day_of(log, plan, app.today), log.first_weekday)  # validate early
    log = log.but(settled=_settled(app, people, log, plan, ctx.params) if settles else None)
    log = log.but(known={**known, "notes": _write(app, people, log, notes if text is None else text, edit)})
    meeting = log_meeting.save(app, people, log)
    if app.interactive and not settles:
        _offer(app, meeting)


def _settled(
    app: App, people: Sequence[opt.View], log: "MeetingLog", plan: "MeetingView | None", given: Mapping[str, Any]
) -> "FollowUp":
    """Return what the options say that the meeting settled, checked before the editor opens."""
    from mentorlog.flows import follow_up

    return follow_up.of_log(app, people, log, plan, given)


def _offer(app: App, meeting: "MeetingView") -> None:
    """Offer the walk through what was prepared."""
    from mentorlog.flows import follow_up

    app.clear_drafts()  # the notes are saved, even if the terminal is closed during the walk
    follow_up.offer(app, meeting)


def _plan(app: App, log: "MeetingLog") -> "MeetingView | None":
    """Return the planned meeting that will be completed."""
    from mentorlog.domain import meetings

    planned = app.reading.find(Query("meeting", mentors=log.mentors, statuses=("planned",)))
    return None if log.another else meetings.completed_by(planned, log.mentors, log.on, app.today)


def _write(app: App, people: Sequence[opt.View], log: "MeetingLog", text: str | None, edit: bool) -> str | None:
    """Return the notes as given, or from the editor, which shows what there was to prepare."""
    from mentorlog.domain import meetings
    from mentorlog.output.screens import prep as layout

    opens = text is None and app.interactive and not {"decisions", "feeling"} & set(log.known)
    if not edit and not opens:
        return app.texts.prose(text)
    known = "\n\n".join(layout.comment(prepare(app, one), app.today) for one in people)
    template = meetings.template(known, _plan(app, log))
    return meetings.without_comment(app.texts.prose(text, True, template, f"meeting-{people[0]['id']}"))
