"""The screen of `timeline`: a heading for each month, then each event with its day."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mentorlog import dates
from mentorlog.output.page import NARROW, Page, with_sign
from mentorlog.output.text import few_lines, one_line, safe, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.timeline import Event


def lines(
    events: Sequence[Event], page: Page, mentees: Collection[str] = (), undecided: Collection[str] = ()
) -> list[str]:
    """Lay out events, which are already sorted.

    `mentees` has the ids of those whom the resident mentors, `undecided` those of records that wait for a choice.
    """
    shown: list[str] = []
    month, column = "", max((width(with_sign(event["id"], undecided)) for event in events), default=0)
    ids, narrow = page.ids([event["id"] for event in events], undecided), page.terminal and page.width < NARROW
    indent = len("Mon 23  ") + (0 if narrow else column + 2)
    room, most = (max(page.width - indent, 16) if page.terminal else None), 4 if narrow else 2
    for event in events:
        weekday, day, *rest = dates.say(event["on"]).split()
        if (now := " ".join(rest)) != month:
            shown += [*([""] if month else []), page.style(now, "bold")]
            month = now
        kind = "mentee" if event["id"] in mentees else event["record"]
        what = " ".join(dict.fromkeys((kind, event["event"])))  # `goal revised`, but no `note note`
        id, styled = with_sign(event["id"], undecided), ids[event["id"]]
        what, head = safe(f"{what}: {event['title']}"), f"{weekday} {day:>2}  "
        if narrow:  # the other lines begin below the id
            first, *more = few_lines(f"{id}  {what}", room, most)
            head += styled + first[len(id) :] if first.startswith(id) else first
        else:
            first, *more = few_lines(what, room, most)
            head += f"{styled}{' ' * (column - width(id))}  {first}"
        text = few_lines(safe(one_line(event["text"])), room, most)
        shown += [head, *(" " * indent + line for line in more)]
        shown += [" " * indent + page.style(line, "dim") for line in text if line]
    return shown or ["No events match."]
