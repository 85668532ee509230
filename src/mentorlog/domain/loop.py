"""The domain's thinking over views: evidence, drifting, contact, what is due. Pure; today comes in.

The rules are CONTRACT's; days are texts such as 2027-02-03, which compare as dates do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from mentorlog import dates, vocabulary
from mentorlog.models.views import View
from mentorlog.values import Value

DRIFT_DAYS = 42
REVIEW_DAYS = 90
WITHIN_DAYS = 7


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


def contact(mentor: View, last_held: str | None, planned: str | None) -> View | None:
    """Return when a mentor is to be met: id, name, due_on, overdue_on, last_held; counted from the last held meeting.

    None without a cadence, where the mentorship rests, or while a meeting is planned ahead.
    """
    cadence = mentor["cadence"]
    if not cadence or mentor["status"] not in vocabulary.MET_MENTORS or planned:
        return None
    start = date.fromisoformat(last_held or mentor["started"] or mentor["created"][:10])
    every = cadence["every_days"]
    longest = cadence["longest_days"] or every * 3 // 2
    return {
        "record": "mentor",
        "id": mentor["id"],
        "name": mentor["name"],
        "due_on": (start + timedelta(days=every)).isoformat(),
        "overdue_on": (start + timedelta(days=longest)).isoformat(),
        "last_held": last_held,
    }


def people(overview: View) -> set[str]:
    """Return the mentors that an overview names."""
    named = {task[key] for kind in ("mine", "theirs") for task in overview[kind] for key in ("owner", "assigned_by")}
    named |= {mentor for kind in ("passed", "planned") for meeting in overview[kind] for mentor in meeting["mentors"]}
    return named - {vocabulary.ME}


def review_due(last: View | None, first_day: str | None) -> str | None:
    """Return the day of the next review: the last one's `next_on`, else 90 days after it or the first record."""
    if last and last["next_on"]:
        return str(last["next_on"])
    start = last["on"] if last else first_day
    return (date.fromisoformat(start) + timedelta(days=REVIEW_DAYS)).isoformat() if start else None


def open_tasks(tasks: list[View]) -> tuple[list[View], list[View]]:
    """Part open tasks into mine and theirs."""
    opened = [task for task in tasks if task["status"] in vocabulary.OPEN_TASKS]
    return [t for t in opened if t["owner"] == vocabulary.ME], [t for t in opened if t["owner"] != vocabulary.ME]


def due_by(day: str | None, today: date, within: int = WITHIN_DAYS) -> bool:
    """Return whether a day is late or falls within so many days from today, the last included."""
    return bool(day) and str(day) <= (today + timedelta(days=within)).isoformat()


class Item(Value):
    """One thing that is due: what it is, its day, whose or which record, and how it reads."""

    what: str
    day: str
    view: View


def due_items(overview: View, today: date, within: int = WITHIN_DAYS) -> list[Item]:
    """Return what is due up to so many days from today, the earliest first: tasks of both sides, contacts,
    planned meetings that have passed, the review."""
    found = [Item("my task", task["due"], task) for task in overview["mine"]]
    found += [Item("their task", task["due"], task) for task in overview["theirs"]]
    found += [Item("contact", entry["due_on"], entry) for entry in overview["contacts"]]
    found += [Item("meeting passed", meeting["on"], meeting) for meeting in overview["passed"]]
    if overview["review_on"]:
        found.append(Item("review", overview["review_on"], {"record": "review", "id": None}))
    return sorted((i for i in found if due_by(i.day, today, within)), key=lambda i: (i.day, i.what, str(i.view["id"])))


def words(item: Item, names: Mapping[str, str]) -> str:
    """Return how a due thing reads in one line, beside its day; `names` are those of the mentors."""
    view = item.view
    match item.what:
        case "contact":
            met = f"last met {dates.say(view['last_held'])}" if view["last_held"] else "not met yet"
            return f"Talk to {view['name']}, {met}"
        case "their task":
            return f"{view['title']}, from {names.get(view['owner'], view['owner'])}"
        case "my task":
            giver, sent = view["assigned_by"], out_since(view)
            whose = "" if giver == vocabulary.ME else f", for {names.get(giver, giver)}"
            return f"{view['title']}{whose}{f', sent {dates.say(sent)}' if sent else ''}"
        case "meeting passed":
            people = " and ".join(names.get(id, id) for id in view["mentors"])
            return f"Did you meet {people}?" if people else "Did you meet?"
    return "Reassess: mentorlog review"


def owed_to(task: View, shared: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the mentors to whom an open task of mine is owed, each once; none where it is owed to myself.

    That is who assigned it and whose project it helps; where that is nobody, the mentors of its meeting, else of its
    goal: `shared` gives those.
    """
    direct = [person for person in (task["assigned_by"], task["helps"]) if person and person != vocabulary.ME]
    linked = shared.get(task["meeting"]) or shared.get(task["goal"]) or ()
    return list(dict.fromkeys(direct or linked))


def out_since(task: View) -> str | None:
    """Return the day on which the round of a draft that is out was sent, None where none is, or it is mine again."""
    if task["status"] not in ("submitted", "waiting"):
        return None
    return next((one["sent"] for one in reversed(task["rounds"]) if one["returned"] is None), None)


def owed_since(task: View, meeting_days: Mapping[str, str]) -> str:
    """Return the day since which a task is owed: that of the meeting it comes from, else of its creation."""
    created = str(task["created"])[:10]
    return min(meeting_days.get(task["meeting"], created), created)


def late(task: View, today: date) -> bool:
    """Return whether an open task is past its date."""
    return bool(task["due"]) and task["status"] in vocabulary.OPEN_TASKS and task["due"] < today.isoformat()


def owed(tasks: Sequence[View], linked: Sequence[View], today: date, mentors: Sequence[str] = ()) -> View:
    """Return what I owe and what I am owed, each task with whom it concerns (`with`), `since` and `late`.

    `linked` holds the goals and meetings of the tasks; with `mentors` only what concerns one of them is returned.
    """
    shared = {one["id"]: [m if isinstance(m, str) else m["mentor"] for m in one["mentors"]] for one in linked}
    days = {one["id"]: str(one["on"]) for one in linked if one["record"] == "meeting"}
    found: dict[str, list[View]] = {"i_owe": [], "they_owe": []}
    for task in tasks:
        mine = task["owner"] == vocabulary.ME
        people = owed_to(task, shared) if mine else [task["owner"]]
        if not mentors or set(mentors) & set(people):
            seen = {**task, "with": people, "since": owed_since(task, days), "late": late(task, today)}
            found["i_owe" if mine else "they_owe"].append(seen)
    return {**found}
