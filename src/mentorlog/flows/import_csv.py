"""Import a CSV file: read beside the records that its rows may be, then as any other format."""

from __future__ import annotations

from mentorlog.app import App
from mentorlog.domain.query import Query
from mentorlog.exchange import csv_records
from mentorlog.exchange.csv_sheet import Here, Sheet
from mentorlog.flows import import_records
from mentorlog.models.fields import class_of, references

_HINT = "use a sheet that was saved as CSV"


def run(app: App, file: str, sheet: Sheet, *, add_mentors: bool, replace: bool, dry_run: bool) -> None:
    """Import the rows of a file as records of a kind, or with a dry run nothing, and report it."""
    data = import_records.content(app, file, _HINT)
    people = import_records.directory(app, add=add_mentors)
    batch = csv_records.read(data, sheet, people, _here(app, sheet.kind), app.today)
    import_records.run(app, batch, people, replace=replace, dry_run=dry_run)


def _here(app: App, kind: str) -> Here:
    """Return what the rows may be or refer to: records of the kind, and of those that its fields hold the ids of."""
    named = (target for one in references(class_of(kind)) for target in one.target_kinds)
    views = tuple(view for one in dict.fromkeys((kind, *named)) for view in app.reading.find(Query(one)))
    return Here(views, app.journal.preview(lambda transaction: transaction).any)
