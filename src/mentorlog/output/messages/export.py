"""The sentences about an export."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mentorlog.domain.audience import Selection
from mentorlog.models.views import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


def wrote(what: str, records: int, path: Path) -> str:
    """Return what was written, by default a number of records, and where."""
    return f"Wrote {what or counted(records, 'record')} to {path}"


def left_out(selection: Selection) -> str | None:
    """Return what an export leaves out as one line, None if nothing."""
    parts = [counted(count, kind) for kind, count in _counts(selection).items()]
    named = selection.audience.is_named
    if fields := _field_count(selection):
        parts.append(f"{'' if named else 'private '}fields of {counted(fields, 'record')}")
    if not parts:
        return None
    if named:
        return f"Left out: {', '.join(parts)} (use --preview to see why)"
    has_theirs = any(one.why == "theirs" for one in selection.withheld)
    why = "private or of mentees" if has_theirs else "private"
    return f"Left out as {why}: {', '.join(parts)} (use --include-private to include them)"


def left_out_data(selection: Selection) -> dict[str, Any]:
    """Return the same for scripts: the records by kind, and the number of records without some fields."""
    return {"counts": dict(_counts(selection)), "field_count": _field_count(selection)}


def _counts(selection: Selection) -> Counter[str]:
    return Counter(one.record for one in selection.withheld if one.why != "field")


def _field_count(selection: Selection) -> int:
    return sum(one.why == "field" for one in selection.withheld)
