"""How far letters of recommendation are, for lists: light, as lists are. Pure."""

from __future__ import annotations

from datetime import date

from mentorlog import vocabulary
from mentorlog.domain import computed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorlog.domain.ports import Questions
    from mentorlog.models.view_types import TaskView
    from mentorlog.models.views import View


def listed(tasks: Sequence[TaskView], writers: Sequence[str], ask: Questions, today: date) -> list[View]:
    """Return the letters among tasks, each with its `state` and the `days` until it is due.

    `writers` limits them to some; the days of a letter that is closed, or has no date, are None.
    """
    found = [task for task in tasks if task["letter"] and (not writers or task["owner"] in writers)]
    full: list[View] = []
    for task in computed.tasks(found, ask, today):
        is_dated = task["due"] and task["status"] in vocabulary.OPEN_TASKS
        days = (date.fromisoformat(str(task["due"])) - today).days if is_dated else None
        full.append({**task, "state": state(task), "days": days})
    return full


def state(task: TaskView) -> str:
    """Return how far a letter is, as one word."""
    letter = task["letter"]
    assert letter is not None
    if task["status"] == "done":
        return "received"
    if task["status"] == "dropped":
        return "declined" if letter["answer"] == "no" else "dropped"
    if not letter["asked_on"]:
        return "planned"
    if letter["reminded"]:
        return "reminded"
    if letter["packet_on"]:
        return "packet_sent"
    return {"yes": "agreed", "later": "later"}.get(letter["answer"] or "", "asked")
