"""The messages of `set`: the new values as they were understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorlog.models.views import View, noun
from mentorlog.output.fields import Names, field_lines, is_empty
from mentorlog.output.phrases import describe, unchanged
from mentorlog.output.text import spaced


def sentence(before: View, after: View) -> str:
    """Return which record was set, or that nothing changed."""
    if before == {key: item for key, item in after.items() if key != "new_tasks"}:
        what = "Your profile" if after["record"] == "profile" else f"{noun(after).capitalize()} {after['id']}"
        return unchanged(f"{what} is already set to that")
    return f"Set {describe(after)}"


def lines(view: View, keys: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return a line for each key (`by`, `progress.2.text`) as `show` formats it."""
    shown: dict[str, None] = {}
    for key in keys:
        field, *steps = key.split(".")
        value, number = view.get(field), ""
        if isinstance(value, list) and steps and steps[0].isdecimal():
            value, number = value[int(steps[0]) - 1 :][:1], f" {steps[0]}"
        elif isinstance(value, dict) and steps and field not in ("cadence", "cv"):
            value = {steps[0]: value.get(steps[0])}
        texts = [] if is_empty(value) else field_lines(view, field, value, Names(names))
        values = [(f"{label}{number}", " ".join("; ".join(paragraphs).split())) for label, paragraphs in texts]
        for label, text in values or [(" ".join(map(spaced, key.split("."))), "empty")]:
            shown[f"  {label}: {text}"] = None
    return list(shown)
