"""Import the meetings of a calendar file: what the journal knows that tells whose they are, and which are its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mentorlog.dates import months_on
from mentorlog.domain.query import Query
from mentorlog.errors import BadValue
from mentorlog.exchange import ics
from mentorlog.exchange.ics_lines import FORMAT
from mentorlog.exchange.ics_mentors import Known
from mentorlog.export.ics_components import CalendarOptions
from mentorlog.flows import import_records
from mentorlog.store.disk import files
from mentorlog.store.format.document import journal_data
from mentorlog.store.layout import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mentorlog.app import App

_MONTHS_BACK = 12
_DAYS_AHEAD = 60


def import_calendar(
    app: App,
    file: str,
    *,
    since: date | None,
    until: date | None,
    titles: Sequence[tuple[str, str]],
    replace: bool,
    dry_run: bool,
    **wanted: Any,
) -> None:
    """Import the meetings with mentors between two days; by default, from a year ago to sixty days ahead."""
    first = since or months_on(app.today, -_MONTHS_BACK)
    last = until or first.fromordinal(max(first, app.today).toordinal() + _DAYS_AHEAD)
    if last < first:
        raise BadValue("until", "--until is before --since.", "swap the two dates")
    data = import_records.content(app, file, FORMAT.hint)
    journal = journal_data(JOURNAL, files.read(app.journal.layout.journal))
    mentors = app.reading.find(Query("mentor"))
    batch = ics.read(
        data,
        ics.Wanted(
            people=[Known(one["id"], one["name"], one["email"]) for one in mentors],
            now=app.now,
            since=first,
            until=last,
            titles=titles,
            email=app.reading.profile()["email"],
            prefix=CalendarOptions(journal=str(journal.get("id", ""))).prefix,
            meetings=app.reading.find(Query("meeting")),
            **wanted,
        ),
    )
    import_records.run(app, batch, replace=replace, dry_run=dry_run)
