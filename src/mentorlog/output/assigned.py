"""What fields say after they were set: the values as they were understood, days with their weekday."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mentorlog.models.views import View
from mentorlog.output import said
from mentorlog.output.entries import Words, generic, hollow, label

_WORDS = Words({})


def sentence(before: View, after: View) -> str:
    """Return which record was set, or that it says so already."""
    known = {key: item for key, item in before.items() if key != "prefix"}
    if known == {key: item for key, item in after.items() if key != "new_tasks"}:
        what = "Your profile" if after["record"] == "profile" else f"{after['record'].capitalize()} {after['id']}"
        return f"{what} says so already; nothing was changed."
    return f"Set {said.named(after)}"


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


def value(told: Any) -> str:
    """Return a value in words, in one line: a day is said as one, and what is empty is nothing."""
    if hollow(told):
        return "nothing"
    if isinstance(told, dict):
        full = {key: item for key, item in told.items() if not hollow(item)}
        return ", ".join(value(item) if len(full) == 1 else f"{label(key)} {value(item)}" for key, item in full.items())
    if isinstance(told, list):
        return "; ".join(value(item) for item in told)
    is_day = isinstance(told, str) and len(told) == 10 and told[4:5] == told[7:8] == "-"
    return _WORDS.day(told) if is_day else " ".join(generic(told).split())
