"""The screen of what matters now; it needs no parser."""

from __future__ import annotations

from mentorlog.app import App
from mentorlog.output.screens import status


def show_status(app: App) -> None:
    """Show what matters now: whom to talk to, what is owed, what drifts, the next review."""
    view = app.journal.overview(app.today)
    app.out.page(lambda page: status.lines(view, page, app.today), view, problems=app.journal.problems)
