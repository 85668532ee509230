"""How `timeline` shows days: a line for each month, then each event with its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mentorlog import dates
from mentorlog.output.screen import Page
from mentorlog.output.text import pad, safe


def lines(events: Sequence[dict[str, Any]], page: Page) -> list[str]:
    """Lay out events that are in order."""
    return list(_lines(events, page)) or ["Nothing happened in these days."]


def _lines(events: Sequence[dict[str, Any]], page: Page) -> Iterator[str]:
    month = ""
    for event in events:
        weekday, day, *rest = dates.say(event["day"]).split()
        if (now := " ".join(rest)) != month:
            month = now
            yield from ["", page.style(month, "bold")] if event is not events[0] else [page.style(month, "bold")]
        head = f"{weekday} {day:>2}  {page.style(pad(event['id'], 8), 'cyan')}  "
        said = safe(f"{event['record']} {event['what']}: {event['title']}")
        yield head + page.fit(said, max(page.width - 18, 16))
        if event["text"]:
            yield " " * 18 + page.style(
                page.fit(safe(" ".join(event["text"].split())), max(page.width - 18, 16)), "dim"
            )
