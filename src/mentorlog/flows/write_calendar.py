"""Write the journal as a calendar; a file that is a calendar of this journal already is updated."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain import overview
from mentorlog.domain.query import Query
from mentorlog.domain.reviewing import due as next_review
from mentorlog.errors import Unreadable
from mentorlog.export import ics
from mentorlog.export.document import Document, Request
from mentorlog.export.ics_components import CalendarOptions, Review, part
from mentorlog.export.ics_memory import CHANGES, NOTHING, Memory, remembered
from mentorlog.flows.lint import check_export
from mentorlog.flows.write_export import selected, show_preview, target, write
from mentorlog.models.mentor import Mentor
from mentorlog.output.messages import calendar as messages
from mentorlog.output.messages import export as of_export
from mentorlog.store.disk import files
from mentorlog.store.snapshot import Contents

_LARGEST = 32 * files.LIMIT
_ZONES = "zoneinfo/"


def write_calendar(app: App, path: str | None, request: Request, *, yes: bool, **options: Any) -> None:
    """Write what goes to an audience as a calendar.

    A calendar of this journal is updated without a question, and stays as it is if nothing changed.
    """
    file = target(app, path, yes=True)
    contents = app.journal.contents()
    wanted = _options(app, contents, request, options)
    memory = _memory(file, wanted.prefix)
    if not memory.is_ours:
        target(app, path, yes=yes or request.preview)
    # The days are those of events: a task of last year may be due next week.
    every_day = request._replace(about=request.about.but(since=None, until=None))
    selection = part(selected(contents, every_day), wanted.tasks)
    if request.preview:
        show_preview(app, contents, selection, request.about)
        return
    check_export(app, contents, selection, request)
    document = ics.make(selection, request, options=wanted, memory=memory)
    zone = _zone_name(app, wanted)
    data = {"zone": zone, "left_out": of_export.left_out_data(selection)}
    notes = [messages.zone(zone)] if "\nDTSTART:" in document.text and wanted.zone is None else []
    notes += [messages.EMPTY] if not document.records else []
    _write(app, file, memory, document._replace(data={**document.data, **data}))
    app.out.note(*filter(None, [*notes, of_export.left_out(selection)]))


def _write(app: App, file: Path | None, memory: Memory, document: Document) -> None:
    """Write a calendar, or say what of the file has changed."""
    if file is None or not memory.is_ours:
        write(app, "ics", file, document)
        return
    if any(document.data[name] for name in CHANGES):
        files.put(file, document.text.encode())
    data = {"path": str(file), "record_count": document.records, **document.data}
    app.out.say(messages.updated(file, document.data), data)


def _options(app: App, contents: Contents, request: Request, options: dict[str, Any]) -> CalendarOptions:
    """Return the options with the facts of the journal; what the resident has to do is for themselves alone."""
    about, journal = request.about, contents.journal or {}
    facts: dict[str, Any] = {"journal": str(journal.get("id", "")), "since": about.since, "until": about.until}
    paced = [found.record for found in contents.records if isinstance(found.record, Mentor) and found.record.cadence]
    facts["minutes"] = {one.id: one.cadence.minutes for one in paced if one.cadence and one.cadence.minutes}
    if not request.audience.is_named:
        met = app.reading.find(Query("mentor", statuses=vocabulary.MET_MENTORS))
        facts["contacts"] = overview.contacts(met, app.reading, app.today)
        facts["review"] = _review(app) if not about.mentors and about.goal is None else None
    return CalendarOptions(**facts, **options)


def _review(app: App) -> Review | None:
    """Return when the next review is due, as `review due` says it."""
    reading = app.reading
    due = next_review.due(reading.find(Query("review")), reading.first_day(), app.rules, reading.blocks())
    if due is None:
        return None
    named = due.named_by or due.last
    return Review(due.on, named["created"] if named else f"{str(due.first_day)[:10]}T12:00:00+00:00")


def _memory(file: Path | None, prefix: str) -> Memory:
    """Return what a file remembers; nothing if it is no calendar, or cannot be read."""
    data = None
    with suppress(Unreadable):
        data = files.content(file, _LARGEST) if file else None
    return remembered(data, prefix) if data else NOTHING


def _zone_name(app: App, wanted: CalendarOptions) -> str:
    """Return the name of the time zone of the hours; for that of the machine, as well as it is known."""
    if wanted.zone is not None:
        return str(wanted.zone)
    if named := os.environ.get("TZ", "").removeprefix(":"):
        return named
    _, found, name = os.path.realpath("/etc/localtime").partition(_ZONES)
    return name if found else str(app.now.astimezone().tzname())
