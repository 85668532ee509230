"""The report of an import or a dry run: one sentence, and the records concerned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mentorlog.domain.reports import ImportItem
from mentorlog.models.views import counted
from mentorlog.output.page import Page


def lines(items: Sequence[ImportItem], dry_run: bool, page: Page) -> list[str]:
    """Lay out what an import did; a dry run lists every record that is new or differs."""
    shown = page.wrap(_sentence(items, dry_run))
    for item in (item for item in items if dry_run and item.change != "same"):
        name = item.record if item.id == item.record else f"{item.noun} {item.id}"
        title = f": {item.title}" if item.title else ""
        shown += page.wrap(f"{item.change:<9}{name}{title}", indent="    ", first="  ")
    return shown


def _sentence(items: Sequence[ImportItem], dry_run: bool) -> str:
    counts = Counter(one.change for one in items)
    new, same, differ = counts["new"] + counts["replaced"], counts["same"], counts["differs"]
    there = f"{counted(same, 'record')} already {'exists' if same == 1 else 'exist'}" if same else ""
    if differ:
        differs = f"{counted(differ, 'record')} {'differs' if differ == 1 else 'differ'}"
        return f"Nothing would be imported: {differs} from yours; use --replace to overwrite them."
    if not new:
        return f"Nothing to import{f'; {there}' if there else ''}."
    replaced = f" ({counts['replaced']} replaced)" if counts["replaced"] else ""
    verb = "Would import" if dry_run else "Imported"
    return f"{verb} {counted(new, 'record')}{replaced}{f'; {there}' if there else ''}."
