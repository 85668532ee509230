"""How `timeline` shows days: a line for each month, then each event with its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentorlog import dates
from mentorlog.output.page import Page
from mentorlog.output.text import few_lines, pad, safe, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.timeline import Event


def lines(events: Sequence[Event], page: Page) -> list[str]:
    """Lay out events that are in order."""
    return list(_lines(events, page)) or ["Nothing happened in these days."]


def _lines(events: Sequence[Event], page: Page) -> Iterator[str]:
    month, column = "", max((width(safe(event["id"])) for event in events), default=0)
    indent = len("Mon 23  ") + column + 2
    room = max(page.width - indent, 16) if page.terminal else None
    for event in events:
        weekday, day, *rest = dates.say(event["on"]).split()
        if (now := " ".join(rest)) != month:
            month = now
            yield from ["", page.style(month, "bold")] if event is not events[0] else [page.style(month, "bold")]
        head = f"{weekday} {day:>2}  {page.style(pad(safe(event['id']), column), 'cyan')}  "
        first, *more = few_lines(safe(f"{_what(event)}: {event['title']}"), room)
        text = few_lines(safe(" ".join((event["text"] or "").split())), room)
        yield head + first
        yield from (" " * indent + line for line in more)
        yield from (" " * indent + page.style(line, "dim") for line in text if line)


def _what(event: Event) -> str:
    """What happened to what: `goal revised`, but no `note note`."""
    return " ".join(dict.fromkeys((event["record"], event["event"])))
