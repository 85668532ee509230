"""The fields of records that are computed, not stored; one function per kind.

Every view in a JSON document has those of its kind; a screen computes only what it shows.
"""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.domain import loop
from mentorlog.domain.query import Query
from mentorlog.models.views import percentage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from typing import Any

    from mentorlog.domain.ports import Questions
    from mentorlog.models.view_types import (
        BlockView,
        FullGoal,
        FullMentor,
        FullTask,
        GoalView,
        MentorView,
        MovingGoal,
        PaceView,
        TaskView,
    )
    from mentorlog.models.views import View

FIELDS = {
    "mentor": ("last_held", "next_planned", "due_on", "overdue_on"),
    "goal": ("percent", "count", "pace", "last_evidence", "drifting", "untold"),
    "task": ("late", "sent_on", "since_on", "with", "turn"),
}

ADDED = ("linked", "new_goal", "new_tasks", "next_meeting", "open", "referral", "updated")
"""The other keys that commands add to a record: linked records, or those made by the same change."""


def mentors(views: Sequence[MentorView], ask: Questions, today: date) -> list[FullMentor]:
    """Return mentors with the days of meetings, and when contact is due and overdue."""
    days = ask.meeting_days([view["id"] for view in views], today)
    blocks = ask.blocks()
    full: list[FullMentor] = []
    for view in views:
        held, planned = days.get(view["id"], (None, None))
        due = loop.contact(view, held, planned, today, blocks)
        due_on, overdue_on = (due["due_on"], due["overdue_on"]) if due else (None, None)
        full.append({**view, "last_held": held, "next_planned": planned, "due_on": due_on, "overdue_on": overdue_on})
    return full


def moving(
    views: Sequence[GoalView],
    ask: Questions,
    today: date,
    rules: loop.Rules = loop.RULES,
    blocks: Sequence[BlockView] | None = None,
) -> list[MovingGoal]:
    """Return goals with their last evidence and whether they are drifting; `blocks` are those of the profile."""
    blocks = ask.blocks() if blocks is None else blocks
    evidence = ask.last_evidence([view["id"] for view in views], today) if views else {}
    lasts = ((view, evidence.get(view["id"])) for view in views)
    return [
        {**view, "last_evidence": last, "drifting": loop.drifting(view, last, today, rules, blocks)}
        for view, last in lasts
    ]


def goals(views: Sequence[GoalView], ask: Questions, today: date, rules: loop.Rules = loop.RULES) -> list[FullGoal]:
    """Return goals with how far they are, the pace they need, their last evidence, and the mentors not told yet."""
    if not views:
        return []
    past = {mentor["id"] for mentor in ask.find(Query("mentor", statuses=vocabulary.PAST_MENTORS))}
    full: list[FullGoal] = []
    for view, moved in zip(views, moving(views, ask, today, rules), strict=True):
        untold = [one["mentor"] for one in view["mentors"] if not (one["told_on"] or one["mentor"] in past)]
        far = (percentage(view), None, None) if view["target"] is None else _towards_target(view, today)
        percent, count, pace = far
        full.append(
            {
                **view,
                "percent": percent,
                "count": count,
                "pace": pace,
                "last_evidence": moved["last_evidence"],
                "drifting": moved["drifting"],
                "untold": untold,
            }
        )
    return full


def _towards_target(view: GoalView, today: date) -> tuple[int | None, float | None, PaceView | None]:
    """Return the percentage, the count and the pace of a goal with a target."""
    from mentorlog.domain import pace  # few goals have a target
    from mentorlog.models.counts import amount, percent

    return percent(view), amount(view), pace.needed(view, today)


def tasks(views: Sequence[TaskView], ask: Questions, today: date) -> list[FullTask]:
    """Return tasks with whose turn it is, whether they are late, when a draft was sent, and who owes since when."""
    ids = sorted({id for view in views for id in (view["goal"], view["meeting"]) if id})
    linked = ask.days_and_mentors(ids) if ids else {}
    shared = {id: mentors for id, (_, mentors) in linked.items()}
    full: list[FullTask] = []
    for view in views:
        met = linked.get(view["meeting"] or "", (None, ()))[0]
        people = loop.owed_to(view, shared) if view["owner"] == vocabulary.ME else [view["owner"]]
        full.append(
            {
                **view,
                "late": loop.late(view, today),
                "sent_on": loop.out_since(view),
                "since_on": loop.owed_since(view, met),
                "with": people,
                "turn": loop.turn(view),
            }
        )
    return full


def complete(data: Any, ask: Callable[[], Questions], today: date, rules: Callable[[], loop.Rules]) -> Any:
    """Add the computed fields to every view in the data of a document; return the data."""

    def goals_by_rules(views: Sequence[GoalView], ask: Questions, today: date) -> Sequence[FullGoal]:
        return goals(views, ask, today, rules())

    compute: dict[str, Callable[..., Sequence[View]]] = {"mentor": mentors, "goal": goals_by_rules, "task": tasks}
    incomplete: dict[str, list[View]] = {}
    for view in _views(data):
        incomplete.setdefault(view["record"], []).append(view)
    for kind, views in incomplete.items():
        for view in views:
            for field in FIELDS[kind]:  # replace a key of the user or of a screen
                view.pop(field, None)
        for view, full in zip(views, compute[kind](views, ask(), today), strict=True):
            view.update(full)
    return data


def _views(data: Any) -> Iterator[View]:
    # Within a view, look only at what a command adds: a key of the user may hold anything.
    inner = data if isinstance(data, (list, tuple)) else ()
    if isinstance(data, dict):
        is_record = "record" in data and "created" in data
        fields = FIELDS.get(data["record"], ()) if is_record else ()
        if not all(field in data for field in fields):
            yield data
        inner = [data[key] for key in ADDED if key in data] if is_record else list(data.values())
    for value in inner:
        yield from _views(value)
