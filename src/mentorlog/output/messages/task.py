"""The sentences after a change of a task: what happened, or that it was so already."""

from __future__ import annotations

from mentorlog import dates
from mentorlog.models.views import View
from mentorlog.output.phrases import sentence


def changed(task: View, command: str) -> str:
    """Return what a command has made of a task."""
    named = f"task {task['id']}"
    rounds, details = task["rounds"], []
    match command:
        case "wait":
            return sentence(f"Task {task['id']} waits: {task['title']}")
        case "submit":
            details = [*([f"round {len(rounds)}"] if len(rounds) > 1 else []), f"on {dates.say(rounds[-1]['sent'])}"]
        case "return":
            details = [f"on {dates.say(max(entry['returned'] for entry in rounds if entry['returned']))}"]
        case "done":
            details = [f"on {dates.say(task['done_on'])}"] if task["done_on"] else []
        case "defer":
            last = task["defers"][-1]
            old = f"from {dates.say(last['old'])} " if last["old"] else ""
            details = [f"{old}to {dates.say(last['new'])}"]
    return sentence(f"{_VERBS[command]} {named}: {task['title']}", details)


def added(task: View) -> str:
    """Return that more was said of what came of a task, which was closed before."""
    day = f" on {dates.say(task['done_on'])}" if task["done_on"] else ""
    return sentence(f"Added what came of task {task['id']}, {task['status']}{day} already: {task['title']}")


def unchanged(task: View, command: str) -> str:
    """Return that a task is already what the command would make of it."""
    rounds, state = task["rounds"], f"is {task['status']}"
    match command:
        case "start":
            state = "is under way"
        case "reopen":
            state = "is open"
        case "defer":
            state = f"is due on {dates.say(task['due'])}"
        case "done":
            state = f"was done on {dates.say(task['done_on'])}" if task["done_on"] else "is done"
        case "submit":
            state = f"was submitted on {dates.say(rounds[-1]['sent'])}"
        case "return":
            state = f"came back on {dates.say(rounds[-1]['returned'])}"
    return sentence(f"Task {task['id']} {state} already: {task['title']}")


_VERBS = {
    "start": "Started",
    "submit": "Submitted",
    "return": "Got back",
    "done": "Finished",
    "drop": "Dropped",
    "reopen": "Reopened",
    "defer": "Deferred",
}
