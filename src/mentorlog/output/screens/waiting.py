"""The screen of `waiting`: what waits, with whom and how long, and below it the command that ends the wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mentorlog.domain.overview import describe_wait, ending_command
from mentorlog.models.views import joined
from mentorlog.output.page import Page
from mentorlog.output.phrases import day
from mentorlog.output.text import safe, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.overview import Wait
    from mentorlog.models.views import View


def data(wait: Wait, names: Mapping[str, str], today: date) -> View:
    """Return a wait for scripts: with how many `days` it has lasted, in words, and the command that ends it."""
    days = (today - date.fromisoformat(wait["since"])).days
    return {**wait, "days": days, "text": describe_wait(wait, names, today), "command": ending_command(wait)}


def nothing(names: Sequence[str]) -> str:
    """Return that nothing waits, or nothing for some mentors."""
    return f"Nothing is waiting{' with ' + joined(names, 'or') if names else ''}."


def lines(rows: Sequence[View], page: Page, empty: str) -> list[str]:
    """Lay out what waits for others: a sentence and a command each."""
    column, ids = max((width(safe(row["id"])) for row in rows), default=0), page.ids([row["id"] for row in rows])
    shown: list[str] = []
    for row in rows:
        text = f"{row['text']}{day(row['due_on'], ', due ')}"
        indent = " " * (column + 2)
        head = f"{ids[row['id']]}{' ' * (column - width(safe(row['id'])))}  "
        first, *more = page.wrap(text, indent=indent)
        narrow = page.terminal and len(indent) + width(safe(row["command"])) > page.width
        command = page.style(f"{'  ' if narrow else indent}{safe(row['command'])}", "dim")
        shown += [head + first[len(indent) :], *more, command]
    return shown or page.wrap(empty)
