"""The one screen before a meeting: since last time, questions, what to tell, and a suggested agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from mentorlog import dates
from mentorlog.models.views import View
from mentorlog.output.output import Page
from mentorlog.output.table import marked
from mentorlog.output.text import safe, width, wrap

_LONG = 60
"""A changed text longer than this is not repeated: that it changed is enough to talk about."""


def lines(data: View, page: Page, today: date) -> list[str]:
    """Lay out what `preparing.gather` found for a meeting with one mentor."""
    sections: tuple[tuple[str, str, Callable[[View, date], str]], ...] = (
        ("What I owe", "assignments", _task),
        ("Done since last time", "assignments_done", _done),
        ("What they promised", "promises", _task),
        ("Kept since last time", "promises_kept", _done),
        ("Drafts with them", "drafts", _draft),
        ("My questions", "questions", _question),
        ("Goals not yet told", "goals_untold", _goal),
        ("Changed, not yet told", "changes", _change),
    )
    shown = list(_head(data, page, today))
    for title, key, words in sections:
        if data[key]:
            rows = (line for view in data[key] for line in _row(view, words(view, today), page))
            shown += ["", *_title(title, page), *rows]
    shown += ["", *_title("Suggested agenda", page)]
    for number, point in enumerate(data["agenda"], 1):
        shown += wrap(safe(point["text"]), page.limit, "     ", f" {number:>2}. ")
    return shown


def _title(text: str, page: Page) -> list[str]:
    return [page.style(line, "bold") for line in wrap(text, page.limit)]


def _head(data: View, page: Page, today: date) -> Iterator[str]:
    mentor, plan, last = data["mentor"], data["meeting"], data["last_meeting"]
    for line in wrap(safe(f"{mentor['name']}: {_planned(plan, today)}"), page.limit):
        yield page.style(line, "bold")
    facts = [f"last met {dates.say(last['on'])}, {dates.ago(last['on'], today)}" if last else "not met yet"]
    facts += [f"{data['minutes']} minutes"] if data["minutes"] else []
    facts += [data["mode"].replace("_", " ")] if data["mode"] else []
    for line in wrap(safe(" · ".join(facts)), page.limit):
        yield page.style(line, "dim")
    if mentor["domains"]:
        for line in wrap(safe(f"Knows: {', '.join(mentor['domains'])}"), page.limit, "  ", ""):
            yield page.style(line, "dim")
    warnings = [("Conflict of interest", data["conflict_of_interest"]), ("Off limits", "; ".join(data["off_limits"]))]
    for label, text in warnings:
        if text:
            for line in wrap(safe(f"{label}: {' '.join(text.split())}"), page.limit, "  ", ""):
                yield page.style(line, "yellow")


def _planned(plan: View | None, today: date) -> str:
    if plan is None:
        return "no meeting planned"
    when = f"{dates.say(plan['on'])}{' at ' + plan['at'] if plan['at'] else ''}"
    return f"{when}, which has passed" if plan["on"] < today.isoformat() else f"{when}, {dates.ago(plan['on'], today)}"


def _row(view: View, words: str, page: Page) -> list[str]:
    id = safe(view["id"])
    indent = " " * (width(id) + 4)
    first, *more = wrap(safe(words), page.limit, indent, indent)
    shown = marked(id, page.prefixes([view]).get(id)) if page.colour else id
    return [f"  {shown}  {first[len(indent) :]}", *more]


def _task(task: View, today: date) -> str:
    """`Draft abstract: doing, late, due Sun 29 Nov 2026, owed for 3 weeks`."""
    said = [task["status"]] if task["status"] != "todo" else []
    said += [f"{'late, ' if task['late'] else ''}due {dates.say(task['due'])}"] if task["due"] else []
    said.append(f"owed {dates.lasting(task['since_on'], today)}")
    return f"{task['title']}: {', '.join(said)}"


def _done(task: View, today: date) -> str:
    return f"{task['title']}: {dates.say(task['done_on'])}"


def _draft(task: View, today: date) -> str:
    rounds = len(task["rounds"])
    return f"{task['title']}: sent {dates.ago(task['sent_on'], today)}{f' (round {rounds})' if rounds > 1 else ''}"


def _question(note: View, today: date) -> str:
    return " ".join(note["text"].split())


def _goal(goal: View, today: date) -> str:
    by = f", by {dates.say(goal['by'])}" if goal["by"] else ""
    return f"{goal['title']}{by}"


def _change(change: View, today: date) -> str:
    if change["record"] != "goal":
        return f"{change['title']}, {dates.say(change['on'])}"
    old, new = (dates.said(change[key]) for key in ("old", "new"))
    field = change["field"].replace("_", " ")
    moved = f"{field} revised" if len(old) + len(new) > _LONG else f"{field} {old} → {new}"
    reason = f" ({' '.join(change['reason'].split())})" if change["reason"] else ""
    return f"{change['title']}: {moved}{reason}, changed on {dates.say(change['on'])}"


def comment(data: View, today: date) -> str:
    """Return the same in plain lines, for the top of the notes in an editor."""
    return "\n".join(line for line in lines(data, Page(), today) if line)
