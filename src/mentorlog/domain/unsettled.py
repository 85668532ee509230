"""What a meeting may have settled: what was prepared for it with each of its mentors and is still open. Pure."""

from __future__ import annotations

from mentorlog.models.views import is_mentee

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, TypedDict

    from mentorlog.domain.preparing import Change, PrepSheet
    from mentorlog.models.view_types import FullTask, MeetingView, NoteView

    class ToTell(TypedDict):
        """A goal that its mentors do not know, or not as it is now, or a change: whom to tell, and what changed."""

        record: str
        id: str
        title: str
        to: list[str]
        changes: list[Change]

    class Point(TypedDict):
        """A point of the agenda that is not done, with its number on the agenda."""

        number: int
        text: str
        goal: str | None

    class Unsettled(TypedDict):
        """What to go through after a meeting: the data of `meeting after` without options.

        `mentoring` is whether all who were there are mentees of mine.
        """

        meeting: MeetingView | None
        mentoring: bool
        questions: list[NoteView]
        to_tell: list[ToTell]
        promises: list[FullTask]
        assignments: list[FullTask]
        agenda: list[Point]


_NEVER = "9999"
ALL = "all"
"""The word for all that is open of one kind."""
LISTS = ("questions", "to_tell", "promises", "assignments", "agenda")


def gather(meeting: MeetingView | None, on: str, agenda: Sequence[Any], sheets: Sequence[PrepSheet]) -> Unsettled:
    """Return what is open after a meeting on a day, of the preparation for each of its mentors.

    What came up only after the meeting is left out, and so is what was agreed at it.
    """
    id = meeting["id"] if meeting else ""
    tasks = [task for sheet in sheets for task in (*sheet["assignments"], *sheet["promises"], *sheet["drafts"])]
    there = [task for task in _once(tasks) if _was_open(task, on) and not (id and task["meeting"] == id)]
    mine = {task["id"] for sheet in sheets for task in sheet["assignments"]}
    return {
        "meeting": meeting,
        "mentoring": bool(sheets) and all(is_mentee(sheet["mentor"]) for sheet in sheets),
        "questions": [one for one in _once([one for sheet in sheets for one in sheet["questions"]]) if one["on"] <= on],
        "to_tell": list(_to_tell(on, sheets)),
        "promises": [task for task in there if task["id"] not in mine and (task["sent_on"] or on) <= on],
        "assignments": [task for task in there if task["id"] in mine],
        "agenda": [
            {"number": number, "text": item["text"], "goal": item["goal"]}
            for number, item in enumerate(agenda, 1)
            if not item["done"]
        ],
    }


def count(sheet: Mapping[str, Any]) -> int:
    """Return how many things are open."""
    return sum(len(sheet[name]) for name in LISTS)


def _was_open(task: FullTask, on: str) -> bool:
    """Return whether a task was owed on a day; a letter is from the day on which I asked for it."""
    letter: Any = task["letter"]
    return task["since_on"] <= on and (not letter or (letter["asked_on"] or _NEVER) <= on)


def _once(records: Sequence[Any]) -> list[Any]:
    return list({record["id"]: record for record in records}.values())


def _to_tell(on: str, sheets: Sequence[PrepSheet]) -> Iterator[ToTell]:
    """Yield the goals and changes that somebody was not told about."""
    found: dict[str, ToTell] = {}

    def add(record: Any, mentor: str, change: Change | None = None) -> None:
        title = record.get("title") or ""
        one = found.setdefault(
            record["id"], {"record": record["record"], "id": record["id"], "title": title, "to": [], "changes": []}
        )
        if mentor not in one["to"]:
            one["to"].append(mentor)
        if change and change not in one["changes"]:
            one["changes"].append(change)

    for sheet in sheets:
        mentor = sheet["mentor"]["id"]
        for goal in sheet["goals_untold"]:
            if str(goal["created"])[:10] <= on:
                add(goal, mentor)
        for change in sheet["changes"]:
            if change["on"] <= on:
                add(change, mentor, change)
    return iter(found.values())
