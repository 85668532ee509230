"""Those whom the resident mentors, and what is open with them. Pure."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.domain import loop
from mentorlog.models.views import is_mentee

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from mentorlog.models.view_types import FullMentor, GoalView, MentorView, TaskView
    from mentorlog.models.views import View


def is_mentored(mentor: Mapping[str, Any]) -> bool:
    """Return whether I mentor somebody, who may mentor me too."""
    return mentor["my_role"] in vocabulary.MENTORING


def only_mentored(people: Iterable[MentorView]) -> set[str]:
    """Return the ids of those whom I mentor and who do not mentor me: what they have to do is no promise to me."""
    return {one["id"] for one in people if is_mentee(one)}


def with_open(
    mentees: Sequence[FullMentor], goals: Iterable[GoalView], tasks: Iterable[TaskView], today: date
) -> list[View]:
    """Return mentees with what is `open`: the ids of their goals, of their tasks, and of those tasks that are late."""
    of_goals, of_tasks, late = (dict[str, list[str]]() for _ in range(3))
    for goal in goals:
        of_goals.setdefault(goal["whose"] or "", []).append(goal["id"])
    for task in tasks:
        of_tasks.setdefault(task["owner"], []).append(task["id"])
        if loop.late(task, today):
            late.setdefault(task["owner"], []).append(task["id"])
    found = {"goals": of_goals, "tasks": of_tasks, "late": late}
    return [{**one, "open": {name: ids.get(one["id"], []) for name, ids in found.items()}} for one in mentees]
