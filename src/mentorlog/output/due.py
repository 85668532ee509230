"""How `due` shows what is due: a row for each thing, what is late first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mentorlog.domain import dates, loop
from mentorlog.models.views import View
from mentorlog.output.columns import ALWAYS, Column, layout
from mentorlog.output.rows import laid_out
from mentorlog.output.screen import Page


def _when(row: View) -> str:
    day = date.fromisoformat(row["day"])
    return dates.ago(day, day - timedelta(days=row["days"]))


def _ink(row: View) -> str | None:
    return "red" if row["days"] < 0 else "yellow" if row["days"] == 0 else None


COLUMNS = (
    Column("id", "id", keep=ALWAYS, style="cyan"),
    Column("due", lambda row: dates.say(row["day"]), keep=ALWAYS),
    Column("", _when, keep=6, style=_ink),
    Column("what", "what", keep=3),
    Column("", lambda row: row["text"], shrink=True),
)


_NARROW = 60


def lines(rows: Sequence[View], page: Page, within: int) -> list[str]:
    """Lay out what is due: in columns, on a narrow terminal with the day below; or say that nothing is."""
    if not rows:
        return [_none(within)]
    if page.terminal and page.width < _NARROW:
        named = [
            (row["id"] or "", row["text"], f"{dates.say(row['day'])}, {_when(row)}", _ink(row) or "") for row in rows
        ]
        return laid_out(named, page)
    return layout(rows, COLUMNS, width=page.limit, colour=page.colour)


def data(item: loop.Item, names: Mapping[str, str], today: date) -> View:
    """Return a due thing for scripts: `days` from today, below 0 where it is late."""
    days = (date.fromisoformat(item.day) - today).days
    return {
        "what": item.what,
        "day": item.day,
        "days": days,
        "id": item.view["id"],
        "text": loop.words(item, names),
    }


def _none(within: int) -> str:
    if within == 0:
        return "Nothing is due today."
    return f"Nothing is due within {within} day{'s' if within > 1 else ''}."
