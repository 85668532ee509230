"""The messages of `resolve`."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from mentorlog.domain.resolving import OPEN, Choice
from mentorlog.models.views import View, counted, noun
from mentorlog.output.conflicts import answers, label
from mentorlog.output.fields import Names
from mentorlog.output.phrases import describe, shorten, unchanged


def what(view: View) -> str:
    """Return which record is meant in a sentence: `goal g7k3q`, `your profile`."""
    return "your profile" if view["record"] == "profile" else f"{noun(view)} {view['id']}"


def question(choice: Choice, view: View) -> str:
    """Return which answer is needed."""
    name = label(choice, view)
    return f"Which passages of {name} should stay?" if choice.passages else f"Which value of {name} is right?"


def nothing(view: View) -> str:
    """Return that a record waits for no choice."""
    return unchanged(f"Nothing waits for a choice in {what(view)}")


def chosen(choice: Choice, answer: int, view: View, names: Names) -> str:
    """Return what was chosen, as a line below the sentence."""
    texts, name = answers(choice, view, names), label(choice, view)
    if choice.passages and choice.state == OPEN:
        text = "both passages stay" if answer == 1 else f"only “{shorten(texts[answer - 2])}” stays"
    else:
        text = texts[answer - 1] if choice.state == OPEN else "as it is"
    return f"  {name}: {text}"


def resolved(before: View, after: View) -> list[str]:
    """Return which record was resolved, and whether more waits in it."""
    left = len(after["conflicts"])
    more = f"{counted(left, 'conflict')} left in {what(after)}: mentorlog resolve {quote(after['id'])}"
    return [f"Resolved {describe(after)}", more if left else f"Nothing else waits for a choice in {what(after)}."]


def all_kept(views: Sequence[View]) -> list[str]:
    """Return which records are resolved as they are shown now."""
    if not views:
        return ["Nothing waits for a choice."]
    return [f"Resolved {counted(len(views), 'record')} as shown now", *(f"  {describe(view)}" for view in views)]
