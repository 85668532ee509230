"""The sentences after a change of a task: what happened, or that it was so already."""

from __future__ import annotations

from collections.abc import Mapping

from mentorlog import dates
from mentorlog.output.phrases import day, origin, sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, MeetingView, TaskView

_VERBS = {
    **{"start": "Started", "submit": "Submitted", "return": "Got back", "done": "Finished", "drop": "Dropped"},
    **{"reopen": "Reopened", "defer": "Deferred"},
}


def new(task: TaskView, names: Mapping[str, str], goal: GoalView | None, meeting: MeetingView | None) -> str:
    """Return that a task was added, with what was understood; `names` are its mentors'."""
    details = [f"promised by {names[task['owner']]}"] if task["owner"] in names else []
    details += [f"from {names[task['assigned_by']]}"] if task["assigned_by"] in names else []
    details += [f"helping {names[task['helps']]}"] if task["helps"] and task["helps"] in names else []
    details += [*origin(goal, meeting), day(task["due"], "due ")]
    return sentence(f"Added task {task['id']}: {task['title']}", details)


def outcome(task: TaskView, command: str, before: str, *, changed: bool) -> str:
    """Return what became of a task, whose status was another one or the same before the command."""
    if not changed:
        return _unchanged(task, command)
    rounds, details = task["rounds"], []
    if command in ("done", "drop") and task["status"] == before:
        done = day(task["done_on"], " on ")
        return sentence(f"Added what came of task {task['id']}, {task['status']}{done} already: {task['title']}")
    match command:
        case "wait":
            return sentence(f"Task {task['id']} waits: {task['title']}")
        case "submit":
            details = [f"round {len(rounds)}" if len(rounds) > 1 else "", f"on {dates.say(rounds[-1]['sent'])}"]
        case "return":
            details = [f"on {dates.say(max(entry['returned'] for entry in rounds if entry['returned']))}"]
        case "done":
            details = [day(task["done_on"], "on ")]
        case "defer":
            last = task["defers"][-1]
            details = [f"{day(last['old'], 'from ')} to {dates.say(last['new'])}".lstrip()]
    return sentence(f"{_VERBS[command]} task {task['id']}: {task['title']}", details)


def _unchanged(task: TaskView, command: str) -> str:
    rounds = task["rounds"]
    state = {"start": "is under way", "reopen": "is open"}.get(command, f"is {task['status']}")
    match command:
        case "defer":
            state = f"is due on {dates.say(str(task['due']))}"
        case "done":
            state = day(task["done_on"], "was done on ") or "is done"
        case "submit":
            state = f"was submitted on {dates.say(rounds[-1]['sent'])}"
        case "return":
            state = f"came back on {dates.say(str(rounds[-1]['returned']))}"
    return sentence(f"Task {task['id']} {state} already: {task['title']}")
