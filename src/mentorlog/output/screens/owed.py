"""The screen of promises: what I owe and what I am owed, side by side, mentor by mentor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mentorlog import dates
from mentorlog.domain import loop
from mentorlog.models.views import View
from mentorlog.output.page import Page
from mentorlog.output.table import marked
from mentorlog.output.text import pad, safe, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.loop import Owed
    from mentorlog.models.view_types import FullTask

MYSELF = ""
"""The group of what I owe to nobody but myself."""

_GAP = 2
_NARROWEST = 64
"""Below so many cells two columns are too narrow to read: one stands under the other."""


def lines(
    view: Owed, page: Page, today: date, names: Mapping[str, str], mentors: Sequence[str] = (), empty: str = ""
) -> list[str]:
    """Lay out what is owed; `names` gives the mentors' names, `mentors` the only ones that are asked for."""
    sides = [_groups(tasks, mentors) for tasks in (view["i_owe"], view["they_owe"])]
    people = sorted({*sides[0], *sides[1]}, key=lambda id: (id == MYSELF, names.get(id, id).casefold(), id))
    if not people:
        return [safe(empty)]
    titles = [_title("I owe", view["i_owe"]), _title("They owe", view["they_owe"])]
    if page.width < _NARROWEST:
        return _stacked(people, sides, titles, page, today, names)
    return _side_by_side(people, sides, titles, page, today, names)


def _groups(tasks: Sequence[FullTask], mentors: Sequence[str]) -> dict[str, list[View]]:
    """Return the tasks by mentor: one that concerns several stands under each of them."""
    groups: dict[str, list[View]] = {}
    for task in tasks:
        for person in task["with"] or [MYSELF]:
            if not mentors or person in mentors:
                groups.setdefault(person, []).append(task)
    return groups


def _title(title: str, tasks: Sequence[FullTask]) -> str:
    late = sum(task["late"] for task in tasks)
    return f"{title} ({len(tasks)}{f', {late} late' if late else ''})" if tasks else f"{title} nothing"


def _person(id: str, names: Mapping[str, str]) -> str:
    return "Myself" if id == MYSELF else safe(names.get(id, f"{id} (deleted)"))


def _side_by_side(
    people: Sequence[str],
    sides: Sequence[Mapping[str, list[View]]],
    titles: Sequence[str],
    page: Page,
    today: date,
    names: Mapping[str, str],
) -> list[str]:
    half = (page.width - _GAP) // 2
    shown = [page.style(pad(titles[0], half), "bold") + " " * _GAP + page.style(titles[1], "bold")]
    for person in people:
        shown += ["", *(page.style(line, "bold", "underline") for line in wrap(_person(person, names), page.limit))]
        left, right = (_block(side.get(person, []), half, page, today) for side in sides)
        for number in range(max(len(left), len(right))):
            one = left[number] if number < len(left) else ("", "")
            other = right[number] if number < len(right) else ("", "")
            shown.append((one[1] + " " * (half - width(one[0]) + _GAP) + other[1]).rstrip(" "))
    return shown


def _stacked(
    people: Sequence[str],
    sides: Sequence[Mapping[str, list[View]]],
    titles: Sequence[str],
    page: Page,
    today: date,
    names: Mapping[str, str],
) -> list[str]:
    shown: list[str] = []
    for title, side in zip(titles, sides, strict=True):
        shown += [*([""] if shown else []), page.style(title, "bold")]
        for person in people:
            if person in side:
                heads = wrap(_person(person, names), page.width)
                shown += ["", *(page.style(line, "bold", "underline") for line in heads)]
                shown += [styled for _, styled in _block(side[person], page.width, page, today)]
    return shown


def _block(tasks: Sequence[FullTask], columns: int, page: Page, today: date) -> list[tuple[str, str]]:
    """Return the lines of some tasks, each plain and styled: the id, the title, then what time says of it."""
    lines: list[tuple[str, str]] = []
    prefixes = page.prefixes(tasks)
    for task in tasks:
        id = safe(task["id"])
        indent = " " * (width(id) + 4)
        first, *more = wrap(safe(task["title"]), columns, indent, indent)
        styled = marked(id, prefixes.get(id)) if page.colour else id
        lines.append((f"  {id}  {first[len(indent) :]}", f"  {styled}  {first[len(indent) :]}"))
        lines += [(line, line) for line in more]
        ink = "red" if task["late"] else "dim"
        parts = _packed(_when(task, today), columns - width(indent))
        when = [line for part in parts for line in wrap(part, columns, indent)]
        lines += [(line, indent + page.style(line[len(indent) :], ink)) for line in when]
    return lines


def _packed(parts: Sequence[str], columns: int) -> list[str]:
    """Return the parts with commas between those that share a line."""
    packed: list[str] = []
    for part in parts:
        if packed and width(packed[-1]) + 2 + width(part) <= columns:
            packed[-1] += f", {part}"
        else:
            packed.append(part)
    return packed


def _when(task: FullTask, today: date) -> list[str]:
    """Return the state of a task that is under way, its date, and how long it is owed."""
    sent = loop.out_since(task)
    parts = [f"sent {dates.say(sent)}"] if sent else [task["status"]] if task["status"] != "todo" else []
    if task["due"]:
        parts.append(f"{'late, due' if task['late'] else 'due'} {dates.say(task['due'])}")
    return [*parts, dates.lasting(task["since_on"], today)]
