"""What is said of meetings: when and with whom, what logging one did, and how a list shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorlog import dates
from mentorlog.models.views import View, about
from mentorlog.output.table import ALWAYS, ID, Column


def when(view: View) -> str:
    """Return when a meeting is: `Fri 27 Nov 2026 at 14:00`."""
    return f"{dates.say(view['on'])}{' at ' + view['at'] if view['at'] else ''}"


def joined(names: Sequence[str]) -> str:
    """Return names as people list them: `Osler, Curie and Blackwell`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def title(view: View, names: Mapping[str, str]) -> str:
    """Return which meeting is meant: `meeting m4k2p with William Osler`."""
    people = joined([names.get(id, id) for id in view["mentors"]])
    return f"meeting {view['id']}{f' with {people}' if people else ''}"


def about_goals(goals: Mapping[str, str]) -> str:
    """Return the goals, by id, that a meeting is said to be about, as they were found."""
    return f", about goal {joined([_record(id, title) for id, title in goals.items()])}" if goals else ""


def logged(
    meeting: View, plan: View | None, following: View | None, names: Mapping[str, str], goals: Mapping[str, str]
) -> list[str]:
    """Say what was logged, which plan it completes, and when the next meeting is."""
    planned = ", as planned" if plan else ""
    if plan and plan["on"] != meeting["on"]:
        planned = f"; it was planned for {when(plan)} (--new logs a meeting of its own)"
    said = [f"Logged {title(meeting, names)} on {dates.say(meeting['on'])}{about_goals(goals)}{planned}."]
    return [*said, f"Planned the next one, meeting {following['id']}, on {when(following)}."] if following else said


def added(tasks: Sequence[View], names: Mapping[str, str]) -> list[str]:
    """Say which tasks action lines became."""
    return [_task(task, names) for task in tasks]


def _task(task: View, names: Mapping[str, str]) -> str:
    owner = names.get(task["owner"], task["owner"])
    goal = f", for goal {_record(task['goal'], names.get(task['goal'], ''))}" if task["goal"] else ""
    due = f", due {dates.say(task['due'])}" if task["due"] else ""
    return (
        f"Added task {task['id']} for {owner}: {task['title']}{goal}{due}{', done already' if task['done_on'] else ''}"
    )


def _record(id: str, title: str) -> str:
    from mentorlog.output.messages.task import record  # a list does without

    return record(id, title)


_INK = {"planned": "cyan", "cancelled": "dim", "missed": "yellow"}
COLUMNS = (
    ID,
    Column("day", lambda view: dates.say(view["on"]), keep=ALWAYS),
    Column("at", "at", keep=4),
    Column("with", lambda view: ", ".join(view["mentors"]), keep=ALWAYS),
    Column("status", "status", style=lambda view: _INK.get(view["status"]), keep=6),
    Column("kind", "kind", style="dim", keep=3),
    Column("about", about, shrink=True),
)
"""How a list shows meetings."""
