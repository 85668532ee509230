"""The status screen, which needs no command-line parser."""

from __future__ import annotations

from mentorlog.app import App
from mentorlog.domain.loop import RULES
from mentorlog.domain.overview import overview
from mentorlog.output.screens import status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.overview import Status


def show_status(app: App) -> None:
    """Show what matters now: contacts, tasks, drifting goals, the next review."""
    view = status_of(app)
    app.out.page(lambda page: status.lines(view, page, app.today), view, problems=app.reading.problems)


def status_of(app: App) -> Status:
    """Return what matters now, from one consistent state of the journal."""
    reading = app.reading
    status = reading.in_snapshot(lambda: overview(reading, RULES, app.now))
    begun = app.journal.review_begun
    return {**status, "counts": reading.counts(), "unreadable_count": len(reading.problems), "review_begun": begun}
