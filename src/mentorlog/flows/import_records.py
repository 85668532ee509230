"""Import the records of another program: read by its format, compared, saved as one change, reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorlog.app import App
from mentorlog.domain.people import Person
from mentorlog.domain.query import Query
from mentorlog.domain.reports import IncomingReport
from mentorlog.exchange import incoming
from mentorlog.exchange.directory import Directory
from mentorlog.output.screens import import_records as screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mentorlog.exchange.incoming import Batch, Saved
    from mentorlog.store.journal import Transaction


def content(app: App, file: str, hint: str) -> bytes:
    """Return the bytes of a foreign file, or of stdin for `-`; the hint is how to make one."""
    return app.texts.source(file, incoming.LIMIT, hint)


def directory(app: App, *, add: bool = False) -> Directory:
    """Return the mentors of the journal as a file may name them; with `add`, unknown people become mentors."""
    views = app.reading.find(Query("mentor"))
    people = [Person(view["id"], view["name"], view["nickname"]) for view in views]
    emails = {view["email"]: view["id"] for view in views if view["email"]}
    reserving = app.journal.preview(lambda transaction: transaction)
    return Directory(people, emails, add=add, new_id=lambda name: reserving.new_id("mentor", name))


def run(
    app: App,
    batch: Batch,
    people: Directory | None = None,
    *,
    replace: bool = False,
    dry_run: bool = False,
    tasks: bool | None = None,
) -> None:
    """Save what is new in a batch as one operation, or with a dry run nothing, and report it.

    `tasks` is whether action items in meetings become tasks; None for formats that have none.

    `people` is the directory with which the batch was read, for its strangers and the mentors that it adds.
    """
    people = people or Directory()

    def work(transaction: Transaction) -> Saved:
        return incoming.save(
            transaction,
            batch,
            now=app.now,
            resolve=app.reading.resolve,
            added=people.added,
            replace=replace,
            tasks=bool(tasks),
        )

    saved = app.journal.preview(work) if dry_run else app.journal.change(lambda done: done.name, work)
    report = IncomingReport(
        batch.program,
        batch.noun,
        saved.items,
        batch.stays,
        batch.remarks,
        people.strangers,
        {name: (count, people.several(name)) for name, count in people.unclear.items()},
        people.added,
        dry_run,
        saved.tasks.views,
        batch.noun_there,
    )
    names = {**app.reading.titles([*_people(saved)]), **people.added}
    app.out.page(lambda page: screen.lines(report, names, page), data(report, of_tasks=tasks is not None))
    app.out.note(*screen.about_items(report, saved.tasks.complaints), *(() if dry_run else saved.tasks.twins))


def _people(saved: Saved) -> Iterable[str]:
    from mentorlog.models.fields import mentions

    return dict.fromkeys(id for item in saved.items for _, id in mentions(item.view, "mentor"))


def data(report: IncomingReport, *, of_tasks: bool = False) -> dict[str, object]:
    """Return the JSON form of a report; a new record of a dry run has no id yet, so its source stands for it."""
    new = {item.source if report.dry_run else item.id: item.how for item in report.of("new")}
    return {
        "new": list(new),
        "replaced": [item.id for item in report.of("replaced")],
        "same": [item.id for item in report.of("same")],
        "differs": [
            {"id": item.id, "source": item.source, "fields": list(item.fields)} for item in report.of("differs")
        ],
        "stays": [{"title": one.title or None, "why": one.why, "count": one.count} for one in report.stays],
        "unknown_people": [
            {"name": name, "count": count}
            for name, count in [
                *report.strangers.items(),
                *((name, count) for name, (count, _) in report.unclear.items()),
            ]
        ],
        "added_mentors": list(report.added),
        "dry_run": report.dry_run,
        **({"matched": {id: how for id, how in new.items() if how}} if any(new.values()) else {}),
        **({"new_tasks": [view["title" if report.dry_run else "id"] for view in report.tasks]} if of_tasks else {}),
    }
