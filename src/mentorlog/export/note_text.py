"""The text with which a note starts in the editor, made from a template."""

from __future__ import annotations

from mentorlog import dates
from mentorlog.export.plain_text import TemplateKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mentorlog.export.templates import Names

NAMES = {
    "date": "The date of the note: `Fri 23 Oct 2026`",
    "mentors": "A list of the names of its mentors",
    "goal": "The title of its goal; empty if it has none",
}

_BUILT_IN = """\
{# The start of a reflection. A template may name: date, mentors, goal #}
What happened{% if mentors %} with {{ mentors|join(", ") }}{% endif %}:

What I learned:

What I will do differently:
"""

NOTE = TemplateKind(
    _BUILT_IN,
    NAMES,
    (
        {"date": "Fri 23 Oct 2026", "mentors": ["William Osler"], "goal": "Submit a case report"},
        {"date": "Fri 23 Oct 2026", "mentors": [], "goal": ""},
    ),
    "note add",
)


def of_note(on: date, mentors: Sequence[str], goal: str | None) -> Names:
    """Return what the template of a note names."""
    return {"date": dates.say(on), "mentors": list(mentors), "goal": goal or ""}
