"""Set who may see several records, as one operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.domain import audience
from mentorlog.domain.query import Query
from mentorlog.errors import BadValue, UnknownId, Usage
from mentorlog.models.fields import mentions
from mentorlog.models.rules import among
from mentorlog.models.views import View, counted, heading
from mentorlog.output.messages import share as messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.transaction import Transaction

NOBODY = "nobody"
READERS = (NOBODY, *vocabulary.VISIBILITIES[1:])
"""The words that say who may see a record."""


def records(app: App, texts: Sequence[str]) -> list[View]:
    """Return the records for the texts; the hint for a mentor behind a goal or note is the command that tells them."""
    found: list[View] = []
    for text in texts:
        try:
            found.append(lookup.record()(app, text))
        except UnknownId as error:
            if found and app.kinds in (("goal",), ("note",)) and (mentor := _mentor(app, text)):
                error.hint = f"{messages.TELL}: mentorlog {app.kinds[0]} tell {found[0]['id']} {mentor['id']}"
            raise
    return list({view["id"]: view for view in found}.values())


def visibility(app: App, text: str) -> str:
    """Return the visibility for a word; for the name of a mentor, the hint says which word means mentors."""
    if text in (NOBODY, "private"):
        return "private"
    try:
        return among(text, "reader", READERS)
    except BadValue as error:
        if _mentor(app, text):
            error.hint = "use --with mentor for the mentors that a record names"
        raise


def needed(visibility: str | None) -> str:
    """Return the visibility; Usage if there is none."""
    if visibility is None:
        raise Usage("Missing option: --with.", f"one of: {', '.join(READERS)}")
    return visibility


def share(app: App, records: Sequence[View], visibility: str, *, tasks: bool) -> None:
    """Set the visibility of records, with `tasks` also of the tasks of goals, and print who sees each."""

    def work(transaction: Transaction) -> list[View]:
        goals = tuple(one["id"] for one in records if one["record"] == "goal") if tasks else ()
        steps = transaction.find(Query("task", goals=goals)) if goals else []
        every = {one["id"]: transaction.any(one["id"]) for one in (*records, *steps)}
        return [transaction.put(replace(one, visibility=visibility)) for one in every.values()]

    before = {view["id"]: view["visibility"] for view in records}
    what = heading(records[0]) if len(records) == 1 else counted(len(records), "record")
    views = app.journal.change(f"share: {what}", work)
    app.out.say([_line(app, view, before.get(view["id"])) for view in views], views)


def _line(app: App, view: View, before: str | None) -> str:
    linked = [app.reading.view(id) for id in app.reading.titles([id for _, id in mentions(view)])]
    readers = audience.readers(view, linked)
    return messages.outcome(view, before, readers, app.reading.titles(readers.mentors))


def _mentor(app: App, text: str) -> View | None:
    try:
        return app.reading.resolve(text, "mentor", by_name=True)
    except UnknownId:
        return None
