"""Messages of `doctor --fix`: what the log can restore, what is lost, and the question."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from mentorlog import dates
from mentorlog.domain.reports import TEMPLATE, Restorable
from mentorlog.errors import joined
from mentorlog.models.views import counted
from mentorlog.output.phrases import shorten

_NAMED = 5  # the most changes that are named by their numbers


def data(one: Restorable, restored: Sequence[str]) -> dict[str, Any]:
    """Return for scripts what the log can restore, and whether it was."""
    shown = {"path": one.path, "record": one.record, "id": one.id, "title": one.title, "message": one.problem.message}
    change = {"change": one.change.seq, "changed_at": one.change.changed_at, "lost": one.lost}
    return {**shown, "exact": one.is_exact, **change, "copy": one.copy, "restored": one.path in restored}


def offer(one: Restorable) -> list[str]:
    """Return what is wrong with a file, what the log gives back, and what is lost."""
    line = f", line {one.problem.line}" if one.problem.line else ""
    lines = [f"{one.path}{line}: {one.problem.message}"]
    title = f": {shorten(one.title)}" if one.title else ""
    what = f"{one.record} {one.id}{title}" if one.record != one.id else f"your {one.record}"
    change = f"change {one.change.seq} ({shorten(one.change.name)}{_day(one.change.changed_at)})"
    if one.is_exact:
        return [*lines, f"  The log can restore {what}, exactly as {change} left it; nothing is lost."]
    lines.append(f"  The log can restore {what}, as it was before {change}{_lost(one.lost)}.")
    if one.copy:
        lines.append(f"  Its present text may be newer, and is then saved in {one.copy}")
        lines.append(f"  To repair it yourself instead: {_editing(one)}")
    return lines


def question(offered: Sequence[Restorable]) -> str:
    """Return the question whether to restore files."""
    return "Restore it?" if len(offered) == 1 else f"Restore these {len(offered)} files?"


def how_to_restore(offered: Sequence[Restorable]) -> str:
    """Return how to restore what nobody could be asked about."""
    them = counted(len(offered), "damaged file")
    return f"hint: to restore {them} from the log, run it in a terminal, or: mentorlog doctor --fix --yes"


def lacking(missing: int) -> str:
    """Return the question whether the history may stay as it is."""
    return f"The change history lacks at least {counted(missing, 'change')} that this machine saw. Accept it as it is?"


def accepted(missing: int) -> str:
    """Return that a history without changes that were seen was accepted."""
    return f"Accepted the change history without at least {counted(missing, 'change')} that this machine saw."


ACCEPTED_FILES = "Accepted mentorlog's own files as those of this machine."


def _editing(one: Restorable) -> str:
    if one.record == TEMPLATE:
        return f"mentorlog template edit {one.id}"
    return "use a text editor" if one.record == "journal" else f"mentorlog edit {one.id}"


def _lost(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    if len(numbers) > _NAMED:
        return f"; what {len(numbers)} changes did to it is lost"
    which = "that change" if len(numbers) == 1 else f"changes {joined([str(number) for number in sorted(numbers)])}"
    return f"; what {which} did to it is lost"


def _day(text: str) -> str:
    with suppress(ValueError):
        return f", {dates.say(datetime.fromisoformat(text).date())}"
    return ""
