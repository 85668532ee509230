"""How `due` shows what is due: a row for each thing, what is late first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from mentorlog import dates, loop
from mentorlog.models.views import View
from mentorlog.output.columns import ALWAYS, Column


def _when(row: View) -> str:
    day = date.fromisoformat(row["day"])
    return dates.ago(day, day - timedelta(days=row["days"]))


def _ink(row: View) -> str | None:
    return "red" if row["days"] < 0 else "yellow" if row["days"] == 0 else None


COLUMNS = (
    Column("id", lambda row: row["id"], keep=8, style="cyan"),
    Column("due", lambda row: dates.say(row["day"]), keep=ALWAYS),
    Column("", _when, keep=7, style=_ink),
    Column("what", lambda row: row["what"], keep=6),
    Column("", lambda row: row["text"], shrink=True),
)


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


def none(within: int) -> str:
    """Return what is said where nothing is due."""
    if within == 0:
        return "Nothing is due today."
    return f"Nothing is due within {within} day{'s' if within > 1 else ''}."
