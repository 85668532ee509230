"""What matters now: whom to talk to, what is owed, drifting and due, when to review."""

from __future__ import annotations

from mentorlog import dates, vocabulary
from mentorlog.domain import computed, loop
from mentorlog.domain.query import Query
from mentorlog.domain.reviewing import due as next_review
from mentorlog.models.views import called, joined
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from typing import TypedDict

    from mentorlog.domain.loop import Contact, Rules
    from mentorlog.domain.ports import Questions
    from mentorlog.models.view_types import FullGoal, FullTask, MeetingView, TaskView

    class Overview(TypedDict):
        """The facts behind `status` and `due`; `names` has those of all mentors in it."""

        today: str
        passed: list[MeetingView]
        planned: list[MeetingView]
        contacts: list[Contact]
        mine: list[FullTask]
        theirs: list[FullTask]
        drifting: list[FullGoal]
        review_on: str | None
        review_command: str | None
        names: dict[str, str]

    class Status(Overview):
        """The same with the counts of the journal: the data of `status`."""

        counts: dict[str, int]
        unreadable_count: int
        review_begun: bool
        unsaved_texts: list[dict[str, str | None]]


def overview(ask: Questions, rules: Rules, now: datetime) -> Overview:
    """Return what matters now. A planned meeting has passed after its time, or after its day if it has no time."""
    today, moment = now.date(), f"{now:%Y-%m-%d %H:%M}"
    tasks = computed.tasks(ask.find(Query("task", statuses=vocabulary.OPEN_TASKS)), ask, today)
    planned = ask.find(Query("meeting", statuses=("planned",)))[::-1]
    review = next_review.due(ask.find(Query("review")), ask.first_day(), rules)
    goals = computed.goals(ask.find(Query("goal", statuses=("active",))), ask, today, rules)
    people = {mentor for meeting in planned for mentor in meeting["mentors"]}
    people |= {task[key] for task in tasks for key in ("owner", "assigned_by")}
    return {
        "today": today.isoformat(),
        "passed": [meeting for meeting in planned if _starts(meeting) < moment],
        "planned": [meeting for meeting in planned if _starts(meeting) >= moment],
        "contacts": contacts(ask, today),
        "mine": [task for task in tasks if task["owner"] == vocabulary.ME],
        "theirs": [task for task in tasks if task["owner"] != vocabulary.ME],
        "drifting": [goal for goal in goals if goal["drifting"]],
        "review_on": review.on if review else None,
        "review_command": review.command if review else None,
        "names": ask.titles(sorted(people - {vocabulary.ME})),
    }


def _starts(meeting: MeetingView) -> str:
    """Return the start of a meeting as text that sorts; one without a time passes at the end of its day."""
    return f"{meeting['on']} {meeting['at'] or '24:00'}"


def contacts(ask: Questions, today: date) -> list[Contact]:
    """Return when to meet each mentor with a cadence, the earliest first."""
    mentors = [view for view in ask.find(Query("mentor", statuses=vocabulary.MET_MENTORS)) if view["cadence"]]
    days = ask.meeting_days([view["id"] for view in mentors], today)
    dated = (loop.contact(view, *days.get(view["id"], (None, None))) for view in mentors)
    return sorted(filter(None, dated), key=lambda one: (one["due_on"], one["id"]))


# What is due


class DueItem(Value):
    """One due item: the reason, the day, and the record concerned."""

    reason: str
    due_on: str
    record: str
    id: str | None
    text: str


def due_items(overview: Overview, today: date, within: int) -> list[DueItem]:
    """Return what is due at most `within` days ahead, the earliest first."""
    names = overview["names"]
    items = []
    for reason, tasks in (("my task", overview["mine"]), ("their task", overview["theirs"])):
        items += [DueItem(reason, task["due"] or "", "task", task["id"], _task(task, names)) for task in tasks]
    for one in overview["contacts"]:
        met = f"last met {dates.say(one['last_held'])}" if one["last_held"] else "not met yet"
        items.append(DueItem("contact", one["due_on"], "mentor", one["id"], f"Talk to {called(one)}, {met}"))
    for meeting in overview["passed"]:
        people = joined([names.get(id, id) for id in meeting["mentors"]])
        text = f"Did you meet {people}?" if people else "Did you meet?"
        items.append(DueItem("meeting passed", meeting["on"], "meeting", meeting["id"], text))
    if overview["review_on"]:
        text = f"Hold a review: {overview['review_command']}"
        items.append(DueItem("review", overview["review_on"], "review", None, text))
    due = (item for item in items if loop.due_by(item.due_on, today, within))
    return sorted(due, key=lambda item: (item.due_on, item.reason, str(item.id)))


def _task(task: TaskView, names: Mapping[str, str]) -> str:
    if task["owner"] != vocabulary.ME:
        return f"{task['title']}, from {names.get(task['owner'], task['owner'])}"
    giver, sent = task["assigned_by"], loop.out_since(task)
    whom = "" if giver == vocabulary.ME else f", for {names.get(giver, giver)}"
    return f"{task['title']}{whom}{f', sent {dates.say(sent)}' if sent else ''}"
