"""My open tasks by mentor and by the week in which they are due. Pure; today is an argument."""

from __future__ import annotations

from datetime import date, timedelta

from mentorlog import dates
from mentorlog.domain import loop
from mentorlog.domain.training import blocks_within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypedDict

    from mentorlog.domain.training import Rotation
    from mentorlog.models.view_types import BlockView, FullTask

    class Week(TypedDict):
        """The first and the last day of a week."""

        first: str
        last: str

    class PersonLoad(TypedDict):
        """The ids of my open tasks for one mentor, by when they are due; without a mentor those for myself."""

        mentor: str | None
        name: str | None
        late: list[str]
        weeks: list[list[str]]
        later: list[str]
        undated: list[str]

    class Load(TypedDict):
        """My open tasks, by mentor and week."""

        weeks: list[Week]
        blocks: list[Rotation]
        people: list[PersonLoad]
        tasks: list[FullTask]


_MYSELF: Sequence[str | None] = (None,)
WEEKS = 4
"""How many weeks are counted one by one, this week first."""


def load(
    tasks: Sequence[FullTask],
    names: Mapping[str, str],
    today: date,
    mentors: Sequence[str] = (),
    blocks: Sequence[BlockView] = (),
    first_weekday: int = 0,
) -> Load:
    """Count what is on my side of open tasks, beside the blocks of the profile; `mentors` limits it to some.

    A task that concerns several mentors counts for each of them.
    """
    mine = loop.owed(tasks, mentors)["i_owe"]
    this_week = dates.start_of_week(today, first_weekday)
    starts = [this_week + timedelta(weeks=number) for number in range(WEEKS)]
    weeks: list[Week] = [
        {"first": start.isoformat(), "last": (start + timedelta(days=6)).isoformat()} for start in starts
    ]
    people: dict[str | None, PersonLoad] = {}
    for task in mine:
        for person in task["with"] or _MYSELF:
            if not mentors or person in mentors:
                of_person = people.setdefault(person, _nothing(person, names))
                _place(task, of_person, weeks).append(task["id"])
    order = sorted(people.values(), key=lambda one: (one["mentor"] is None, (one["name"] or "").casefold()))
    rotations = blocks_within(blocks, today.isoformat(), weeks[-1]["last"])
    return {"weeks": weeks, "blocks": rotations, "people": order, "tasks": mine}


def _nothing(mentor: str | None, names: Mapping[str, str]) -> PersonLoad:
    return {
        "mentor": mentor,
        "name": None if mentor is None else names.get(mentor, f"{mentor} (deleted)"),
        "late": [],
        "weeks": [[] for _ in range(WEEKS)],
        "later": [],
        "undated": [],
    }


def _place(task: FullTask, person: PersonLoad, weeks: Sequence[Week]) -> list[str]:
    """Return the list in which a task counts."""
    due = task["due"]
    if due is None:
        return person["undated"]
    if task["late"]:
        return person["late"]
    return next((ids for ids, week in zip(person["weeks"], weeks, strict=True) if due <= week["last"]), person["later"])
