"""The screen of `due`, late items first: in columns, or stacked where they do not fit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from mentorlog import dates
from mentorlog.domain.overview import DueItem
from mentorlog.models.views import View, counted
from mentorlog.output.page import Page
from mentorlog.output.table import ALWAYS, ID, Column, layout
from mentorlog.output.text import spaced


def _when(row: View) -> str:
    day = date.fromisoformat(row["due_on"])
    return dates.ago(day, day - timedelta(days=row["days"]))


def _ink(row: View) -> str | None:
    return "red" if row["late"] else "yellow" if row["days"] <= 0 else None


COLUMNS = (
    ID,
    Column("due", "due_on", say=dates.say, keep=ALWAYS),
    Column("", _when, keep=6, style=_ink),
    Column("", "reason", say=spaced, keep=3),
    Column("", "text", shrink=True),
)


def lines(rows: Sequence[View], page: Page, within: int, undecided: Collection[str] = ()) -> list[str]:
    """Lay out what is due, or report that nothing is; `undecided` has the ids of records that wait for a choice."""
    if not rows:
        return [f"Nothing is due within {counted(within, 'day')}." if within else "Nothing is due today."]
    prefixes = page.prefixes(rows)
    rows = [{**row, "conflicts": row["id"] in undecided} for row in rows]
    return layout(rows, COLUMNS, width=page.limit, colour=page.colour, prefixes=prefixes, narrow=page.width + 1)


def data(item: DueItem, today: date) -> View:
    """Return a due item for scripts: `days` from today, negative if the day has passed."""
    days = (date.fromisoformat(item.due_on) - today).days
    shown = {"reason": item.reason.replace(" ", "_"), "due_on": item.due_on, "days": days, "late": item.late}
    return {**shown, "record": item.record, "id": item.id, "text": item.text}
