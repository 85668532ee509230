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

    def state(task: View) -> str:
        return messages.state(task, task["state"], today)

    return [
        ID,
        Column("writer", "owner", keep=ALWAYS),
        Column("for", lambda task: task["letter"]["for"], shrink=True),
        Column("due", "due", say=dates.say, keep=ALWAYS, brief=left, style=style),
        Column("", left, keep=4, style=style, brief=lambda task: ""),
        Column("state", state, keep=ALWAYS, brief=state),
    ]
