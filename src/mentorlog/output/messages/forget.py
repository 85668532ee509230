"""What is asked before a record is forgotten, and what is said after: what went, and what was not reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mentorlog.domain.reports import ForgetPlan
from mentorlog.output.messages.task import echo

_NAMED = 5
_ELSEWHERE = (
    "backups, and copies on other machines (sync)",
    "exports and prints",
    "the history of your shell, if its words stood in a command",
    "old blocks of the disk",
)


def question(traces: ForgetPlan, title: str | None) -> str:
    """Return what is asked; a record that is there still is named with its title."""
    return f"Forget {traces.record} {traces.id}{f': {echo(title)}' if title else ''} for good?"


def warnings(traces: ForgetPlan, others: Sequence[str]) -> list[str]:
    """Return what is said before it is asked: what goes, who refers to it, and that there is no way back."""
    said = [f"It goes for good, with its texts in {_operations(traces.operations)}."]
    said.append("No undo brings it back, nor takes back what was changed before it.")
    said += [f"This goes too, for it holds words of it: {path}" for path in traces.other_files]
    return said + ([f"Records refer to it: {_named(others)}"] if others else [])


def lines(traces: ForgetPlan, others: Sequence[str]) -> list[str]:
    """Return what was forgotten, and where it may still be."""
    said = [f"Forgot {traces.record} {traces.id} for good, with its texts in {_operations(traces.operations)}."]
    said += [f"Removed {path}" for path in traces.other_files]
    if others:
        said.append(f"Records that refer to it may repeat its words: {_named(others)}")
    return [*said, "Not reached, if they are there:", *(f"- {place}" for place in not_reached(traces))]


def data(traces: ForgetPlan, others: Sequence[str]) -> dict[str, Any]:
    """Return the same for scripts."""
    return {
        "id": traces.id,
        "record": traces.record,
        "operations": traces.operations,
        "removed": list(traces.other_files),
        "references": list(others),
        "not_reached": not_reached(traces),
    }


def not_reached(traces: ForgetPlan) -> list[str]:
    """Return the places where the texts may be, and where mentorlog removes nothing."""
    git = [f"the history of git in {traces.git}"] if traces.git is not None else ["the history of git"]
    return [*git, *_ELSEWHERE]


def _operations(count: int) -> str:
    return f"{count} operation{'' if count == 1 else 's'} of the log"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
