"""Show one change of the history: what it did to each record."""

from __future__ import annotations

from mentorlog.app import App
from mentorlog.flows.undo_changes import age, linked_titles
from mentorlog.output.fields import Names
from mentorlog.output.screens import change


def show_change(app: App, number: int) -> None:
    """Show the change with a number in the history."""
    made = app.journal.past.change(number)
    names = Names(linked_titles(app, made.changes))
    app.out.page(lambda page: change.lines(made, age(app, made.entry.changed_at), names, page), change.data(made))
