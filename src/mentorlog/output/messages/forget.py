"""The question before a record is erased, what was erased, and what was not reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mentorlog.domain.reports import ForgetPlan
from mentorlog.models.views import View, counted, first_of, heading, noun
from mentorlog.output.phrases import describe, shorten

_NAMED = 5
_ELSEWHERE = (
    "backups, and copies on other machines (sync)",
    "exports and printouts",
    "your shell history, if a command contained its text",
    "freed disk blocks",
)


def question(traces: ForgetPlan, view: View | None) -> str:
    """Return the question; a record that still exists is named with its title."""
    what = f"{noun(view)} {traces.id} ({shorten(heading(view))})" if view else f"{traces.record} {traces.id}"
    return f"Erase {what} permanently?"


def warnings(traces: ForgetPlan, others: Sequence[str]) -> list[str]:
    """Return what is erased, what links to it, and that undo cannot help."""
    lines = [
        f"This also erases its content in {counted(traces.operations, 'operation')} of the log.",
        "Undo cannot bring it back, and undoes changes made before this only one by one.",
    ]
    lines += [f"This file contains its text and is erased too: {path}" for path in traces.other_files]
    return lines + ([f"Records that link to it: {first_of(others, _NAMED)}"] if others else [])


def lines(traces: ForgetPlan, others: Sequence[str], view: View | None) -> list[str]:
    """Return what was erased, and where its text may still be."""
    content = f"its content in {counted(traces.operations, 'operation')} of the log"
    gone = [f"Erased {noun(view) if view else traces.record} {traces.id} and {content}"]
    gone += [f"Erased {path}" for path in traces.other_files]
    if others:
        gone.append(f"Records that link to it may repeat its text: {first_of(others, _NAMED)}")
    return [*gone, "Not erased, if they exist:", *(f"- {place}" for place in not_reached(traces))]


def data(traces: ForgetPlan, others: Sequence[str]) -> dict[str, Any]:
    """Return the same data for scripts."""
    shown = {"id": traces.id, "record": traces.record, "operations": traces.operations}
    return {**shown, "removed": traces.other_files, "references": others, "not_reached": not_reached(traces)}


def not_reached(traces: ForgetPlan) -> list[str]:
    """Return the places where its text may be and mentorlog erases nothing."""
    versions = [f"old versions that a sync program keeps in {path}" for path in traces.versions]
    git = f"the git history{'' if traces.git is None else f' in {traces.git}'}"
    return [*_remote(traces.remote), git, *versions, *_ELSEWHERE]


def _remote(address: str | None) -> Iterator[str]:
    """Yield what a sync does not erase."""
    if address is not None:
        yield f"the history of {address}; the next sync deletes the record there and on your other machines"
        yield "what mentorlog keeps of that history on this machine (to erase it in both: mentorlog sync --forget)"


def references(view: View, others: Sequence[View]) -> str:
    """Return which records link to one: `2 records link to goal g7k3q: Case report (t4m2x, n5x2k).`"""
    ids = ", ".join(other["id"] for other in others[:_NAMED]) + (" …" if len(others) > _NAMED else "")
    verb = "links" if len(others) == 1 else "link"
    return f"{counted(len(others), 'record')} {verb} to {describe(view)} ({ids})."
