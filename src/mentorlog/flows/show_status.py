"""The status screen, which needs no command-line parser."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mentorlog.app import App
from mentorlog.domain.overview import overview
from mentorlog.errors import MentorlogError
from mentorlog.output.screens import status
from mentorlog.store.disk import files
from mentorlog.store.layout import REVIEW_DRAFT
from mentorlog.store.seen import Seen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.overview import Status
    from mentorlog.output.page import Page
    from mentorlog.store.seen import Backup


def show_status(app: App) -> None:
    """Show what matters now: contacts, tasks, drifting goals, the next review; once a month, how old the backup is."""
    seen = Seen(app.journal.layout, app.journal.state)
    app.journal.notices += seen.older(app.reading.index.last_operation() or 0)
    backup = seen.backup()
    view, today, rules = status_of(app, backup), app.today, app.rules
    is_old = backup is not None and (today - backup.mentioned_on).days > rules.backup_days

    def lines(page: Page) -> list[str]:
        if view["counts"] or view["unreadable_count"] or app.journal.exists or app.places.named:
            return status.lines(view, page, today, rules, name_backup=is_old)
        app.is_new = True
        return status.first_lines(view, page)

    app.out.page(lines, view, app.reading.problems)
    if backup and is_old and not app.json:
        seen.mentioned(backup, today)


def status_of(app: App, backup: Backup | None = None) -> Status:
    """Return what matters now, from one consistent state of the journal."""
    reading = app.reading
    status = reading.in_snapshot(lambda: overview(reading, app.rules, app.now))
    counts, undecided = reading.counts()
    return {
        **status,
        "counts": counts,
        "conflict_count": undecided,
        "unreadable_count": len(reading.problems),
        "review_begun": app.journal.review_begun,
        "unsaved_texts": _unsaved_texts(app.drafts),
        "last_backup": {"path": backup.path, "at": backup.at, "change": backup.change} if backup else None,
    }


def _unsaved_texts(folder: Path) -> list[dict[str, str | None]]:
    with suppress(MentorlogError):  # doctor reports it
        if any(name[0] != "." and name != REVIEW_DRAFT for name in files.names(folder)):
            from mentorlog.store.drafts import unsaved

            return unsaved(folder)
    return []
