"""The screen of `task load`: how many of my open tasks are due in which week, then the late and the undated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from mentorlog import dates
from mentorlog.models.views import counted
from mentorlog.output.page import NARROW, Page
from mentorlog.output.phrases import from_to
from mentorlog.output.table import ALWAYS, Column, layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.load import Load, PersonLoad
    from mentorlog.models.view_types import FullTask


def lines(view: Load, page: Page, today: date, empty: str) -> list[str]:
    """Lay out my open tasks; `empty` is what to print if there are none."""
    tasks, people = view["tasks"], view["people"]
    if not tasks:
        return page.wrap(empty)
    rows = [*people, _everybody(view)] if len(people) > 1 else people
    nothing = "" if page.terminal and page.width < NARROW else "·"  # so that a free week has its column too
    columns = [
        Column("", _name, keep=ALWAYS, shrink=True),
        _count("late", lambda one: one["late"], "red"),
        *(_week(number, week["first"], nothing) for number, week in enumerate(view["weeks"])),
        _count("later", lambda one: one["later"]),
        _count("no date", lambda one: one["undated"]),
    ]
    first = dates.DAYS[date.fromisoformat(view["weeks"][0]["first"]).weekday()]
    head = f"{counted(len(tasks), 'open task')} of mine, by mentor and by week (from {first})"
    table = layout(rows, columns, width=page.limit, colour=page.colour)
    late = [task for task in tasks if task["late"]]
    undated = [task for task in tasks if task["due"] is None]
    return [
        *page.wrap(head, "bold"),
        "",
        *table,
        *_blocks(view, page, today),
        *_named("Late", late, page, lambda task: f"due {dates.short(str(task['due']), today)}"),
        *_named("No date", undated, page, lambda task: f"since {dates.short(task['since_on'], today)}"),
    ]


def _name(person: PersonLoad) -> str:
    return person["name"] or "Myself"


def _count(title: str, ids: Callable[[PersonLoad], Sequence[str]], ink: str | None = None, nothing: str = "") -> Column:
    return Column(title, lambda one: str(len(ids(one)) or nothing), align="right", keep=ALWAYS, style=ink)


def _week(number: int, first: str, nothing: str) -> Column:
    day = dates.without_weekday(first).rpartition(" ")[0]
    return _count(day, lambda one: one["weeks"][number], nothing=nothing)


def _everybody(view: Load) -> PersonLoad:
    """Return the sum, in which a task that concerns several mentors counts once."""
    people = view["people"]
    return {
        "mentor": None,
        "name": "All",
        "late": _distinct([one["late"] for one in people]),
        "weeks": [_distinct(ids) for ids in zip(*(one["weeks"] for one in people), strict=True)],
        "later": _distinct([one["later"] for one in people]),
        "undated": _distinct([one["undated"] for one in people]),
    }


def _distinct(lists: Sequence[Sequence[str]]) -> list[str]:
    return list({id: None for ids in lists for id in ids})


def _blocks(view: Load, page: Page, today: date) -> Iterator[str]:
    """Yield the blocks that have days in the weeks, with how much time they leave."""
    if view["blocks"]:
        yield from ("", page.style("Rotations", "bold"))
    for block in view["blocks"]:
        days = from_to(dates.short(block["first"], today), dates.short(block["last"], today))
        yield from page.wrap(f"{block['name']}: {days} ({block['load']})", indent="    ", first="  ")


def _named(title: str, tasks: Sequence[FullTask], page: Page, when: Callable[[FullTask], str]) -> Iterator[str]:
    """Yield the tasks of a section, if there are any."""
    if tasks:
        yield from ("", page.style(title, "bold"))
        ink = "red" if title == "Late" else ""
        yield from page.rows([(task["id"], task["title"], when(task), ink) for task in tasks])
