"""How the profile is shown: as a record without an id, or how to begin one."""

from __future__ import annotations

from mentorlog.models.views import View
from mentorlog.output.page import Page
from mentorlog.output.screens import record as screen
from mentorlog.output.text import wrap


def lines(view: View, page: Page) -> list[str]:
    """Lay out the profile."""
    if not any(value for field, value in view.items() if field not in ("record", "id")):
        text = "Your profile is empty. Begin with: mentorlog profile set name='Mary Blackwell' stage=resident"
        return wrap(text, page.limit)
    return screen.lines({**view, "id": None}, page, names={})
