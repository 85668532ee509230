"""The sentences about a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

EMPTY = "The calendar is empty: no record that is included has a date."


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
