"""`mentorlog meeting plan`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.models.views import View
from mentorlog.output.messages import meeting as messages
from mentorlog.output.phrases import when

if TYPE_CHECKING:
    from mentorlog.domain.actions import Saved
    from mentorlog.models.meeting import Meeting
    from mentorlog.store.journal import Transaction
from mentorlog.commands.meeting.options import Goals, Kind, Minutes, Mode, goals_named, known_facts, names_of, report

When = Annotated[str | None, opt.option("--on", metavar="WHEN", help="The day, with the hour or without: fri 14:00")]
Agenda = Annotated[
    list[str] | None, opt.option("--agenda", "-a", metavar="TEXT", help="Something to talk about (may be repeated)")
]


def run(
    ctx: typer.Context,
    mentors: opt.MaybeMentorsArg = None,
    on: When = None,
    agenda: Agenda = None,
    goal: Goals = None,
    notes: opt.Notes = None,
    edit: opt.Edit = False,
    mode: Mode = None,
    minutes: Minutes = None,
    kind: Kind = None,
    link: opt.Links = None,
    tag: opt.Tags = None,
    private: opt.Private = False,
) -> None:
    """Plan a meeting with one or more mentors.

    Mode and length are those agreed with the mentor (mentor cadence) where nothing else is said.

    Example: mentorlog meeting plan osler --on "fri 14:00" -a "Choice of journal"
    """
    app: App = ctx.obj
    facts = {
        "mode": mode,
        "minutes": minutes,
        "kind": kind,
        "tags": tag,
        "links": app.texts.texts(link),
        "private": private,
    }
    people = list({one["id"]: one for one in map(app.lookup.mentor, mentors or _whom(app))}.values())
    about = goals_named(app, goal)
    meeting = _new(app, people, facts, on, app.texts.texts(agenda) or ()).about(about)
    saved = _saved(app, meeting, app.texts.prose(notes, edit, name="meeting-plan"), f"meeting plan: {names_of(people)}")
    where = when(saved.view) + messages.about_goals(about)
    said = f"Planned meeting {saved.view['id']} with {names_of(people)} on {where}."
    report(app, [said], {**saved.view, "new_tasks": list(saved.tasks)}, saved.tasks, saved.complaints)


def _new(
    app: App,
    people: Sequence[View],
    facts: Mapping[str, Any],
    on: str | None,
    agenda: Sequence[str],
) -> "Meeting":
    """Return the planned meeting that the words mean; the day is asked for where it is missing."""
    from mentorlog.domain import meetings
    from mentorlog.models.meeting import AgendaItem, Meeting

    def ahead(words: str) -> dict[str, Any]:
        return meetings.ahead(words, app.today)

    when = ahead(on or app.prompt.ask("When? (fri 14:00)", option="--on WHEN", check=ahead))
    values = {**meetings.agreed(people), **when, **known_facts(facts)}
    items = tuple(AgendaItem(text=text) for text in agenda)
    ids = tuple(dict.fromkeys(one["id"] for one in people))
    return Meeting(id="new", created=app.now, mentors=ids, agenda=items, **values)


def _whom(app: App) -> list[str]:
    """Ask with whom a meeting is planned."""
    known = lambda text: app.lookup.several_mentors(text) or app.lookup.mentor(text)  # noqa: E731
    text = app.prompt.ask("With whom? (commas between)", option="MENTOR", check=known)
    return [word.strip() for word in text.split(",") if word.strip()]


def _saved(app: App, meeting: "Meeting", notes: str | None, name: str) -> "Saved":
    """Keep a meeting that is planned, and the tasks of its action lines, as one operation."""
    from dataclasses import replace

    from mentorlog.domain import actions

    def work(transaction: "Transaction") -> "Saved":
        whole = replace(meeting, id=transaction.new_id("meeting"), notes=notes or None)
        return actions.save(transaction, whole, resolve=app.journal.resolve, now=app.now)

    return app.journal.change(name, work)
