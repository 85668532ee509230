"""The sentences after a change of a goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorlog import dates
from mentorlog.models.views import View
from mentorlog.output.phrases import joined, ref, sentence


def added(goal: View, people: Sequence[View], parent: View | None) -> str:
    """Return that a goal was added, with all that was understood besides."""
    words = [f"due {dates.say(goal['by'])}"] if goal["by"] else []
    words += [f"with {joined([person['name'] for person in people])}"] if people else []
    words += [f"part of goal {ref(parent['id'], parent['title'])}"] if parent else []
    return sentence(f"Added goal {goal['id']}: {goal['title']}", words)


_LINKS = ("parent", "mentors")


def linked(entries: Sequence[View]) -> list[str]:
    """Return the ids of the records that a revision names."""
    texts = [entry[side] or "" for entry in entries if entry["field"] in _LINKS for side in ("old", "new")]
    return [part.partition(" ")[0] for text in texts for part in text.split(", ") if part]


def revision(goal: View, entries: Sequence[View], names: Mapping[str, str]) -> list[str]:
    """Return what a revision says: a line for each entry of the history, with the old and the new value.

    `names` has the name or title of every record that it names.
    """
    if not entries:
        return [f"Goal {goal['id']}: {goal['title']} says so already; nothing was changed."]
    from mentorlog.output.fields import Words, label

    words = Words(names)
    say = {"parent": words.record, "mentors": words.person}

    def value(text: str | None, field: str) -> str:
        if not text or field not in say:
            return dates.said(text)
        parts = [part.partition(" ") for part in dates.said(text, field).split(", ")]
        return ", ".join(f"{say[field](id)}{space}{told}" for id, space, told in parts)

    lines = [f"Revised goal {goal['id']}: {goal['title']}"]
    for entry in entries:
        old, new = (value(entry[side], entry["field"]) for side in ("old", "new"))
        lines.append(f"  {label(entry['field'])}: {old} → {new}")
    return lines
