"""Add a mentor or a mentee, with the cadence of their meetings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mentorlog.app import App
from mentorlog.domain import roster
from mentorlog.domain.query import Query
from mentorlog.flows.new_record import ask_missing, record_fields, report
from mentorlog.models.mentor import Mentor
from mentorlog.output.messages import mentor as messages

_CADENCE = ("every", "longest", "mode", "minutes")


def add(app: App, noun: str, params: Mapping[str, Any]) -> None:
    """Add a `mentor` or `mentee` from the options of its command, as one operation, and print it."""
    given = ask_missing(app, noun, params)
    role = {"my_role": "mentor"} if noun == "mentee" else {}
    fields = record_fields(app, {**given, **role}, "id", *_CADENCE)
    mentor = Mentor(id="new", created=app.now, **fields).entered(on=given["started"] or app.today)
    cadence = [given.get(name) for name in _CADENCE]
    if any(part is not None for part in cadence):
        mentor = mentor.meeting_every(*cadence)
    mentor = replace(mentor, notes=app.texts.prose(given["notes"], given["edit"], name="mentor"))
    view = app.journal.change(
        f"{noun} add: {mentor.name}",
        lambda transaction: roster.enter(transaction, transaction.find(Query("mentor")), mentor, given["id"]),
    )
    report(app, messages.added(view), view)
