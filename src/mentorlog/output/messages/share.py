"""What `share` says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mentorlog import vocabulary
from mentorlog.models.views import View, joined, noun
from mentorlog.output.phrases import result, title, unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.audience import Readers

TELL = "to record that you told them"
_WITH = {"mentor": "the mentors it names", "program": "your program", "open": "anyone"}


def outcome(view: View, before: str | None, readers: Readers, names: Mapping[str, str]) -> str:
    """Return who may see a record now, or that nothing changed."""
    visibility, what = view["visibility"], f"{noun(view)} {view['id']}"
    if visibility == before:
        state = f"shared with {_WITH[visibility]}" if visibility in _WITH else "private"
        return unchanged(f"{what.capitalize()} is already {state}")
    if visibility == "private":
        return result(f"Made {what} private", title(view))
    return result(f"Shared {what} with {_WITH[visibility]}", title(view), _details(view, readers, names))


def _details(view: View, readers: Readers, names: Mapping[str, str]) -> Iterator[str]:
    """Yield `seen by William Osler and your program`, and what limits that."""
    people = ["every mentor"] if readers.all_mentors else [names.get(id, id) for id in readers.mentors]
    people += [] if readers.program else ["your program"]
    yield f"seen by {joined(people)}" if people else "seen by nobody yet"
    if view["record"] == "note" and not people and view["kind"] not in vocabulary.SHARED_NOTES:
        yield f"a note of kind {view['kind']} goes to no mentor"
    if readers.program == "theirs":
        yield "what is of a mentee goes to nobody else"
    if view["record"] == "review" and readers.mentors:
        yield "mentors see only the verdicts on their goals"
    if readers.program == "counted" and view["visibility"] != "mentor":
        yield "your program only counts it"
