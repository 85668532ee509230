"""What fields say after they were set: the values as they were understood, days with their weekday."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mentorlog.output.entries import Words, generic, hollow, label

_WORDS = Words({})


def lines(view: dict[str, Any], keys: Sequence[str]) -> list[str]:
    """Return a line for each key (`by`, `cadence.minutes`, `progress.2.text`) with what the record says there now."""
    return [f"  {label(key)}: {value(_at(view, key.split('.')))}" for key in dict.fromkeys(keys)]


def _at(value: Any, steps: Sequence[str]) -> Any:
    """The value that a key leads to, None where it leads nowhere any more."""
    for step in steps:
        if isinstance(value, list):
            value = value[int(step) - 1] if step.isdecimal() and 0 < int(step) <= len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def value(said: Any) -> str:
    """Return a value in words, in one line: a day is said as one, and what is empty is nothing."""
    if hollow(said):
        return "nothing"
    if isinstance(said, dict):
        full = {key: item for key, item in said.items() if not hollow(item)}
        return ", ".join(value(item) if len(full) == 1 else f"{label(key)} {value(item)}" for key, item in full.items())
    if isinstance(said, list):
        return "; ".join(value(item) for item in said)
    is_day = isinstance(said, str) and len(said) == 10 and said[4:5] == said[7:8] == "-"
    return _WORDS.day(said) if is_day else " ".join(generic(said).split())
