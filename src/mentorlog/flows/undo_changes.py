"""Undo and redo: the question before an undo, and what was undone or redone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from mentorlog.app import App
from mentorlog.domain.reports import TEMPLATE, RecordChange
from mentorlog.models.fields import mentions
from mentorlog.models.views import counted
from mentorlog.output import phrases
from mentorlog.output.screens import undo
from mentorlog.store.changes import UndoResult
from mentorlog.store.past import UNDO_SYNC

_OLD = timedelta(days=1)
_NAMED = 3  # the most records named in the question


def undo_changes(app: App, steps: int, number: int | None, *, sync: bool, yes: bool) -> None:
    """Undo the last changes, the one with a number, or the last sync.

    Asks before an old change, before one that other records rest on, and always before a sync.
    """
    expected, way = None, UNDO_SYNC if sync else "undo"
    if not yes and (app.interactive or number is not None or sync):
        preview = app.journal.undo_preview(steps, way, number=number)
        links = list(_links(app, preview)) if number is not None or sync else []
        old = app.interactive and any(
            at and app.now - at > _OLD for at in [_time(one.changed_at) for one in preview.operations]
        )
        asked = not preview.unchanged and (links or old or sync)
        if asked and not app.prompt.confirm(_question(app, preview, links, sync=sync)):
            return app.out.say("Nothing was undone.", None)
        expected = [one.seq for one in preview.operations]
    result = app.journal.undo(steps, way, number=number, expected=expected)
    if result.unchanged:
        return app.out.say(result.unchanged, {"undone": [], **_data(result)})
    names = [f"{one.name} ({age(app, one.changed_at) or 'at an unknown time'})" for one in result.operations]
    return _show(app, result, "Undone", "undone", names)


def redo_changes(app: App, steps: int) -> None:
    """Redo the last undone changes."""
    result = app.journal.undo(steps, "redo")
    _show(app, result, "Redone", "redone", result.names)


def _show(app: App, result: UndoResult, verb: str, key: str, names: list[str]) -> None:
    titles = linked_titles(app, result.changes[: undo.RECORDS])
    passed = f"Passed over {'a sync' if len(result.passed) == 1 else counted(len(result.passed), 'sync')}. "
    said = [f"{passed if result.passed and at == 0 else ''}{verb}: {name}" for at, name in enumerate(names)]
    app.out.page(
        lambda page: undo.lines(said, result.changes, result.merged, titles, page),
        {key: result.names, **_data(result)},
    )


def _data(result: UndoResult) -> dict[str, Any]:
    """Return what scripts get of an undo or redo, beside the names of the operations."""
    operations = [{"seq": one.seq, "changed_at": one.changed_at, "name": one.name} for one in result.operations]
    changes = list(map(undo.data, result.changes))
    return {"operations": operations, "changes": changes, "passed_over": result.passed, "merged": result.merged}


def linked_titles(app: App, changes: Sequence[RecordChange]) -> dict[str, str]:
    """Return the titles of the records to which the changed ones link, or linked before."""
    views = [view for one in changes if one.record != TEMPLATE for view in (one.before, one.after) if view]
    return app.reading.titles(sorted({target for view in views for _, target in mentions(view)}))


def _time(text: str) -> datetime | None:
    """Return the time of a change; None if it is damaged."""
    with suppress(ValueError):
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else None
    return None


def age(app: App, text: str) -> str:
    """Return how long ago a change was made; empty if its time is damaged."""
    at = _time(text)
    return phrases.age(at, app.now) if at else ""


def _links(app: App, preview: UndoResult) -> Iterator[str]:
    """Yield which records will link to nothing, for every record that an undo deletes."""
    from mentorlog.output.messages.forget import references

    after = {one.id: one.after for one in preview.changes}
    for one in preview.changes:
        if one.existed and not one.exists and one.before and one.record != TEMPLATE:
            others = [(view, after.get(view["id"], view)) for view in app.reading.references(one.id)]
            left = [view for view, then in others if then and one.id in {id for _, id in mentions(then)}]
            if left:
                yield references(one.before, left)


def _question(app: App, preview: UndoResult, links: list[str], *, sync: bool) -> str:
    first, *others = preview.operations
    if sync:
        records = counted(len(preview.changes), "record")
        verb = "goes back to what it was" if len(preview.changes) == 1 else "go back to what they were"
        links = [f"{records} {verb} here; the next sync sends that.", *links]
    what = f"{len(others) + 1} changes" if others else f"“{phrases.shorten(first.name)}”"
    made = age(app, preview.operations[-1].changed_at)
    when = f", {'the oldest ' if others else ''}made {made}" if made else ""
    more = f"Others link to {counted(len(links) - _NAMED, 'more record')}." if len(links) > _NAMED else ""
    return " ".join(filter(None, [*links[:_NAMED], more, f"Undo {what}{when}?"]))
