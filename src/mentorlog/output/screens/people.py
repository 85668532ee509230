"""The columns of the lists of mentors and mentees."""

from __future__ import annotations

from mentorlog import dates
from mentorlog.domain import loop
from mentorlog.models.views import called, counted
from mentorlog.output.table import ALWAYS, ID, Column
from mentorlog.output.text import spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mentorlog.models.view_types import FullMentor
    from mentorlog.models.views import View


def mentors(today: date) -> list[Column]:
    """Return the columns of a list of mentors from mentorlog.domain.roster."""

    roles = Column("roles", lambda mentor: ", ".join(map(spaced, mentor["roles"])), keep=3)
    return _people(today, [roles])


def mentees(today: date) -> list[Column]:
    """Return the columns of a list of mentees from mentorlog.domain.mentees."""

    def tasks(mentee: View) -> str:
        count, late = (len(mentee["open"][name]) for name in ("tasks", "late"))
        return "" if not count else f"{count} ({late} late)" if late else str(count)

    def goals(mentee: View) -> str:
        return str(len(mentee["open"]["goals"]) or "")

    return _people(
        today,
        [
            Column("goals", goals, align="right", keep=7, brief=lambda one: _count(goals(one), "goal")),
            Column("tasks", tasks, keep=7, brief=lambda one: _count(tasks(one), "task")),
        ],
    )


def _count(number: str, noun: str) -> str:
    """Return a count of a column that has no title: `2 tasks (1 late)`."""
    count, space, rest = number.partition(" ")
    return f"{counted(int(count), noun)}{space}{rest}" if number else ""


def _people(today: date, about: Sequence[Column]) -> list[Column]:
    """Return the columns of a list of people, some of them about what they do or have."""

    def state(mentor: FullMentor) -> str:
        return _next(mentor, today)[0]

    return [
        ID,
        Column("name", called, shrink=True),
        Column(
            "status",
            "status",
            say=spaced,
            keep=6,
            brief=lambda one: spaced(one["status"]),
            style=lambda one: "" if one["status"] == "active" else "dim",
        ),
        *about,
        Column("every", "cadence", say=lambda agreed: dates.every(agreed["every_days"]).removeprefix("every "), keep=4),
        Column("last met", "last_held", say=lambda day: dates.ago(day, today), keep=5),
        Column("next", state, style=lambda one: _next(one, today)[1], keep=ALWAYS, brief=state),
    ]


def _next(mentor: FullMentor, today: date) -> tuple[str, str]:
    """Return the next contact with a mentor, and its style."""
    due, late, planned = mentor["due_on"], mentor["overdue_on"], mentor["next_planned"]
    plan = f"planned {dates.short(planned, today)}" if planned else ""
    if not (due and late):
        return plan, ""
    state = loop.contact_state(due, late, today)
    style = "red" if state == "overdue since" else "yellow" if loop.due_by(due, today) else ""
    return f"{state.removesuffix(' since')} {dates.short(due, today)}{', ' + plan if plan else ''}", style
