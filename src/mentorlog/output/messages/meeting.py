"""The sentences after a change of a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorlog import dates
from mentorlog.models.views import View, joined
from mentorlog.output.phrases import day, ref, when

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import MeetingView, TaskView


def title(view: MeetingView, names: Mapping[str, str]) -> str:
    """Return which meeting is meant: `meeting m4k2p with William Osler`."""
    people = joined([names.get(id, id) for id in view["mentors"]])
    return f"meeting {view['id']}{f' with {people}' if people else ''}"


def planned(meeting: View, names: str, goals: Mapping[str, str]) -> str:
    """Return that a meeting was planned, with whom, when and about which goals."""
    return f"Planned meeting {meeting['id']} with {names} on {when(meeting)}{_about(goals)}."


def moved(title: str, old: MeetingView, new: MeetingView, changed: bool) -> str:
    """Return that a meeting was moved, or is on that day already."""
    if not changed:
        return f"Nothing to move: {title} is on {when(new)} already."
    return f"Moved {title} from {when(old)} to {when(new)}."


def called_off(title: str, meeting: MeetingView, changed: bool) -> str:
    """Return that a meeting was cancelled or missed, or was so already."""
    if not changed:
        return f"Nothing to do: {title} is {meeting['status']} already."
    if meeting["status"] == "missed":
        return f"Noted {title} as missed."
    return f"Cancelled {title}{', called off by them' if meeting['cancelled_by'] == 'them' else ''}."


def _about(goals: Mapping[str, str]) -> str:
    return f", about goal {joined([ref(id, title) for id, title in goals.items()])}" if goals else ""


def logged(
    meeting: MeetingView,
    plan: MeetingView | None,
    following: MeetingView | None,
    names: Mapping[str, str],
    goals: Mapping[str, str],
) -> list[str]:
    """Say what was logged, which plan it completes, and when the next meeting is."""
    planned = ", as planned" if plan else ""
    if plan and plan["on"] != meeting["on"]:
        planned = f"; it was planned for {when(plan)} (--new logs a meeting of its own)"
    lines = [f"Logged {title(meeting, names)} on {dates.say(meeting['on'])}{_about(goals)}{planned}."]
    return [*lines, f"Planned the next one, meeting {following['id']}, on {when(following)}."] if following else lines


def added(tasks: Sequence[TaskView], names: Mapping[str, str]) -> list[str]:
    """Say which tasks action lines became."""
    lines = []
    for task in tasks:
        parts = [f"Added task {task['id']} for {names.get(task['owner'], task['owner'])}: {task['title']}"]
        parts += [f"for goal {ref(task['goal'], names.get(task['goal'], ''))}"] if task["goal"] else []
        parts += [day(task["due"], "due "), "done already" if task["done_on"] else ""]
        lines.append(", ".join(filter(None, parts)))
    return lines
