"""The sentences about a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mentorlog.models.views import counted, joined

EMPTY = "The calendar is empty: no record that is included has a date."


def written(file: Path, data: Mapping[str, Any]) -> str:
    """Return what a new file contains: `Wrote 9 events and 20 to-dos to /home/me/mentorship.ics`."""
    kinds = [(data["events"], "event"), (data["todos"], "to-do")]
    return f"Wrote {joined([counted(count, noun) for count, noun in kinds if count]) or '0 events'} to {file}"


def updated(file: Path, data: Mapping[str, Any]) -> str:
    """Return what an update changed: `Updated /home/me/mentorship.ics: 1 new, 1 changed, 1 removed, 27 the same.`"""
    parts = [f"{data[key]} {key}" for key in ("new", "changed", "removed") if data[key]]
    if not parts:
        return f"Nothing changed in {file}"
    same = [f"{data['same']} the same"] if data["same"] else []
    return f"Updated {file}: {', '.join(parts + same)}."


def zone(name: str) -> str:
    """Return in which time zone the times of meetings are understood."""
    return f"Times of meetings are in the time zone of this machine, {name} (for another, use --zone)."
