"""The rules of the loop, over views: evidence, drifting, contact, what is due. Pure; today is an argument.

Days are texts such as 2027-02-03, which compare as dates do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from mentorlog import dates, vocabulary
from mentorlog.models.views import View, counted
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    from mentorlog.models.view_types import BlockView, CadenceView, FullTask, GoalView, MentorView, TaskView

    class Contact(TypedDict):
        """When to meet a mentor, counted from the last held meeting; `next_planned` is too far ahead to count."""

        record: str
        id: str
        name: str
        nickname: str | None
        due_on: str
        overdue_on: str
        last_held: str | None
        next_planned: str | None

    class Owed(TypedDict):
        """The open tasks by whose turn it is, each with its mentors and since when it is owed."""

        i_owe: list[FullTask]
        they_owe: list[FullTask]


class Rules(Value):
    """After how many days a goal drifts and a review is due, how far `due` and `status` look, when a wait is named.

    And how many days before its date to ask for a letter, and to remind its writer; how old the last backup is when
    `status` mentions it, and for how many days it is not mentioned again.
    """

    drift_days: int = 42
    review_days: int = 90
    within_days: int = 7
    near_days: int = 14
    waiting_days: int = 14
    ask_days: int = 56
    remind_days: int = 7
    backup_days: int = 30


RULES = Rules()


def evidence(view: View) -> Iterator[tuple[str, str]]:
    """Yield (goal, day) for each piece of evidence in one record of work on a goal."""
    kind = view["record"]
    if kind == "goal":
        yield from ((view["id"], entry["on"]) for entry in view["progress"])
    elif kind == "meeting" and view["status"] == "held":
        yield from ((item["goal"], view["on"]) for item in view["agenda"] if item["goal"])
    elif kind == "task" and view["goal"]:
        yield from ((view["goal"], entry["sent"]) for entry in view["rounds"])
        if view["status"] == "done":
            yield view["goal"], view["done_on"] or view["created"][:10]
    elif kind == "note" and view["goal"]:
        yield view["goal"], view["on"]
    elif kind == "review":
        yield from ((verdict["goal"], view["on"]) for verdict in view["verdicts"])


def in_words(days: int) -> str:
    """Return after what time without evidence a goal is drifting: `six weeks`, or `28 days` where the user set that."""
    return "six weeks" if days == RULES.drift_days else counted(days, "day")


def drifting(
    goal: GoalView, last_evidence: str | None, today: date, rules: Rules = RULES, blocks: Sequence[BlockView] = ()
) -> bool:
    """Return whether an active goal is past its date, or without evidence for too long."""
    is_past = bool(goal["by"] and goal["by"] < today.isoformat())
    return goal["status"] == "active" and (is_past or quiet(goal, last_evidence, today, rules, blocks))


def quiet(
    goal: GoalView, last_evidence: str | None, today: date, rules: Rules = RULES, blocks: Sequence[BlockView] = ()
) -> bool:
    """Return whether a goal is without evidence for too long; blocks stretch the time."""
    since = inactive_since(goal, last_evidence)
    if since > (today - timedelta(days=rules.drift_days)).isoformat():
        return False  # blocks only make it later
    return not blocks or _later(date.fromisoformat(since), rules.drift_days, blocks) <= today


def inactive_since(goal: GoalView, last_evidence: str | None) -> str:
    """Return the day of the last evidence of a goal, else of its creation."""
    return max(last_evidence or "", str(goal["created"])[:10])


def contact(
    mentor: MentorView, last_held: str | None, planned: str | None, today: date, blocks: Sequence[BlockView] = ()
) -> Contact | None:
    """Return when to meet a mentor; None without a cadence, or while a meeting is planned soon enough.

    It is soon enough within the longest gap. One within a week is too, however late it is: `due` lists the meeting.
    Blocks stretch both gaps.
    """
    cadence = mentor["cadence"]
    if not cadence or mentor["status"] not in vocabulary.MET_MENTORS:
        return None
    start = date.fromisoformat(counted_from(mentor, last_held))
    overdue_on = _later(start, longest_gap(cadence), blocks).isoformat()
    if planned and (planned <= overdue_on or due_by(planned, today)):
        return None
    return {
        "record": "mentor",
        "id": mentor["id"],
        "name": mentor["name"],
        "nickname": mentor["nickname"],
        "due_on": _later(start, cadence["every_days"], blocks).isoformat(),
        "overdue_on": overdue_on,
        "last_held": last_held,
        "next_planned": planned,
    }


def counted_from(mentor: MentorView, last_held: str | None) -> str:
    """Return the day from which contact with a mentor is counted."""
    return last_held or mentor["started"] or mentor["created"][:10]


def _later(start: date, days: int, blocks: Sequence[BlockView]) -> date:
    """Return the day that is so many days later; blocks make it later still."""
    if not blocks:
        return start + timedelta(days=days)
    from mentorlog.domain.stretch import stretched  # many profiles have no blocks

    return stretched(start, days, blocks)


def longest_gap(cadence: CadenceView) -> int:
    """Return the days after which contact is overdue."""
    return cadence["longest_days"] or cadence["every_days"] * 3 // 2


def contact_state(due_on: str, overdue_on: str, today: date) -> str:
    """Return the words before the day on which contact is due: `overdue since` if the longest gap is past."""
    now = today.isoformat()
    return "overdue since" if overdue_on < now else "due since" if due_on < now else "due"


def due_by(day: str | None, today: date, within: int = RULES.within_days) -> bool:
    """Return whether a day is past or at most `within` days ahead."""
    return bool(day) and str(day) <= (today + timedelta(days=within)).isoformat()


def owed_since(task: TaskView, met: str | None) -> str:
    """Return since when a task is owed: from the day of its meeting, which may be logged later."""
    created = str(task["created"])[:10]
    return min(met or created, created)


def owed_to(task: TaskView, shared: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the mentors to whom I owe a task; `shared` has those of its meeting or goal."""
    direct = [person for person in (task["assigned_by"], task["helps"]) if person and person != vocabulary.ME]
    linked = shared.get(task["meeting"] or "") or shared.get(task["goal"] or "") or ()
    return list(dict.fromkeys(direct or linked))


_NOW = "9999"


def out_since(task: TaskView, until: str = _NOW) -> str | None:
    """Return when the draft was sent that is out now, or was out on a day; None if none was, or the day is unknown."""
    was_open = task["status"] in vocabulary.SENT_TASKS or (task["done_on"] or "") > until
    for one in reversed(task["rounds"]):
        is_out = was_open if one["returned"] is None else one["returned"] > until
        if is_out and one["sent"] <= until:
            return one["sent"]
    return None


def is_out(task: TaskView, until: str = _NOW) -> bool:
    """Return whether a task is with its mentor as a draft now, or was on a day."""
    if until == _NOW and task["status"] not in vocabulary.SENT_TASKS:
        return False
    sent = (one["sent"] <= until for one in task["rounds"])
    return (task["status"] == "submitted" and all(sent)) or out_since(task, until) is not None


def draft_state(people: str, since: str | None, today: date) -> str:
    """Return where a draft is: `with William Osler for 3 weeks`; with nobody known `sent 3 weeks ago`."""
    if not people:
        return f"sent {dates.ago(since, today)}" if since else "sent"
    if not since:
        return f"with {people}"
    ago = dates.ago(since, today)
    return f"with {people} {f'for {dates.span(since, today)}' if ago.endswith(' ago') else f'since {ago}'}"


def turn(task: TaskView) -> str:
    """Return whose turn it is: "me" for a task of mine and a letter to ask for; "them" for a promise or a draft."""
    is_theirs = task["owner"] != vocabulary.ME and not is_unasked(task)
    return "them" if is_theirs or is_out(task) else vocabulary.ME


def is_unasked(task: TaskView) -> bool:
    """Return whether a task is a letter for which its writer was not asked yet."""
    letter = task["letter"]
    return letter is not None and not letter["asked_on"]


def begun_state(task: TaskView) -> str:
    """Return the state of an open task on a screen: empty until it is begun, `not asked yet` for such a letter."""
    return "not asked yet" if is_unasked(task) else "" if task["status"] == "todo" else task["status"]


def late(task: TaskView, today: date) -> bool:
    """Return whether an open task is past its date; a draft that is out is not."""
    is_past = task["due"] is not None and task["due"] < today.isoformat()
    return is_past and task["status"] in vocabulary.OPEN_TASKS and not is_out(task)


def was_open(task: TaskView, until: str) -> bool:
    """Return whether a task was open on a day, as far as is known."""
    done_later = task["status"] == "done" and (task["done_on"] or "") > until
    return done_later or task["status"] in vocabulary.OPEN_TASKS


def was_late(task: TaskView, until: str) -> bool:
    """Return whether a task was past its date on a day, and no draft of it was out."""
    return task["due"] is not None and task["due"] < until and not is_out(task, until)


def owed(tasks: Sequence[FullTask], mentors: Sequence[str] = ()) -> Owed:
    """Split open tasks by whose turn it is; `mentors` limits them to those that concern one of these."""
    asked = [task for task in tasks if not mentors or set(mentors) & set(task["with"])]
    return {
        "i_owe": [task for task in asked if task["turn"] == vocabulary.ME],
        "they_owe": [task for task in asked if task["turn"] != vocabulary.ME],
    }
