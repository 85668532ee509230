"""The messages about letters of recommendation, and their state in lists."""

from __future__ import annotations

from mentorlog import dates
from mentorlog.output.phrases import day, result, unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mentorlog.models.view_types import LetterView, TaskView


def _letter(task: TaskView) -> LetterView:
    assert task["letter"] is not None
    return task["letter"]


def asked(task: TaskView, writer: str, *, is_new: bool) -> list[str]:
    """Return that a letter was asked for, or is planned, by when it is due, and what to do next."""
    letter, id = _letter(task), task["id"]
    details = [f"by {writer}", day(task["due"], "due "), f"to {letter['to']}" if letter["to"] else ""]
    if not letter["asked_on"]:
        when = f"when you have asked: mentorlog letter ask {id}"
        return [result(f"Planned letter {id}", task["title"], details), f"Not asked for yet; {when}"]
    details.append(f"asked {dates.say(letter['asked_on'])}")
    lines = [result(f"{'Added' if is_new else 'Asked for'} letter {id}", task["title"], details)]
    return [*lines, f"When they have answered: mentorlog letter agreed {id}"] if is_new else lines


def outcome(task: TaskView, command: str, writer: str, *, changed: bool) -> str:
    """Return what happened to a letter, or that nothing did."""
    letter, id, name = _letter(task), task["id"], task["title"]
    what, answered = f"Letter {id}", day(letter["answered_on"])
    match command:
        case "ask":
            if not changed:
                return unchanged(f"{what} was already asked for on {day(letter['asked_on'])}")
            return asked(task, writer, is_new=False)[0]
        case "agreed" if letter["answer"] == "later":
            if not changed:
                return unchanged(f"{writer} already said later about letter {id}")
            return result(f"Recorded that {writer} will answer later about letter {id}", name, [answered])
        case "agreed":
            if not changed:
                return unchanged(f"{writer} already agreed to letter {id}")
            return result(f"Recorded that {writer} agreed to letter {id}", name, [answered, day(task["due"], "due ")])
        case "declined":
            if not changed:
                return unchanged(f"{writer} already declined letter {id}")
            return result(f"Recorded that {writer} declined letter {id}", name, [answered])
        case "remind":
            if not changed:
                return unchanged(f"A reminder of letter {id} is already recorded for that day")
            return result(
                f"Recorded a reminder of letter {id}", name, [day(letter["reminded"][-1]), day(task["due"], "due ")]
            )
        case "packet":
            sent = day(letter["packet_on"])
            if not changed:
                return unchanged(f"The packet for letter {id} was already sent on {sent}")
            return result(f"Recorded that the packet for letter {id} was sent", name, [sent])
    if not changed:
        return unchanged(f"{what} was already received on {day(task['done_on'])}")
    return result(f"Received letter {id}", name, [f"from {writer}", day(task["done_on"])])


def after_yes(task: TaskView) -> list[str]:
    """Return how to write the packet, once the writer has agreed."""
    letter, id = _letter(task), task["id"]
    if letter["answer"] != "yes" or letter["packet_on"]:
        return []
    return [f"Write what they need with: mentorlog letter packet {id}"]


def packet_notes(task: TaskView) -> list[str]:
    """Return how to record that a packet was sent."""
    if _letter(task)["packet_on"]:
        return []
    return [f"When you have sent it: mentorlog letter packet {task['id']} --sent"]


def state(task: TaskView, word: str, today: date) -> str:
    """Return how far a letter is, in words: `asked 3 weeks ago`, `agreed, packet not sent`."""
    letter = _letter(task)
    agreed = {"yes": "agreed", "later": "will answer later"}.get(letter["answer"] or "", "no answer")
    said: Mapping[str, str] = {
        "planned": "not asked yet",
        "asked": f"asked {_ago(letter['asked_on'], today)}",
        "later": f"asked {_ago(letter['asked_on'], today)}, will answer later",
        "agreed": "agreed, packet not sent",
        "packet_sent": f"{agreed}, packet sent {_ago(letter['packet_on'], today)}",
        "reminded": f"{agreed}, reminded {_ago(max(letter['reminded'], default=None), today)}",
        "received": f"received {day(task['done_on'])}".rstrip(),
    }
    return said.get(word, word)


def _ago(day: str | None, today: date) -> str:
    return dates.ago(day, today) if day else ""
