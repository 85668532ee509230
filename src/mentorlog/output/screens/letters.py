"""The columns of `letter list`."""

from __future__ import annotations

from datetime import date

from mentorlog import dates
from mentorlog.models.views import View
from mentorlog.output.messages import letter as messages
from mentorlog.output.table import ALWAYS, ID, Column


def columns(today: date) -> list[Column]:
    """Return the columns of a list of letters: writer, for what, due, in how many days, state."""

    def left(task: View) -> str:
        return dates.ago(task["due"], today) if task["due"] and task["days"] is not None else ""

    def style(task: View) -> str | None:
        return "red" if task["late"] else "yellow" if task["days"] is not None and task["days"] <= 7 else None

    return [
        ID,
        Column("writer", "owner", keep=8),
        Column("for", lambda task: task["letter"]["for"], shrink=True),
        Column("due", "due", say=dates.say, keep=6, brief=left),
        Column("", left, keep=4, style=style),
        Column("state", lambda task: messages.state(task, task["state"], today), keep=ALWAYS),
    ]
