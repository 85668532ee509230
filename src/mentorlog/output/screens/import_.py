"""What an import did, or would do: one sentence, and the records that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mentorlog.domain.reports import ImportItem
from mentorlog.output.output import Page
from mentorlog.output.text import safe, wrap


def lines(items: Sequence[ImportItem], dry_run: bool, page: Page) -> list[str]:
    """Lay out what an import did in one sentence; a dry run names every record that is new or differs."""
    shown = [line for one in _told(items) for line in wrap(safe(one), page.limit, "    ", "  ")] if dry_run else []
    return [*wrap(safe(_sentence(items, dry_run)), page.limit), *shown]


def _told(items: Sequence[ImportItem]) -> Iterator[str]:
    for one in items:
        if one.change != "same":
            name = one.record if one.id == one.record else f"{one.record} {one.id}"
            yield f"{one.change:<9}{name}{f': {one.title}' if one.title else ''}"


def _sentence(items: Sequence[ImportItem], dry_run: bool) -> str:
    counts = Counter(one.change for one in items)
    coming = counts["new"] + counts["replaced"]
    app = f"; {_many(counts['same'])} {'is' if counts['same'] == 1 else 'are'} here already" if counts["same"] else ""
    if counts["differs"]:
        differ = f"{_many(counts['differs'])} {'differs' if counts['differs'] == 1 else 'differ'}"
        return f"Nothing would be imported: {differ} from what is here (--replace takes those of the file)."
    if not coming:
        return f"Nothing to import{app.replace(';', ':', 1)}."
    replaced = f", {counts['replaced']} of them in place of yours" if counts["replaced"] else ""
    return f"{'Would import' if dry_run else 'Imported'} {_many(coming)}{replaced}{app}."


def _many(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"
