"""What fields say after they were set: the values as they were understood, days with their weekday."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mentorlog.models.views import View
from mentorlog.output.fields import Words, hollow, label
from mentorlog.output.messages import task as messages
from mentorlog.output.screens.record import fields


def sentence(before: View, after: View) -> str:
    """Return which record was set, or that it says so already."""
    if before == {key: item for key, item in after.items() if key != "new_tasks"}:
        what = "Your profile" if after["record"] == "profile" else f"{after['record'].capitalize()} {after['id']}"
        return f"{what} says so already; nothing was changed."
    return f"Set {messages.named(after)}"


def lines(view: View, keys: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return a line for each key (`by`, `cadence.minutes`, `progress.2.text`) with what `show` says there now.

    `names` has the name or title of every record that is named.
    """
    words = Words(names)
    told = (f"  {name}: {value}" for key in keys for name, value in _told(view, key, words))
    return list(dict.fromkeys(told))


def _told(view: View, key: str, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what a key is called, and its value in one line: a table whole, of a list the entry alone."""
    field, *steps = key.split(".")
    value, number = view.get(field), ""
    if isinstance(value, list) and steps and steps[0].isdecimal():
        value, number = value[int(steps[0]) - 1 :][:1], f" {steps[0]}"
    elif isinstance(value, dict) and steps and field != "cadence":
        value = {steps[0]: value.get(steps[0])}
    said = [] if hollow(value) else [*fields(view, field, value, words)]
    for name, paragraphs in said:
        yield f"{name}{number}", " ".join("; ".join(paragraphs).split())
    if not said:
        yield " ".join(map(label, key.split("."))), "nothing"
