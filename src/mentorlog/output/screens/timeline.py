"""The screen of `timeline`: a heading for each month, then each event with its day."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mentorlog import dates
from mentorlog.output.page import Page
from mentorlog.output.text import few_lines, pad, safe, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.timeline import Event


def lines(events: Sequence[Event], page: Page, mentees: Collection[str] = ()) -> list[str]:
    """Lay out events, which are already sorted; `mentees` has the ids of those whom the resident mentors."""
    shown: list[str] = []
    month, column = "", max((width(safe(event["id"])) for event in events), default=0)
    indent = len("Mon 23  ") + column + 2
    room = max(page.width - indent, 16) if page.terminal else None
    for event in events:
        weekday, day, *rest = dates.say(event["on"]).split()
        if (now := " ".join(rest)) != month:
            shown += [*([""] if month else []), page.style(now, "bold")]
            month = now
        head = f"{weekday} {day:>2}  {page.style(pad(safe(event['id']), column), 'cyan')}  "
        kind = "mentee" if event["id"] in mentees else event["record"]
        what = " ".join(dict.fromkeys((kind, event["event"])))  # `goal revised`, but no `note note`
        first, *more = few_lines(safe(f"{what}: {event['title']}"), room)
        text = few_lines(safe(" ".join((event["text"] or "").split())), room)
        shown += [head + first, *(" " * indent + line for line in more)]
        shown += [" " * indent + page.style(line, "dim") for line in text if line]
    return shown or ["No events match."]
