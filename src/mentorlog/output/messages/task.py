"""The messages about a changed task: what happened, or that nothing changed."""

from __future__ import annotations

from collections.abc import Mapping

from mentorlog import dates
from mentorlog.models.views import done_by
from mentorlog.output.phrases import day, origin, result, unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, MeetingView, TaskView

_VERBS = {
    **{"start": "Started", "submit": "Submitted", "return": "Recorded the return of", "done": "Finished"},
    **{"drop": "Dropped", "reopen": "Reopened", "defer": "Deferred"},
}


def new(
    task: TaskView, names: Mapping[str, str], goal: GoalView | None, meeting: MeetingView | None, owner: str = ""
) -> str:
    """Return that a task was added, with what was understood; `names` has those of its mentors.

    `owner` is the noun for somebody else who has it: what a mentee has to do is no promise to me.
    """
    details = [done_by(names[task["owner"]], is_mentee=owner == "mentee")] if task["owner"] in names else []
    details += [f"from {names[task['assigned_by']]}"] if task["assigned_by"] in names else []
    details += [f"helping {names[task['helps']]}"] if task["helps"] and task["helps"] in names else []
    details += [*origin(goal, meeting), day(task["due"], "due ")]
    return result(f"Added task {task['id']}", task["title"], details)


def outcome(task: TaskView, command: str, before: str, *, changed: bool) -> str:
    """Return what happened to a task; `before` is its status before the command."""
    if not changed:
        return _unchanged(task, command)
    rounds, details = task["rounds"], []
    if command in ("done", "drop") and task["status"] == before:
        return result(f"Recorded the outcome of task {task['id']}", task["title"])
    match command:
        case "wait":
            return result(f"Marked task {task['id']} as waiting", task["title"])
        case "submit":
            details = [f"round {len(rounds)}" if len(rounds) > 1 else "", dates.say(rounds[-1]["sent"])]
        case "return":
            details = [dates.say(max(entry["returned"] for entry in rounds if entry["returned"]))]
        case "done":
            details = [day(task["done_on"])]
        case "defer":
            last = task["defers"][-1]
            details = [f"{day(last['old'], 'from ')} to {dates.say(last['new'])}".lstrip()]
    return result(f"{_VERBS[command]} task {task['id']}", task["title"], details)


def _unchanged(task: TaskView, command: str) -> str:
    rounds = task["rounds"]
    state = {"start": "is already started", "reopen": "is already open"}.get(command, f"is already {task['status']}")
    match command:
        case "defer":
            state = f"is already due {dates.say(str(task['due']))}"
        case "done":
            state = day(task["done_on"], "was already done on ") or "is already done"
        case "submit":
            state = f"was already submitted on {dates.say(rounds[-1]['sent'])}"
        case "return":
            state = f"was already returned on {dates.say(str(rounds[-1]['returned']))}"
    return unchanged(f"Task {task['id']} {state}")
