"""The domain's thinking over views: evidence, drifting, contact, what is due. Pure; today comes in.

The rules are CONTRACT's; days are texts such as 2027-02-03, which compare as dates do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from mentorlog.models.words import OPEN_TASKS

View = dict[str, Any]

DRIFT_DAYS = 42
REVIEW_DAYS = 90
WITHIN_DAYS = 7


class Contact(NamedTuple):
    """When a mentor is to be met next: the day it is due, the day it is overdue, and the last held meeting."""

    mentor: View
    due_on: str
    overdue_on: str
    last_held: str | None


def evidence(view: View) -> Iterator[tuple[str, str]]:
    """Yield (goal, day) for each piece of evidence that one record gives of a goal."""
    kind = view["record"]
    if kind == "goal":
        yield from ((view["id"], entry["on"]) for entry in view["progress"])
    elif kind == "meeting" and view["status"] == "held":
        yield from ((item["goal"], view["on"]) for item in view["agenda"] if item["goal"])
    elif kind == "task" and view["goal"]:
        day = _task_evidence(view)
        if day:
            yield view["goal"], day
    elif kind == "note" and view["goal"]:
        yield view["goal"], view["on"]
    elif kind == "review":
        yield from ((verdict["goal"], view["on"]) for verdict in view["verdicts"])


def _task_evidence(task: View) -> str | None:
    """A task counts on the day it was done, else on the last day a round of it was sent."""
    if task["status"] == "done":
        return str(task["done_on"] or task["created"][:10])
    return max((entry["sent"] for entry in task["rounds"]), default=None)


def drifting(goal: View, last_evidence: str | None, today: date) -> bool:
    """Return whether an active goal is past its date, or has had no evidence (or creation) for 42 days."""
    if goal["status"] != "active":
        return False
    if goal["by"] and goal["by"] < today.isoformat():
        return True
    return quiet_since(goal, last_evidence) <= (today - timedelta(days=DRIFT_DAYS)).isoformat()


def quiet_since(goal: View, last_evidence: str | None) -> str:
    """Return the day since which nothing shows that the goal moved: its last evidence, else its creation."""
    return max(last_evidence or "", str(goal["created"])[:10])


def contact(mentor: View, last_held: str | None, planned: str | None, today: date) -> Contact | None:
    """Return when an active mentor with a cadence is due; None without cadence or while a meeting is planned."""
    cadence = mentor["cadence"]
    if not cadence or mentor["status"] not in ("active", "stay_in_touch") or planned:
        return None
    start = date.fromisoformat(last_held or mentor["started"] or mentor["created"][:10])
    every = cadence["every_days"]
    longest = cadence["longest_days"] or every * 3 // 2
    due, overdue = start + timedelta(days=every), start + timedelta(days=longest)
    return Contact(mentor, due.isoformat(), overdue.isoformat(), last_held)


def review_due(last: View | None, first_day: str | None) -> str | None:
    """Return the day of the next review: the last one's `next_on`, else 90 days after it or the first record."""
    if last and last["next_on"]:
        return str(last["next_on"])
    start = last["on"] if last else first_day
    return (date.fromisoformat(start) + timedelta(days=REVIEW_DAYS)).isoformat() if start else None


class Overview(NamedTuple):
    """What matters now, as views and days; the data of `status` and of `due`."""

    passed: list[View]
    planned: list[View]
    contacts: list[Contact]
    mine: list[View]
    theirs: list[View]
    drifting: list[View]
    review_on: str | None
    counts: Mapping[str, int]


def open_tasks(tasks: list[View]) -> tuple[list[View], list[View]]:
    """Part open tasks into mine and theirs."""
    opened = [task for task in tasks if task["status"] in OPEN_TASKS]
    return [t for t in opened if t["owner"] == "me"], [t for t in opened if t["owner"] != "me"]


def due_by(day: str | None, today: date, within: int = WITHIN_DAYS) -> bool:
    """Return whether a day is late or falls within so many days from today, the last included."""
    return bool(day) and str(day) <= (today + timedelta(days=within)).isoformat()
