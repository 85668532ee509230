"""The question before a record is erased, and what went and was not reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mentorlog.domain.reports import ForgetPlan
from mentorlog.models.views import View
from mentorlog.output.phrases import counted, describe, shorten

_NAMED = 5
_ELSEWHERE = (
    "backups, and copies on other machines (sync)",
    "exports and prints",
    "the history of your shell, if its words stood in a command",
    "old blocks of the disk",
)


def question(traces: ForgetPlan, title: str | None) -> str:
    """Return what is asked; a record that is there still is named with its title."""
    return f"Forget {traces.record} {traces.id}{f': {shorten(title)}' if title else ''} for good?"


def warnings(traces: ForgetPlan, others: Sequence[str]) -> list[str]:
    """Return what goes, who refers to it, and that there is no way back."""
    lines = [
        f"It goes for good, with its texts in {counted(traces.operations, 'operation')} of the log.",
        "No undo brings it back, nor takes back what was changed before it.",
    ]
    lines += [f"This goes too, for it holds words of it: {path}" for path in traces.other_files]
    return lines + ([f"Records refer to it: {_named(others)}"] if others else [])


def lines(traces: ForgetPlan, others: Sequence[str]) -> list[str]:
    """Return what was forgotten, and where it may still be."""
    texts = f"its texts in {counted(traces.operations, 'operation')} of the log"
    gone = [f"Forgot {traces.record} {traces.id} for good, with {texts}."]
    gone += [f"Removed {path}" for path in traces.other_files]
    if others:
        gone.append(f"Records that refer to it may repeat its words: {_named(others)}")
    return [*gone, "Not reached, if they are there:", *(f"- {place}" for place in not_reached(traces))]


def data(traces: ForgetPlan, others: Sequence[str]) -> dict[str, Any]:
    """Return the same for scripts."""
    shown = {"id": traces.id, "record": traces.record, "operations": traces.operations}
    return {**shown, "removed": traces.other_files, "references": others, "not_reached": not_reached(traces)}


def not_reached(traces: ForgetPlan) -> list[str]:
    """Return the places where the texts may be, and where mentorlog removes nothing."""
    return [f"the history of git{'' if traces.git is None else f' in {traces.git}'}", *_ELSEWHERE]


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def references(view: View, others: Sequence[View]) -> str:
    """Return which refer to one: `2 records refer to goal g7k3q: Case report (t4m2x, n5x2k).`"""
    ids = ", ".join(other["id"] for other in others[:_NAMED]) + (" …" if len(others) > _NAMED else "")
    verb = "refers" if len(others) == 1 else "refer"
    return f"{counted(len(others), 'record')} {verb} to {describe(view)} ({ids})."
