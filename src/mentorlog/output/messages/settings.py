"""What is said after a change of the settings."""

from __future__ import annotations

from mentorlog.models.views import View


def changed(before: View, after: View) -> str:
    """Return `Set drift_days to 28 (was 42, the default)`."""
    key = after["key"]
    if before == after:
        what = f"already set to {_value(after)}" if after["is_set"] else "not set"
        return f"{key} is {what}; nothing changed."
    if not after["is_set"]:
        return f"Unset {key}: the default is {_value(after)} (was {_value(before)})"
    return f"Set {key} to {_value(after)} (was {_value(before)}{'' if before['is_set'] else ', the default'})"


def _value(row: View) -> str:
    return str("none" if row["value"] is None else row["value"])
