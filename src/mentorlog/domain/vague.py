"""What a goal does not say yet: facts, so that it can be completed, never a verdict. Pure."""

from __future__ import annotations

from mentorlog.domain.phases import is_measured

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypedDict

    from mentorlog.models.view_types import GoalView, TaskView

    class Check(TypedDict):
        """A goal, what is missing of it (see `WORDS`), and the id of its next task or part."""

        id: str
        title: str
        missing: list[str]
        next: str | None


WORDS = {
    "why": "no reason",
    "measure": "no measure",
    "by": "no date",
    "told": "no mentor told",
    "task": "no next task",
}
"""What can be missing of a goal, and the words for it; a field, or what other records say."""


def check(goal: GoalView, steps: Mapping[str, GoalView | TaskView]) -> Check:
    """Return what is missing of a goal; `steps` has the next one of each goal, by its id."""
    step = steps.get(goal["id"])
    known = {
        "why": goal["why"],
        "measure": is_measured(goal),
        "by": goal["by"],
        "told": any(share["told_on"] for share in goal["mentors"]),
        "task": step,
    }
    missing = [name for name, is_known in known.items() if not is_known]
    return {"id": goal["id"], "title": goal["title"], "missing": missing, "next": step["id"] if step else None}


def next_steps(tasks: Sequence[TaskView], goals: Sequence[GoalView]) -> dict[str, GoalView | TaskView]:
    """Return the next step of each goal that has one: its first open task, else an open goal that is a part of it."""
    steps: dict[str, GoalView | TaskView] = {}
    for task in tasks:
        steps.setdefault(str(task["goal"]), task)
    for goal in goals:
        steps.setdefault(str(goal["parent"]), goal)
    return steps
