"""What undo and redo say."""

from __future__ import annotations

from mentorlog.app import App
from mentorlog.models.fields import mentions
from mentorlog.output.screens import undo
from mentorlog.store.changes import UndoResult


def show_undone(app: App, result: UndoResult) -> None:
    """Say what was taken back, and what is now as before."""
    _show(app, result, "Took back", "undone")


def show_redone(app: App, result: UndoResult) -> None:
    """Say what was done again, and what is now as it was then."""
    _show(app, result, "Done again", "redone")


def _show(app: App, result: UndoResult, verb: str, key: str) -> None:
    views = [view for one in result.changes[: undo.RECORDS] for view in (one.before, one.after) if view]
    titles = app.reading.titles(sorted({target for view in views for _, target in mentions(view)}))
    app.out.page(
        lambda page: undo.lines(verb, result.names, result.changes, titles, page),
        {key: result.names, "changes": list(map(undo.data, result.changes))},
    )
