"""The rules for goals, mentors and tasks, reckoned slowly from the files of a journal: loops, and dates by hand.

Nothing of mentorlog is imported here. Where the rules leave something open, the comment says how it was decided.
"""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

Record = dict[str, Any]

KINDS = ("mentor", "goal", "task", "meeting", "note", "review")
OPEN_TASKS = ("todo", "doing", "waiting", "submitted")
OPEN_GOALS = ("active", "paused")
DEFAULTS: dict[str, Record] = {
    "mentor": {"status": "active", "my_role": "mentee"},
    "goal": {"status": "active"},
    "task": {"status": "todo", "owner": "me", "assigned_by": "me"},
    "meeting": {"status": "planned", "mode": "in_person"},
    "note": {"kind": "note", "status": "closed"},
    "review": {"kind": "full", "scope": "all"},
}

DRIFTING_AFTER = 42
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def read(root: Path) -> dict[str, list[Record]]:
    """Return the records of every kind, by id."""
    found = {}
    for kind in KINDS:
        records = [tomllib.loads(path.read_text("utf-8")) for path in (root / f"{kind}s").glob("*.toml")]
        found[kind] = sorted((DEFAULTS[kind] | record for record in records), key=lambda record: record["id"])
    profiles = [path for path in [root / "profile.toml"] if path.exists()]
    return {**found, "profile": [tomllib.loads(path.read_text("utf-8")) for path in profiles]}


def plus(day: date, days: int) -> date:
    """Return the day so many days later."""
    return day + timedelta(days=days)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last of that month if it has no such day."""
    year, month = day.year, day.month - months
    while month < 1:
        year, month = year - 1, month + 12
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def iso(day: date | None) -> str | None:
    """Return a day as JSON has it."""
    return None if day is None else day.isoformat()


def last_of(days: Iterable[date | None]) -> date | None:
    """Return the last of the days that are known."""
    latest = None
    for day in days:
        if day is not None and (latest is None or day > latest):
            latest = day
    return latest


def ids(records: Iterable[Record]) -> list[str]:
    """Return the ids of records."""
    return [record["id"] for record in records]


class Rules:
    """What holds for the records of a journal on one day, at one time of day such as 14:00."""

    def __init__(self, records: dict[str, list[Record]], today: date, at: str) -> None:
        self.today, self.at, self.records = today, at, records
        self.mentors, self.goals, self.tasks = records["mentor"], records["goal"], records["task"]
        self.meetings, self.notes, self.reviews = records["meeting"], records["note"], records["review"]
        self.blocks = [block for profile in records["profile"] for block in profile.get("blocks", [])]

    def everything(self) -> tuple[Record, ...]:
        """Return all records."""
        return (*self.mentors, *self.goals, *self.tasks, *self.meetings, *self.notes, *self.reviews)

    def mentor(self, id: str) -> Record:
        """Return the mentor with an id."""
        return next(one for one in self.mentors if one["id"] == id)

    # Mentees

    def is_mentee(self, id: str) -> bool:
        """Return whether somebody is mentored by me, and does not mentor me."""
        return any(one["id"] == id and one["my_role"] == "mentor" for one in self.mentors)

    def is_promise(self, task: Record) -> bool:
        """Return whether others have a task, and owe it to me: what a mentee has to do is no promise."""
        return task["owner"] != "me" and not self.is_mentee(task["owner"])

    # Blocks

    def loads(self, day: date) -> list[str]:
        """Return the loads of the blocks on a day."""
        return [block.get("load", "normal") for block in self.blocks if block["from"] <= day <= block["to"]]

    def after(self, start: date, days: int) -> date:
        """Return the day on which so many days have passed: a day away does not count, a heavy one counts half."""
        passed, day = 0.0, start
        while passed < days:
            day = plus(day, 1)
            loads = self.loads(day)
            passed += 0 if "away" in loads else 0.5 if "heavy" in loads else 1
        return day

    # Goals

    def evidence(self, goal: str) -> Iterator[date]:
        """Yield the days of held meetings that name a goal, tasks done or submitted, progress, notes and verdicts."""
        for one in self.goals:
            if one["id"] == goal:
                for entry in one.get("progress", []):
                    yield entry["on"]
        for meeting in self.meetings:
            for item in meeting.get("agenda", []):
                if meeting["status"] == "held" and item.get("goal") == goal:
                    yield meeting["on"]
        for task in self.tasks:
            if task.get("goal") == goal:
                for entry in task.get("rounds", []):
                    yield entry["sent"]
                if task["status"] == "done":
                    # Left open: a task that is done, nobody knows when. It was not before it was written down.
                    yield task.get("done_on") or task["created"].date()
        for note in self.notes:
            if note.get("goal") == goal:
                yield note["on"]
        for review in self.reviews:
            for verdict in review.get("verdicts", []):
                if verdict["goal"] == goal:
                    yield review["on"]

    def last_evidence(self, goal: str, until: date) -> date | None:
        """Return the day of the last evidence up to a day."""
        return last_of(day for day in self.evidence(goal) if day <= until)

    def drifting(self, goal: Record, on: date) -> bool:
        """Return whether an active goal is past its date, or had neither evidence nor its creation for 42 days."""
        if goal["status"] != "active":
            return False
        if goal.get("by") and goal["by"] < on:
            return True
        last = last_of([self.last_evidence(goal["id"], on), goal["created"].date()])
        assert last is not None
        return self.after(last, DRIFTING_AFTER) <= on

    def percent(self, goal: Record, until: date) -> int | None:
        """Return the last percentage up to a day, of a count with a target its whole percentage, at most 100."""
        keys = ("percent", "count") if goal.get("target") else ("percent",)
        last = self._last_progress(goal, until, *keys)
        if last is None or last.get("count") is None or "count" not in keys:
            return None if last is None else int(last["percent"])
        return min(100, int(Fraction(str(last["count"])) * 100 // Fraction(str(goal["target"]))))

    def count(self, goal: Record, until: date) -> float | None:
        """Return the last count up to a day of a goal with a target."""
        last = self._last_progress(goal, until, "count") if goal.get("target") else None
        return None if last is None else float(last["count"])

    def _last_progress(self, goal: Record, until: date, *keys: str) -> Record | None:
        """Return the last entry up to a day that has one of the keys; of one day the one that was written last."""
        last = None
        for entry in goal.get("progress", []):
            is_known = any(entry.get(key) is not None for key in keys) and entry["on"] <= until
            if is_known and (last is None or entry["on"] >= last["on"]):
                last = entry
        return last

    def pace(self, goal: Record) -> Record | None:
        """Return what an active goal with a target and a day ahead has left, unless a percentage was recorded last.

        From two weeks on that is so many a week, from 62 days on so many a month, rounded up; less than one is no rate.
        """
        target, by = goal.get("target"), goal.get("by")
        last = self._last_progress(goal, date.max, "percent", "count")
        if not target or not by or by < self.today or goal["status"] != "active" or (last and "count" not in last):
            return None
        left = Fraction(str(target)) - Fraction(str(self.count(goal, date.max) or 0))
        if left <= 0:
            return None
        days, weekly = by.toordinal() - self.today.toordinal(), Fraction(7)
        per, length = ("week", weekly) if days < 62 else ("month", Fraction(365, 12))
        rate = left * length / days if days >= 14 else Fraction(0)
        known = {"count": ceil(rate), "per": per} if rate >= 1 else {"count": None, "per": None}
        return {"left": float(left), "days": days, "by": by.isoformat(), **known}

    def untold(self, goal: Record) -> list[str]:
        """Return the mentors of a goal who do not know of it. Left open: who left or declined is not told any more."""
        people = []
        for share in goal.get("mentors", []):
            known = [one for one in self.mentors if one["id"] == share["mentor"]]
            left = any(one["status"] in ("ended", "declined") for one in known)
            if not share.get("told_on") and not left:
                people.append(share["mentor"])
        return people

    def by_day(self, goals: Iterable[Record]) -> list[Record]:
        """Return goals by their day, then their id; those without a day last."""
        return sorted(goals, key=lambda goal: (goal.get("by") or date.max, goal["id"]))

    def goal_list(self, *, closed: bool = False, drifting: bool = False) -> list[Record]:
        """Return what `goal list` says of each goal."""
        rows = []
        for goal in self.by_day(self.goals):
            shown = not goal.get("whose") and (closed or goal["status"] in OPEN_GOALS)
            if shown and (not drifting or self.drifting(goal, self.today)):
                rows.append(self.full_goal(goal))
        return rows

    def full_goal(self, goal: Record) -> Record:
        """Return the computed fields of a goal."""
        return {
            "id": goal["id"],
            "by": iso(goal.get("by")),
            "percent": self.percent(goal, self.today),
            "count": self.count(goal, self.today),
            "pace": self.pace(goal),
            "last_evidence": iso(self.last_evidence(goal["id"], self.today)),
            "drifting": self.drifting(goal, self.today),
            "untold": self.untold(goal),
            "mentors": [{"mentor": s["mentor"], "told_on": iso(s.get("told_on"))} for s in goal.get("mentors", [])],
        }

    # Meetings and mentors

    def passed(self, meeting: Record) -> bool:
        """Return whether a planned meeting has passed: after its time, or after its day where it has no time."""
        if meeting["on"] != self.today:
            return bool(meeting["on"] < self.today)
        return meeting.get("at") is not None and meeting["at"] < self.at

    def planned(self, mentor: str | None = None) -> list[Record]:
        """Return the planned meetings, of one mentor or all."""
        planned = [one for one in self.meetings if one["status"] == "planned"]
        return [one for one in planned if mentor is None or mentor in one.get("mentors", [])]

    def last_held(self, mentor: str) -> date | None:
        """Return the day of the last held meeting with a mentor."""
        met = [one for one in self.meetings if one["status"] == "held" and mentor in one.get("mentors", [])]
        return last_of(one["on"] for one in met)

    def next_planned(self, mentor: str) -> date | None:
        """Return the day of the next planned meeting with a mentor. Left open: one of today is ahead all day."""
        ahead = [one["on"] for one in self.planned(mentor) if one["on"] >= self.today]
        return min(ahead, default=None)

    def contact(self, mentor: Record) -> tuple[date, date] | None:
        """Return the days on which contact is due and overdue; None where there is no cadence, or a meeting is near."""
        cadence = mentor.get("cadence")
        if not cadence or mentor["status"] not in ("active", "stay_in_touch"):
            return None
        start = self.last_held(mentor["id"]) or mentor.get("started") or mentor["created"].date()
        every = cadence["every_days"]
        # Left open: half days. The longest gap of a weekly rhythm is ten whole days.
        longest = cadence.get("longest_days") or (3 * every) // 2
        # Left open: half of an odd number of heavy days. The day is the first on which enough have passed.
        due, overdue = self.after(start, every), self.after(start, longest)
        ahead = self.next_planned(mentor["id"])
        # Left open: from when the longest gap counts. From the last meeting; and where that is past, a meeting of the
        # next seven days, which `due` lists by itself, is near enough.
        if ahead is not None and (ahead <= overdue or ahead <= plus(self.today, 7)):
            return None
        return due, overdue

    def full_mentor(self, mentor: Record) -> Record:
        """Return the computed fields of a mentor."""
        due = self.contact(mentor)
        return {
            "id": mentor["id"],
            "last_held": iso(self.last_held(mentor["id"])),
            "next_planned": iso(self.next_planned(mentor["id"])),
            "due_on": iso(due and due[0]),
            "overdue_on": iso(due and due[1]),
        }

    def contacts(self) -> list[Record]:
        """Return whom to talk to, the earliest first."""
        rows = []
        for mentor in self.mentors:
            due = self.contact(mentor)
            if due:
                last = iso(self.last_held(mentor["id"]))
                days = {"due_on": iso(due[0]), "overdue_on": iso(due[1]), "last_held": last}
                rows.append({"id": mentor["id"], "name": mentor["name"], **days})
        return sorted(rows, key=lambda row: (row["due_on"], row["id"]))

    def contact_words(self, within: int = 9999, *, mentees: bool = True) -> dict[str, str]:
        """Return the words and the one day that every screen has for contact with a mentor: `overdue Wed 14 Mar`."""
        said = {}
        for mentor in self.mentors:
            if not mentees and self.is_mentee(mentor["id"]):
                continue
            contact = self.contact(mentor)
            if contact and contact[0] <= plus(self.today, within):
                due, overdue = contact
                year = "" if due.year == self.today.year else f" {due.year}"
                day = f"{WEEKDAYS[due.weekday()]} {due.day} {MONTHS[due.month - 1]}{year}"
                said[mentor["id"]] = f"{'overdue' if overdue < self.today else 'due'} {day}"
        return said

    def mentors_in_order(self) -> Record:
        """Return who comes first in the list of mentors, and the days on which contact with them is due, in order."""
        active = [one for one in self.mentors if one["status"] == "active" and not self.is_mentee(one["id"])]
        due = [contact[0].isoformat() for contact in map(self.contact, active) if contact]
        return {"active": ids(active), "due": sorted(due)}

    def newest_first(self, records: list[Record]) -> Record:
        """Return the days of meetings or notes as they are listed, and their ids."""
        return {"days": sorted((one["on"].isoformat() for one in records), reverse=True), "ids": ids(records)}

    # Tasks

    def by_due(self, tasks: Iterable[Record]) -> list[Record]:
        """Return tasks by the day on which they are due, then by id; those without a day last."""
        return sorted(tasks, key=lambda task: (task.get("due") or date.max, task["id"]))

    def round_out(self, task: Record, on: date) -> Record | None:
        """Return the round of a draft that was out on a day: sent by then, and not back."""
        still = task["status"] in ("submitted", "waiting") or self.done_after(task, on)
        for entry in reversed(task.get("rounds", [])):
            back = entry.get("returned")
            if entry["sent"] <= on and (back > on if back else still):
                return entry  # type: ignore[no-any-return]
        return None

    def done_after(self, task: Record, on: date) -> bool:
        """Return whether a task was done after a day."""
        return task["status"] == "done" and bool(task.get("done_on")) and task["done_on"] > on

    def sent_on(self, task: Record) -> date | None:
        """Return since when a draft is out, as far as is known."""
        entry = self.round_out(task, date.max)
        return None if entry is None else entry["sent"]

    def is_out(self, task: Record, on: date = date.max) -> bool:
        """Return whether a draft is with the mentor, or was on a day. One without rounds was sent nobody knows when."""
        if self.round_out(task, on) is not None:
            return True
        return task["status"] == "submitted" and all(entry["sent"] <= on for entry in task.get("rounds", []))

    def was_open(self, task: Record, on: date) -> bool:
        """Return whether a task was open on a day, as far as is known: nothing says when one was dropped."""
        return task["created"].date() <= on and (task["status"] in OPEN_TASKS or self.done_after(task, on))

    def late(self, task: Record, on: date) -> bool:
        """Return whether a task was open past its day; a draft that is out is never late."""
        if not task.get("due") or task["due"] >= on:
            return False
        if on == self.today:  # a journal from further east may hold tasks of tomorrow
            return task["status"] in OPEN_TASKS and not self.is_out(task)
        return self.was_open(task, on) and not self.is_out(task, on)

    def is_mine(self, task: Record) -> bool:
        """Return whether it is my turn: my own task, and not a draft that is out."""
        return task["owner"] == "me" and not self.is_out(task)

    def is_theirs(self, task: Record) -> bool:
        """Return whether it is the turn of a mentor: their promise, or a draft of mine that is out."""
        return not self.is_mine(task) and not self.is_mentee(task["owner"])

    def people(self, task: Record) -> list[str]:
        """Return the mentors whom a task concerns: who owes it; else who gave it or is helped; else its meeting's
        mentors; else its goal's. (Left open: that the nearest of these decides.)
        """
        if task["owner"] != "me":
            return [task["owner"]]
        people = [one for one in (task["assigned_by"], task.get("helps")) if one not in (None, "me")]
        if not people:
            for meeting in self.meetings:
                if meeting["id"] == task.get("meeting"):
                    people = list(meeting.get("mentors", []))
        if not people:
            for goal in self.goals:
                if goal["id"] == task.get("goal"):
                    people = [share["mentor"] for share in goal.get("mentors", [])]
        return list(dict.fromkeys(people))

    def since_on(self, task: Record) -> date:
        """Return since when a task is owed: its meeting, unless it was written down before that was held."""
        days = [task["created"].date()]
        days += [meeting["on"] for meeting in self.meetings if meeting["id"] == task.get("meeting")]
        return min(days)

    def full_task(self, task: Record) -> Record:
        """Return the computed fields of a task."""
        return {
            "id": task["id"],
            "turn": "me" if self.is_mine(task) else "them",
            "late": self.late(task, self.today),
            "sent_on": iso(self.sent_on(task)),
            "since_on": iso(self.since_on(task)),
            "with": self.people(task),
        }

    def open_tasks(self) -> list[Record]:
        """Return the open tasks."""
        return self.by_due(task for task in self.tasks if task["status"] in OPEN_TASKS)

    def task_list(self, *, closed: bool = False) -> list[Record]:
        """Return what `task list` says of each task."""
        return [self.full_task(t) for t in self.by_due(self.tasks) if closed or t["status"] in OPEN_TASKS]

    def concerning(self, mentor: str) -> list[str]:
        """Return the open tasks that concern a mentor: owned, given, helped, or through a meeting or goal of theirs."""
        through = [m["id"] for m in self.meetings if mentor in m.get("mentors", [])]
        through += [g["id"] for g in self.goals if any(s["mentor"] == mentor for s in g.get("mentors", []))]
        found = []
        for task in self.open_tasks():
            direct = mentor in (task["owner"], task["assigned_by"], task.get("helps"))
            if direct or task.get("goal") in through or task.get("meeting") in through:
                found.append(task["id"])
        return found

    def owed(self, mentor: str | None = None) -> Record:
        """Return the open tasks of both sides."""
        asked = [task for task in self.open_tasks() if mentor is None or mentor in self.people(task)]
        return {
            "i_owe": [self.full_task(task) for task in asked if self.is_mine(task)],
            "they_owe": [
                self.full_task(task) for task in asked if self.is_theirs(task) or mentor == task["owner"] != "me"
            ],
        }
