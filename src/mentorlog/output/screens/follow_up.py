"""The screen of `meeting after`: what may have been settled at the meeting, in lists with numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mentorlog.domain import loop
from mentorlog.models.views import joined
from mentorlog.output.phrases import day
from mentorlog.output.screens.prep import change_line
from mentorlog.output.text import one_line, safe, width, wrap
from mentorlog.vocabulary import ME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.unsettled import ToTell, Unsettled
    from mentorlog.models.view_types import FullTask
    from mentorlog.output.page import Page

    Row = tuple[str, str, str]
    """The number and the id of something open (a point of the agenda has none), and what it is."""

TASKS = ("promises", "assignments")
STEPS: tuple[tuple[str, ...], ...] = (("questions",), ("to_tell",), TASKS, ("agenda",))
"""The lists that one question is about, in the order of the walk."""

_TITLES = {
    "questions": "My questions",
    "to_tell": "To tell them",
    "promises": "What they promised",
    "assignments": "What I owe",
    "agenda": "Agenda",
}


def lines(data: Unsettled, names: Mapping[str, str], page: Page, today: date, title: str) -> list[str]:
    """Lay out everything that is open after a meeting, below its title."""
    shown = page.wrap(title, "bold")
    for step in STEPS:
        shown += step_lines(data, step, names, page, today)
    return shown


def step_lines(data: Unsettled, step: Sequence[str], names: Mapping[str, str], page: Page, today: date) -> list[str]:
    """Lay out the lists of one question, each below its title."""
    shown: list[str] = []
    lists: dict[str, list[Row]] = {}
    above = 0
    for name in step:
        lists[name] = list(_rows(data, name, names, today, above))
        above += len(lists[name])
    column = max((width(row[0]) for rows in lists.values() for row in rows), default=0)
    for name, rows in lists.items():
        title = "What I gave them to do" if name == "promises" and data["mentoring"] else _TITLES[name]
        shown += ["", *page.wrap(title, "bold")] if rows else []
        ids = page.ids([id for _, id, _ in rows if id])
        for number, id, text in rows:
            indent = " " * (2 + column + 2 + (width(safe(id)) + 2 if id else 0))
            first, *more = wrap(safe(text), page.limit, indent, indent)
            head = f"  {number:>{column}}  {f'{ids[id]}  ' if id else ''}"
            shown += [f"{head}{first[len(indent) :]}", *more]
    return shown


def _rows(data: Unsettled, name: str, names: Mapping[str, str], today: date, above: int) -> Iterator[Row]:
    """Yield the rows of a list; those of tasks go on with the numbers of the list above."""
    if name == "agenda":
        yield from ((str(point["number"]), "", point["text"]) for point in data["agenda"])
    elif name == "questions":
        for number, note in enumerate(data["questions"], 1):
            yield str(number), note["id"], one_line(note["text"])
    elif name == "to_tell":
        for number, one in enumerate(data["to_tell"], 1):
            yield str(number), one["id"], _to_tell(one, names, today)
    else:
        tasks = data["promises"] if name == "promises" else data["assignments"]
        for number, task in enumerate(tasks, above + 1):
            yield str(number), task["id"], _task(task, names, today)


def _to_tell(one: ToTell, names: Mapping[str, str], today: date) -> str:
    """Return the goal or the change, and in a meeting of several mentors whom to tell."""
    changes = "; ".join(change_line(change, today) for change in one["changes"])
    text = f"{one['title']}: {changes}" if one["record"] == "goal" and changes else changes or one["title"]
    people = joined([names.get(id, id) for id in one["to"]]) if len(names) > 1 else ""
    return f"{text} ({people})" if people else text


def _task(task: FullTask, names: Mapping[str, str], today: date) -> str:
    """Return `Draft abstract: late, due Sun 29 Nov 2026`, with the name of who promised it."""
    out = task["owner"] == ME and task["turn"] != ME
    states = [loop.draft_state("them", task["sent_on"], today) if out else "", "late" if task["late"] else ""]
    states.append("" if out else day(task["due"], "due "))
    about = ", ".join(filter(None, states))
    owner = f"{names[task['owner']]}: " if len(names) > 1 and task["owner"] in names else ""
    return f"{owner}{task['title']}{f': {about}' if about else ''}"
