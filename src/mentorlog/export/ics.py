"""The journal as a calendar (RFC 5545): what has a day, for calendars and to-do lists; a file is updated in place."""

from __future__ import annotations

from mentorlog.domain.audience import Selection
from mentorlog.export.document import Document, Request
from mentorlog.export.ics_components import CalendarOptions, entries, part
from mentorlog.export.ics_memory import NOTHING, Memory, calendar
from mentorlog.models.views import counted, joined


def make(
    selection: Selection, request: Request, *, options: CalendarOptions | None = None, memory: Memory = NOTHING
) -> Document:
    """Return the calendar of what goes to the audience, as an update of what a file remembers."""
    known = options or CalendarOptions()
    made = calendar(entries(part(selection, known.tasks), known), memory, known, request.now)
    numbers = [
        counted(number, noun) for noun, number in zip(("event", "to-do"), made.kinds.values(), strict=True) if number
    ]
    wrote = joined(numbers) or "0 events"
    return Document(made.text, sum(made.kinds.values()), data={**made.kinds, **made.counts}, wrote=wrote)
