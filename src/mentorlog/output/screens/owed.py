"""The screen of promises: what I owe and what I am owed, side by side, mentor by mentor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest

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

    _Heads = Mapping[str, Sequence[str]]
    _Blocks = Sequence[Mapping[str, Sequence[tuple[str, str]]]]

MYSELF = ""
"""The group of what I owe to nobody but myself."""

_GAP = 2
_NARROWEST = 64  # below so many cells two columns are too narrow to read: one stands under the other


def lines(
    view: Owed, page: Page, today: date, names: Mapping[str, str], mentors: Sequence[str] = (), empty: str = ""
) -> list[str]:
    """Lay out what is owed; `names` gives the mentors' names, `mentors` the only ones that are asked for."""
    sides = [_groups(tasks, mentors) for tasks in (view["i_owe"], view["they_owe"])]
    people = sorted({*sides[0], *sides[1]}, key=lambda id: (id == MYSELF, names.get(id, id).casefold(), id))
    if not people:
        return [safe(empty)]
    titles = [_title("I owe", view["i_owe"]), _title("They owe", view["they_owe"])]
    stacked = page.width < _NARROWEST
    limit, columns = (page.width, page.width) if stacked else (page.limit, (page.width - _GAP) // 2)
    shown = {id: "Myself" if id == MYSELF else safe(names.get(id, f"{id} (deleted)")) for id in people}
    heads = {id: ["", *(page.style(line, "bold", "underline") for line in wrap(shown[id], limit))] for id in people}
    blocks = [{id: _block(tasks, columns, page, today) for id, tasks in side.items()} for side in sides]
    return _stacked(heads, blocks, titles, page) if stacked else _side_by_side(heads, blocks, titles, columns, page)


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


def _side_by_side(heads: _Heads, blocks: _Blocks, titles: Sequence[str], half: int, page: Page) -> list[str]:
    shown = [page.style(pad(titles[0], half), "bold") + " " * _GAP + page.style(titles[1], "bold")]
    for person, head in heads.items():
        pairs = zip_longest(*(block.get(person, []) for block in blocks), fillvalue=("", ""))
        rows = (left + " " * (half - width(plain) + _GAP) + right for (plain, left), (_, right) in pairs)
        shown += [*head, *(row.rstrip(" ") for row in rows)]
    return shown


def _stacked(heads: _Heads, blocks: _Blocks, titles: Sequence[str], page: Page) -> list[str]:
    shown: list[str] = []
    for title, block in zip(titles, blocks, strict=True):
        shown += [*([""] if shown else []), page.style(title, "bold")]
        for person, head in heads.items():
            if person in block:
                shown += [*head, *(styled for _, styled in block[person])]
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
        packed: list[str] = []
        for part in _when(task, today):
            if packed and width(packed[-1]) + 2 + width(part) <= columns - width(indent):
                packed[-1] += f", {part}"
            else:
                packed.append(part)
        ink = "red" if task["late"] else "dim"
        for line in (line for part in packed for line in wrap(part, columns, indent)):
            lines.append((line, indent + page.style(line[len(indent) :], ink)))
    return lines


def _when(task: FullTask, today: date) -> list[str]:
    """Return the state of a task that is under way, its date, and how long it is owed."""
    sent = loop.out_since(task)
    parts = [f"sent {dates.say(sent)}"] if sent else [task["status"]] if task["status"] != "todo" else []
    if task["due"]:
        parts.append(f"{'late, due' if task['late'] else 'due'} {dates.say(task['due'])}")
    return [*parts, dates.lasting(task["since_on"], today)]
