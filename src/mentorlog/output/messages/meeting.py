"""The messages about a changed meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from mentorlog import dates
from mentorlog.models.views import View, called, done_by, joined
from mentorlog.output.phrases import day, ref, result, unchanged, when

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from mentorlog.models.view_types import FullMentor, MeetingView, TaskView


def title(view: MeetingView, names: Mapping[str, str]) -> str:
    """Return the name of a meeting: `meeting m4k2p with William Osler`."""
    people = joined([names.get(id, id) for id in view["mentors"]])
    return f"meeting {view['id']}{f' with {people}' if people else ''}"


def _begins(title: str) -> str:
    """Return the name of a meeting as the beginning of a sentence."""
    return f"Meeting {title.removeprefix('meeting ')}"


def already_planned(meeting: MeetingView, names: Mapping[str, str]) -> str:
    """Return that the same meeting is already planned."""
    return f"{_begins(title(meeting, names))} is already planned for {when(meeting)}."


def planned(meeting: View, names: str, goals: Mapping[str, str]) -> str:
    """Return that a meeting was planned: with whom, when, and about which goals."""
    return result(f"Planned meeting {meeting['id']} with {names}", details=[when(meeting), _about(goals)])


def after_longest_gap(mentor: FullMentor, today: date) -> str:
    """Return that contact stays due although a meeting is planned, as it is after the longest gap."""
    due_on, overdue_on = str(mentor["due_on"]), str(mentor["overdue_on"])
    ends = "ends" if overdue_on >= today.isoformat() else "ended"
    return (
        f"The next meeting with {called(mentor)} is after the longest gap, which {ends} on {dates.say(overdue_on)};"
        f" contact stays due on {dates.say(due_on)}."
    )


def moved(title: str, old: MeetingView, new: MeetingView, changed: bool) -> str:
    """Return that a meeting was moved, or is already on that day."""
    if not changed:
        return unchanged(f"{_begins(title)} is already on {when(new)}")
    return result(f"Moved {title} to {when(new)}", details=[f"was {when(old)}"])


def called_off(title: str, meeting: MeetingView, changed: bool) -> str:
    """Return that a meeting was cancelled or missed, or already was."""
    if not changed:
        return unchanged(f"{_begins(title)} is already {meeting['status']}")
    if meeting["status"] == "missed":
        return f"Marked {title} as missed"
    return result(f"Cancelled {title}", details=["by them" if meeting["cancelled_by"] == "them" else ""])


def _about(goals: Mapping[str, str]) -> str:
    return f"about goal {joined([ref(id, title) for id, title in goals.items()])}" if goals else ""


def logged(
    meeting: MeetingView,
    plan: MeetingView | None,
    following: MeetingView | None,
    names: Mapping[str, str],
    goals: Mapping[str, str],
    today: date,
    was_planned: bool = False,
) -> list[str]:
    """Return what was logged, which planned meeting it completes, and when the next one is, or was to be.

    `was_planned` says that the next one had been planned before.
    """
    details = [dates.say(meeting["on"]), _about(goals)]
    if plan:
        details.append("as planned" if plan["on"] == meeting["on"] else f"was planned for {when(plan)}")
    lines = [result(f"Logged {title(meeting, names)}", details=details)]
    if plan and plan["on"] != meeting["on"]:
        lines.append("To log a separate meeting instead, undo this and use --new.")
    if following:
        passed = dates.ago(following["on"], today) if following["on"] < today.isoformat() else ""
        next_one = f"next meeting {following['id']}"
        said = f"The {next_one} is already planned" if was_planned else f"Planned {next_one}"
        lines.append(result(said, details=[when(following), passed]))
    return lines


def recap_sent(title: str, meeting: MeetingView, changed: bool) -> str:
    """Return that the recap of a meeting was sent, or already had been."""
    if not changed:
        return unchanged(f"The recap of {title} was already sent on {day(meeting['recap_on'])}")
    return result(f"Recorded that the recap of {title} was sent", details=[day(meeting["recap_on"])])


def recap_notes(meeting: MeetingView, left_out: Sequence[str]) -> list[str]:
    """Return which tasks a recap leaves out, and how to record that it was sent."""
    notes = [f"Left out, as not every reader may see it: task {id}" for id in left_out]
    if not meeting["recap_on"]:
        notes.append(f"When you have sent it: mentorlog meeting recap {meeting['id']} --sent")
    return notes


def added(tasks: Sequence[TaskView], names: Mapping[str, str], mentees: Collection[str] = ()) -> list[str]:
    """Return a line for each task that was made from an action item; what a mentee has to do is no promise."""
    lines = []
    for task in tasks:
        owner = names.get(task["owner"])
        details = [done_by(owner, is_mentee=task["owner"] in mentees)] if owner else []
        details += [f"for goal {ref(task['goal'], names.get(task['goal'], ''))}"] if task["goal"] else []
        details += [day(task["due"], "due "), "already done" if task["done_on"] else ""]
        lines.append(result(f"Added task {task['id']}", task["title"], details))
    return lines
