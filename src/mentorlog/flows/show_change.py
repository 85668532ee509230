"""Show one change of the history: what it did to each record."""

from __future__ import annotations

from mentorlog.app import App
from mentorlog.flows.undo_changes import age
from mentorlog.models.fields import mentions
from mentorlog.output.fields import Names
from mentorlog.output.screens import change


def show_change(app: App, number: int) -> None:
    """Show the change with a number in the history."""
    made = app.journal.past.change(number)
    views = [view for one in made.changes for view in (one.before, one.after) if view]
    names = Names(app.reading.titles(sorted({target for view in views for _, target in mentions(view)})))
    app.out.page(lambda page: change.lines(made, age(app, made.entry.changed_at), names, page), change.data(made))
