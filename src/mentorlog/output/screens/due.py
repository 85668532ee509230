"""How `due` shows what is due: in columns where all has room, else the day beside or below the words; late first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mentorlog import dates, vocabulary
from mentorlog.domain import loop
from mentorlog.models.views import View
from mentorlog.output.item_rows import Row, layout_rows
from mentorlog.output.page import Page
from mentorlog.output.phrases import counted, joined
from mentorlog.output.table import ALWAYS, Column, layout
from mentorlog.output.text import width


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


def lines(rows: Sequence[View], page: Page, within: int) -> list[str]:
    """Lay out what is due, or say that nothing is."""
    if not rows:
        return [_none(within)]
    if page.terminal and max(map(width, layout(rows, COLUMNS, width=None, colour=False))) > page.width:
        return layout_rows([_row(row) for row in rows], page)
    return layout(rows, COLUMNS, width=None, colour=page.colour)


def _row(row: View) -> Row:
    return row["id"] or "", row["text"], f"{dates.say(row['day'])}, {_when(row)}", _ink(row) or ""


def data(item: loop.Item, names: Mapping[str, str], today: date) -> View:
    """Return a due thing for scripts: `days` from today, below 0 where it is late."""
    days = (date.fromisoformat(item.day) - today).days
    return {
        "what": item.what,
        "day": item.day,
        "days": days,
        "id": item.view["id"],
        "text": _text(item, names),
    }


def _text(item: loop.Item, names: Mapping[str, str]) -> str:
    """Return how a due thing reads in one line, beside its day; `names` are those of the mentors."""
    view = item.view
    match item.what:
        case "contact":
            met = f"last met {dates.say(view['last_held'])}" if view["last_held"] else "not met yet"
            return f"Talk to {view['name']}, {met}"
        case "their task":
            return f"{view['title']}, from {names.get(view['owner'], view['owner'])}"
        case "my task":
            giver, sent = view["assigned_by"], loop.out_since(view)
            whose = "" if giver == vocabulary.ME else f", for {names.get(giver, giver)}"
            return f"{view['title']}{whose}{f', sent {dates.say(sent)}' if sent else ''}"
        case "meeting passed":
            people = joined([names.get(id, id) for id in view["mentors"]])
            return f"Did you meet {people}?" if people else "Did you meet?"
    return "Reassess: mentorlog review"


def _none(within: int) -> str:
    return f"Nothing is due within {counted(within, 'day')}." if within else "Nothing is due today."
