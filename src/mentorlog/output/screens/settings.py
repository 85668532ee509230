"""The screen of `config list`: each setting with its value and its meaning."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.models.views import View
from mentorlog.output.page import Page
from mentorlog.output.text import safe


def lines(rows: Sequence[View], page: Page) -> list[str]:
    """Lay out the settings, each with its meaning below it; keys that are not settings come last."""
    laid = list[str]()
    for row in rows:
        source = "" if row["help"] is None else " (default)" if not row["is_set"] else ""
        value = "none" if row["value"] is None else str(row["value"])
        laid += page.wrap(f"{safe(row['key'])}: {safe(value)}{source}", "bold" if row["is_set"] else "")
        laid += page.wrap(row["help"] or "Not a setting of this version of mentorlog", indent="    ", first="    ")
    return laid
