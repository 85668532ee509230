"""The screen of `task owed`: what I owe and what I am owed, side by side for each mentor."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest

from mentorlog import dates
from mentorlog.domain import loop
from mentorlog.output.page import Page, with_sign
from mentorlog.output.text import pad, safe, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.loop import Owed
    from mentorlog.models.view_types import FullTask

_MYSELF = ""  # the group of what I owe to nobody but myself, and of drafts that are with nobody known
_GAP = 2
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_NARROWEST = 64  # the columns are stacked on a narrower terminal


def lines(
    view: Owed,
    page: Page,
    today: date,
    names: Mapping[str, str],
    mentors: Sequence[str] = (),
    empty: str = "",
    theirs: str = "I am owed",
) -> list[str]:
    """Lay out what is owed; `names` has those of mentors, `mentors` limits the screen to some."""
    sides = [_groups(tasks, mentors) for tasks in (view["i_owe"], view["they_owe"])]
    people = sorted({*sides[0], *sides[1]}, key=lambda id: (id == _MYSELF, names.get(id, id).casefold(), id))
    if not people:
        return [safe(empty)]
    titles = []
    for title, tasks in (("I owe", view["i_owe"]), (theirs, view["they_owe"])):
        late = sum(task["late"] for task in tasks)
        nothing = f"{title} nothing" if title.startswith("I ") else "Nothing is theirs to do"
        titles.append(f"{title} ({len(tasks)}{f', {late} late' if late else ''})" if tasks else nothing)
    stacked, half = page.width < _NARROWEST, (page.width - _GAP) // 2
    limit, columns = (page.width, page.width) if stacked else (page.limit, half)
    shown = {id: "Myself" if id == _MYSELF else safe(names.get(id, f"{id} (deleted)")) for id in people}
    heads = {id: ["", *(page.style(line, "bold", "underline") for line in wrap(shown[id], limit))] for id in people}
    blocks = [{id: _block(tasks, columns, page, today) for id, tasks in side.items()} for side in sides]
    body: list[str] = []
    if stacked:
        for title, block in zip(titles, blocks, strict=True):
            body += [*([""] if body else []), page.style(title, "bold")]
            body += [line for id in people if id in block for line in (*heads[id], *block[id])]
        return body
    body.append(page.style(pad(titles[0], half), "bold") + " " * _GAP + page.style(titles[1], "bold"))
    for id in people:
        body += heads[id]
        for left, right in zip_longest(*(block.get(id, []) for block in blocks), fillvalue=""):
            body.append((left + " " * (half - width(_STYLE.sub("", left)) + _GAP) + right).rstrip(" "))
    return body


def _groups(tasks: Sequence[FullTask], mentors: Sequence[str]) -> dict[str, list[FullTask]]:
    """Return the tasks by mentor; one that concerns several is listed under each of them."""
    groups: dict[str, list[FullTask]] = {}
    for task in tasks:
        for person in task["with"] or [_MYSELF]:
            if not mentors or person in mentors:
                groups.setdefault(person, []).append(task)
    return groups


def _block(tasks: Sequence[FullTask], columns: int, page: Page, today: date) -> list[str]:
    """Return the lines of some tasks: the id and the title, then status and dates."""
    lines: list[str] = []
    undecided = {task["id"] for task in tasks if task["conflicts"]}
    ids = page.ids([task["id"] for task in tasks], undecided)
    for task in tasks:
        id = with_sign(task["id"], undecided)
        indent = " " * (width(id) + 4)
        first, *more = wrap(safe(task["title"]), columns, indent, indent)
        lines += [f"  {ids[task['id']]}  {first[len(indent) :]}", *more]
        packed: list[str] = []
        for part in _when(task, today):
            if packed and width(packed[-1]) + 2 + width(part) <= columns - width(indent):
                packed[-1] += f", {part}"
            else:
                packed.append(part)
        ink = "red" if task["late"] else "dim"
        wrapped = (line for part in packed for line in wrap(part, columns, indent))
        lines += [indent + page.style(line[len(indent) :], ink) for line in wrapped]
    return lines


def _when(task: FullTask, today: date) -> list[str]:
    """Return how long a draft has been out; else the status of a started task, its due date, since when it is owed."""
    if loop.is_out(task):
        return [loop.draft_state("them" if task["with"] else "", task["sent_on"], today)]
    parts = [state] if (state := loop.begun_state(task)) else []
    if task["due"]:
        parts.append(f"{'late, due' if task['late'] else 'due'} {dates.say(task['due'])}")
    return [*parts, f"since {dates.short(task['since_on'], today)}"]
