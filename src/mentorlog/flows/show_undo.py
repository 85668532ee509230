"""The output of undo and redo."""

from __future__ import annotations

from mentorlog.app import App
from mentorlog.models.fields import mentions
from mentorlog.output.screens import undo
from mentorlog.store.changes import UndoResult


def show_undo(app: App, result: UndoResult, verb: str, key: str) -> None:
    """Print what was undone or redone under a verb; `key` is its JSON key."""
    views = [view for one in result.changes[: undo.RECORDS] for view in (one.before, one.after) if view]
    titles = app.reading.titles(sorted({target for view in views for _, target in mentions(view)}))
    app.out.page(
        lambda page: undo.lines(verb, result.names, result.changes, titles, page),
        {key: result.names, "changes": list(map(undo.data, result.changes))},
    )
