"""What is said of a change to a task or a note, in whole sentences: what happened, or that it was so already."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog import dates
from mentorlog.models.views import View, heading
from mentorlog.output.text import fit, safe

_MANY = 5
_ECHO = 72
"""So much of a long text is repeated; it is kept whole."""


def sentence(text: str, words: Sequence[str] = ()) -> str:
    """Return the text and what is said besides, with a period; a title that ends in a sign of its own keeps that."""
    whole = ", ".join([text, *words])
    return whole if whole.endswith((".", "?", "!", "…")) else f"{whole}."


def echo(text: str) -> str:
    """Return so much of a text, in one line, that it is recognised."""
    return fit(safe(text), _ECHO)


def named(view: View) -> str:
    """Return which record is meant: `goal g7k3q: Submit case report`; the profile is `your profile`."""
    if view["record"] == "profile":
        return "your profile"
    return f"{view['record']} {view['id']}: {title(view)}"


def title(view: View) -> str:
    """Return the heading of a record in one line; of a file that cannot be read its path."""
    return echo(view["path"] if "unreadable" in view else heading(view))


def linked(goal: View | None, meeting: View | None = None) -> list[str]:
    """Return for which goal something is and from which meeting, as they were found."""
    said = [f"for goal {record(goal['id'], goal['title'])}"] if goal else []
    return [*said, *([f"from meeting {meeting['id']} of {dates.say(meeting['on'])}"] if meeting else [])]


def record(id: str, title: str) -> str:
    """Return a record within a sentence: `g7k3q Submit case report`."""
    return f"{id} {echo(title)}".rstrip()


def referring(view: View, others: Sequence[View]) -> str:
    """Return which records refer to one: `2 records refer to goal g7k3q: Submit case report (t4m2x, n5x2k).`"""
    ids = ", ".join(other["id"] for other in others[:_MANY]) + (" …" if len(others) > _MANY else "")
    count = "1 record refers" if len(others) == 1 else f"{len(others)} records refer"
    return f"{count} to {named(view)} ({ids})."


def noted(verb: str, note: View, words: Sequence[str] = ()) -> str:
    """Return that a note was added or changed, what was understood in brackets, and its first line."""
    about = f" ({', '.join(words)})" if words else ""
    return sentence(f"{verb} note {note['id']}{about}: {echo(heading(note))}")


def closed(note: View, moved: bool, *, again: bool) -> str:
    """Return that a note was closed, or was so already and gained no more than what came of it."""
    text = echo(heading(note))
    since = dates.say(note["closed_on"]) if note["closed_on"] else None
    if moved and not again:
        return sentence(f"Closed note {note['id']} on {since}: {text}")
    if moved:
        return sentence(f"Added what came of it to note {note['id']}: {text}")
    return sentence(f"Note {note['id']} is closed already{f', since {since}' if since else ''}: {text}")


def told(note: View, mentor: View, moved: bool) -> str:
    """Return that a mentor was told of a note, or knew already."""
    day = dates.say(next(entry["on"] for entry in note["told"] if entry["mentor"] == mentor["id"]))
    text = echo(heading(note))
    if moved:
        return sentence(f"Told {mentor['name']} of note {note['id']} on {day}: {text}")
    return sentence(f"{mentor['name']} knows of note {note['id']} already, since {day}: {text}")


def parked(question: View, mentor: View, goal: View | None, meeting: str | None) -> list[str]:
    """Return that a question was parked, and when it can be asked where a meeting is planned."""
    whom = ", ".join([f"Parked question {question['id']} for {mentor['name']}", *linked(goal)])
    first = sentence(f"{whom}: {echo(heading(question))}")
    return [first, *([f"Your next meeting is on {dates.say(meeting)}."] if meeting else [])]


def changed(task: View, command: str) -> str:
    """Return what a command has made of a task."""
    named = f"task {task['id']}"
    rounds, words = task["rounds"], []
    match command:
        case "wait":
            return sentence(f"Task {task['id']} waits: {task['title']}")
        case "submit":
            words = [*([f"round {len(rounds)}"] if len(rounds) > 1 else []), f"on {dates.say(rounds[-1]['sent'])}"]
        case "return":
            words = [f"on {dates.say(max(entry['returned'] for entry in rounds if entry['returned']))}"]
        case "done":
            words = [f"on {dates.say(task['done_on'])}"] if task["done_on"] else []
        case "defer":
            last = task["defers"][-1]
            words = [f"from {dates.say(last['old'])} to {dates.say(last['new'])}" if last["old"] else _to(last["new"])]
    return sentence(f"{_VERBS[command]} {named}: {task['title']}", words)


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


def _to(day: str) -> str:
    return f"to {dates.say(day)}"
