"""The sentences after a change of a goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorlog import dates
from mentorlog.models.views import View
from mentorlog.output.phrases import joined, ref, sentence, spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.output.fields import Names


def added(goal: View, people: Sequence[View], parent: View | None) -> str:
    """Return that a goal was added, with all that was understood besides."""
    details = [f"due {dates.say(goal['by'])}"] if goal["by"] else []
    details += [f"with {joined([person['name'] for person in people])}"] if people else []
    details += [f"part of goal {ref(parent['id'], parent['title'])}"] if parent else []
    return sentence(f"Added goal {goal['id']}: {goal['title']}", details)


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
    from mentorlog.output.fields import Names  # most changes of a goal need no table of fields

    lines = [f"Revised goal {goal['id']}: {goal['title']}"]
    for entry in entries:
        old, new = (_past_value(entry[side], entry["field"], Names(names)) for side in ("old", "new"))
        lines.append(f"  {spaced(entry['field'])}: {old} → {new}")
    return lines


def _past_value(text: str | None, field: str, names: Names) -> str:
    """Return a value of the history; of a record that it names, with the name or title."""
    if not text or field not in _LINKS:
        return dates.said(text)
    name = names.record if field == "parent" else names.person
    parts = [part.partition(" ") for part in dates.said(text, field).split(", ")]
    return ", ".join(f"{name(id)}{space}{rest}" for id, space, rest in parts)
