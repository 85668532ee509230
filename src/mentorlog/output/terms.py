"""The terms of an agreement in words, for messages and screens; the caller makes them safe."""

from __future__ import annotations

from mentorlog import dates, vocabulary
from mentorlog.domain.agreement import terms
from mentorlog.models.views import called, counted
from mentorlog.output import phrases
from mentorlog.output.text import spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from mentorlog.domain.agreement import TermChange
    from mentorlog.models.view_types import MentorView

    Line = tuple[str, str]  # a label and a text

_LABELS = {"term_ends": "until", "response_days": "answers", "prep_days": "material", "scheduled_by": "arranged by"}
_NOUNS = {
    "mine": "what I expect",
    "theirs": "what they expect",
    "response_days": "how soon to answer",
    "prep_days": "when to send material",
    "scheduled_by": "who arranges meetings",
}


def label(name: str) -> str:
    """Return what a term is called."""
    return _LABELS.get(name) or spaced(name)


def noun(name: str) -> str:
    """Return what a term is called within a sentence."""
    return _NOUNS.get(name) or label(name)


def text(name: str, value: Any, them: str) -> str:
    """Return the value of a term in one line; `none` for nothing."""
    if value in (None, [], ()):
        return "none"
    if name in vocabulary.EXPECTATIONS:
        return "; ".join(map(_in_one_line, value))
    match name:
        case "cadence":
            return ", ".join(phrases.cadence(value))
        case "response_days":
            return f"within {counted(value, 'day')}"
        case "prep_days":
            return f"{counted(value, 'day')} before a meeting" if value else "at the meeting"
        case "scheduled_by":
            return "me" if value == vocabulary.ME else them
        case "term_ends":
            return dates.format_value(value)
    return _in_one_line(value)


def in_words(agreed: Mapping[str, Any] | None) -> str:
    """Return all terms in one line: `purpose: A first paper; cadence: every 4 weeks`."""
    return "; ".join(f"{label(name)}: {text(name, value, 'them')}" for name, value in terms(agreed).items())


def lines(agreed: Mapping[str, Any] | None, mentor: MentorView) -> Iterator[Line]:
    """Yield a line for each term in fields of a mentor, and for each entry of a list."""
    for name, value in terms(agreed).items():
        for one in value if name in vocabulary.EXPECTATIONS else (value,):
            yield label(name), text(name, [one] if name in vocabulary.EXPECTATIONS else one, called(mentor))


def change_lines(changes: Sequence[TermChange], mentor: MentorView) -> Iterator[Line]:
    """Yield a line for each change: the old and the new value, or what was added to a list or removed from it."""
    for change in changes:
        name = change["term"]
        if name in vocabulary.EXPECTATIONS:
            yield from ((label(name), f"added: {_in_one_line(one)}") for one in change["added"])
            yield from ((label(name), f"removed: {_in_one_line(one)}") for one in change["removed"])
        else:
            old, new = (text(name, value, called(mentor)) for value in (change["old"], change["new"]))
            if name == "cadence" and change["old"] and change["new"]:  # only the parts that differ
                parts = [phrases.cadence(change["old"]), phrases.cadence(change["new"])]
                old, new = (_without(one, other) for one, other in (parts, parts[::-1]))
            yield label(name), f"{old} → {new}"


def comfort(mine: str | None, theirs: str | None) -> str:
    """Return how both feel: `me yes, them unsure`."""
    return ", ".join(f"{who} {answer}" for who, answer in (("me", mine), ("them", theirs)) if answer)


def tests(fit: Mapping[str, Any]) -> list[str]:
    """Return which of the three tests a fit meets: `productive`, `not amicable`."""
    answered = [name for name in vocabulary.FIT_TESTS if fit[name] is not None]
    return [name if fit[name] else f"not {name}" for name in answered]


def _without(parts: Sequence[str], others: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part not in others) or "none"


def _in_one_line(value: Any) -> str:
    return " ".join(str(value).split())
