"""What a meeting's recap says to those who were there: decisions, tasks and the next meeting. Pure."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from mentorlog.models.view_types import MeetingView, TaskView
    from mentorlog.models.views import View


class Recap(Value):
    """The parts of a recap, each of which all mentors at the meeting may see."""

    meeting: MeetingView
    decisions: Sequence[str]
    mine: Sequence[TaskView]
    theirs: Sequence[TaskView]
    next: MeetingView | None
    left_out: Sequence[str]
    """The ids of tasks from the meeting that one of the mentors may not see."""

    @property
    def texts(self) -> Iterator[tuple[str, str, str]]:
        """The texts of records in it, each with the id of its record and the field."""
        yield from ((self.meeting["id"], "decisions", text) for text in self.decisions)
        yield from ((task["id"], "title", task["title"]) for task in (*self.mine, *self.theirs))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.decisions or self.mine or self.theirs or self.next)


def shared(selections: Sequence[Iterable[View]]) -> dict[str, View]:
    """Return the records that are in every selection, by id."""
    first, *others = ({view["id"]: view for view in views} for views in selections)
    return {id: view for id, view in first.items() if all(id in other for other in others)}


def gather(meeting: MeetingView, seen: Mapping[str, View], every: Iterable[View], today: date) -> Recap:
    """Return the recap of a meeting, of the records that all its mentors may see; `every` are those of the journal."""
    people = set(meeting["mentors"])
    tasks: list[TaskView] = []
    left_out: list[str] = []
    for view in every:
        if view["record"] == "task" and view["meeting"] == meeting["id"] and view["status"] != "dropped":
            is_for_all = view["id"] in seen and view["owner"] in (vocabulary.ME, *people)
            tasks += [seen[view["id"]]] if is_for_all else []
            left_out += [] if is_for_all else [view["id"]]
    tasks.sort(key=lambda task: (task["due"] or "9999", task["id"]))
    after = (meeting["on"], meeting["at"] or "")
    planned = [
        view
        for view in seen.values()
        if view["record"] == "meeting"
        and view["status"] == "planned"
        and people <= set(view["mentors"])
        and view["on"] >= today.isoformat()
        and (view["on"], view["at"] or "") > after
    ]
    return Recap(
        meeting,
        [line for text in meeting["decisions"] if (line := " ".join(text.split()))],
        [task for task in tasks if task["owner"] == vocabulary.ME],
        [task for task in tasks if task["owner"] != vocabulary.ME],
        min(planned, key=lambda view: (view["on"], view["at"] or "", view["id"]), default=None),
        left_out,
    )
