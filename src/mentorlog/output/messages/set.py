"""What fields say after they were set: the values as they were understood, days with their weekday."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mentorlog.models.views import View
from mentorlog.output.fields import Names, field_lines, is_empty
from mentorlog.output.phrases import describe, spaced


def sentence(before: View, after: View) -> str:
    """Return which record was set, or that it says so already."""
    if before == {key: item for key, item in after.items() if key != "new_tasks"}:
        what = "Your profile" if after["record"] == "profile" else f"{after['record'].capitalize()} {after['id']}"
        return f"{what} says so already; nothing was changed."
    return f"Set {describe(after)}"


def lines(view: View, keys: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return a line for each key (`by`, `cadence.minutes`, `progress.2.text`) with what `show` says there now.

    `names` has the name or title of every record that is named.
    """
    all_names = Names(names)
    set_lines = (f"  {label}: {value}" for key in keys for label, value in _set(view, key, all_names))
    return list(dict.fromkeys(set_lines))


def _set(view: View, key: str, names: Names) -> Iterator[tuple[str, str]]:
    """Yield what a key is called, and its value in one line: a table whole, of a list the entry alone."""
    field, *steps = key.split(".")
    value, number = view.get(field), ""
    if isinstance(value, list) and steps and steps[0].isdecimal():
        value, number = value[int(steps[0]) - 1 :][:1], f" {steps[0]}"
    elif isinstance(value, dict) and steps and field != "cadence":
        value = {steps[0]: value.get(steps[0])}
    shown = [] if is_empty(value) else [*field_lines(view, field, value, names)]
    for label, paragraphs in shown:
        yield f"{label}{number}", " ".join("; ".join(paragraphs).split())
    if not shown:
        yield " ".join(map(spaced, key.split("."))), "nothing"
