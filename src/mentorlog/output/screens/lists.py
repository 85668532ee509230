"""The columns of the lists of records, one function per kind; those of people are in people.py."""

from __future__ import annotations

from mentorlog import dates, vocabulary
from mentorlog.models.views import about, heading
from mentorlog.output.table import ALWAYS, ID, Column
from mentorlog.output.text import spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from mentorlog.models.view_types import FullGoal, NoteView, PaceView, ReviewView, TaskView
    from mentorlog.models.views import View


def goals(today: date) -> list[Column]:
    """Return the columns of a list of goals with their computed fields."""
    return [
        ID,
        Column("title", "title", shrink=True),
        Column("by", "by", say=dates.say, style=_goal_style, keep=ALWAYS, brief=lambda goal: _left(goal, "by", today)),
        Column("done", _done, align="right", keep=6),
        Column("pace", "pace", say=lambda pace: _pace(pace, today), keep=5),
        Column("moved", "last_evidence", say=lambda day: dates.ago(day, today), keep=4),
        Column("state", _goal_state, style=_goal_style, keep=7, brief=_goal_state),
        Column("mentors", lambda goal: ", ".join(share["mentor"] for share in goal["mentors"]), keep=5),
        Column("untold", "untold", say=", ".join, keep=3),
    ]


def _left(view: FullGoal | TaskView, field: str, today: date) -> str:
    """Return how far the day of an open goal or task is: `due in 11 days`, `5 weeks late`; of a closed one the day."""
    day = str(view.get(field))
    if view["status"] not in vocabulary.OPEN_GOALS + vocabulary.OPEN_TASKS:
        return f"{'by' if field == 'by' else 'due'} {dates.say(day)}"
    is_late = view.get("late", day < today.isoformat())
    return f"{dates.span(day, today)} late" if is_late else f"due {dates.ago(day, today)}"


def _near(on: str, today: date) -> str:
    """Return a day and how far it is: `Fri 27 Nov, in 4 days`."""
    return f"{dates.short(on, today)}, {dates.ago(on, today)}"


def _word(field: str) -> Callable[[View], str]:
    """Return a function that says the word of a field, which needs no title."""
    return lambda view: spaced(view[field])


def _done(goal: FullGoal) -> str:
    if goal["target"] is not None:
        from mentorlog.models.counts import standing  # few goals have a target

        return standing(goal, unit=False)
    return "" if goal["percent"] is None else f"{goal['percent']}%"


def _pace(pace: PaceView, today: date) -> str:
    from mentorlog.domain.pace import words  # few goals have a target

    return words(pace, today)


def _goal_state(goal: FullGoal) -> str:
    return "drifting" if goal["drifting"] else "" if goal["status"] == "active" else str(goal["status"])


def _goal_style(goal: FullGoal) -> str:
    return "yellow" if goal["drifting"] else "" if goal["status"] == "active" else "dim"


def meetings(today: date) -> list[Column]:
    """Return the columns of a list of meetings."""
    styles = {"planned": "cyan", "cancelled": "dim", "missed": "yellow"}
    return [
        ID,
        Column("day", "on", say=dates.say, keep=ALWAYS, brief=lambda meeting: _near(meeting["on"], today)),
        Column("at", "at", keep=4),
        Column("with", "mentors", say=", ".join, keep=ALWAYS),
        Column("status", "status", style=lambda one: styles.get(one["status"]), keep=6, brief=_word("status")),
        Column("kind", "kind", style="dim", keep=3, brief=_word("kind")),
        Column("about", about, shrink=True),
    ]


def notes(today: date) -> list[Column]:
    """Return the columns of a list of notes."""
    return [
        ID,
        Column("on", "on", say=dates.say, keep=7, brief=lambda note: _near(note["on"], today)),
        Column("kind", "kind", keep=6, brief=_word("kind")),
        Column(
            "status",
            _note_status,
            keep=5,
            brief=_word("status"),
            style=lambda note: "yellow" if note["status"] == "open" else "dim",
        ),
        Column("with", "mentors", say=", ".join, keep=4),
        Column("to", "to", keep=3),
        Column("text", heading, shrink=True),
    ]


def _note_status(note: NoteView) -> str | None:
    # Only a few kinds can be open; for the others, closed is not worth a word.
    return note["status"] if note["status"] == "open" or note["closed_on"] else None


def tasks(states: Mapping[str, str], today: date) -> list[Column]:
    """Return the columns of a list of tasks; `states` says of drafts that are out where they are, by id."""

    def state(task: TaskView) -> str:
        return states.get(task["id"]) or task["status"]

    return [
        ID,
        Column("title", "title", shrink=True),
        Column(
            "due",
            "due",
            say=dates.say,
            keep=8,
            brief=lambda task: _left(task, "due", today),
            style=lambda task: "red" if task["late"] else None,
        ),
        Column("", "late", say=lambda late: "late", style="red", keep=7, brief=lambda task: ""),
        Column("owner", "owner", keep=4),
        Column("status", state, keep=6, brief=state),
        Column("goal", "goal", style="dim", keep=3),
    ]


def reviews(today: date) -> list[Column]:
    """Return the columns of a list of reviews."""
    return [
        ID,
        Column("on", "on", say=dates.say, keep=ALWAYS, brief=lambda review: _near(review["on"], today)),
        Column("kind", "kind", say=spaced, keep=7, brief=_word("kind")),
        Column("of", lambda review: "" if review["scope"] == "all" else review["scope"], keep=8),
        Column("verdicts", _verdicts, shrink=True),
        Column("next", "next_on", say=dates.say, keep=4),
    ]


def _verdicts(review: ReviewView) -> str:
    verdicts = [entry["verdict"] for entry in review["verdicts"]]
    return ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in dict.fromkeys(verdicts))
