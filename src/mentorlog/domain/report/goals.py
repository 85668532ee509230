"""The goals of a report: their evidence day by day, their dates, where they stand. Pure."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from mentorlog import dates, vocabulary
from mentorlog.domain import loop, pace
from mentorlog.domain.report.records import Mark, Records
from mentorlog.models.counts import standing, step
from mentorlog.models.views import goal_state, joined, times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorlog.models.view_types import GoalView

_KINDS = {"goal": "progress", "review": "verdict", "meeting": "meeting", "task": "task", "note": "note"}
_NO_DAY = "9999"


class GoalRow(NamedTuple):
    """A goal: its words, and the days of its strip."""

    id: str
    title: str
    about: Sequence[str]
    why: str | None
    measure: str | None
    status: str
    state: str
    remark: str
    evidence: Sequence[tuple[str, str]]
    """(day, what) in words, the newest first."""
    marks: Sequence[Mark]
    begun: str
    ended: str
    quiet_since: str | None
    by: str | None
    earlier: Sequence[str]


def rows(records: Records) -> list[GoalRow]:
    """Return the goals that were open in the period: the active by their dates, then the paused, then the closed."""
    marks = evidence(records)
    mine = [goal for goal in records.shown("goal") if not goal["whose"]]
    goals = [goal for goal in mine if _status(goal, records) in vocabulary.OPEN_GOALS]
    goals.sort(key=lambda goal: (_status(goal, records), _by(goal, records) or _NO_DAY, goal["id"]))
    closed = [goal for goal in mine if goal not in goals and records.covers(goal["closed_on"])]
    closed.sort(key=lambda goal: (goal["closed_on"], goal["id"]), reverse=True)
    return [_row(goal, marks.get(goal["id"], []), records) for goal in (*goals, *closed)]


def evidence(records: Records) -> dict[str, list[Mark]]:
    """Return the evidence of each goal until the last day, in order."""
    found = defaultdict[str, set[Mark]](set)
    for kind, word in _KINDS.items():
        for view in records.of(kind):
            for goal, day in loop.evidence(view):
                if day <= records.until:
                    found[goal].add(Mark(day, word))
    return {goal: sorted(marks) for goal, marks in found.items()}


def _row(goal: GoalView, marks: Sequence[Mark], records: Records) -> GoalRow:
    status, by = _status(goal, records), _by(goal, records)
    created, last = goal["created"][:10], marks[-1].on if marks else None
    is_quiet = status == "active" and loop.quiet(goal, last, records.today, records.rules, records.blocks)
    begun = min(created, marks[0].on) if marks else created
    earlier = _earlier(goal, by, records)
    done = standing(goal, records.until)
    is_open = status in vocabulary.OPEN_GOALS
    ended = records.until if is_open else goal["closed_on"] or records.until
    return GoalRow(
        id=goal["id"],
        title=goal["title"],
        about=list(filter(None, (_area(goal), f"since {records.day(begun)}", _date(by, earlier, records)))),
        why=goal["why"],
        measure=goal["measure"],
        status=status,
        state=_state(status, done, ended, records),
        remark=_remark(goal, last, is_quiet=is_quiet, by=by if status == "active" else None, records=records),
        evidence=_days(goal, marks, records),
        marks=[mark for mark in marks if mark.on >= records.since],
        begun=begun,
        ended=ended,
        quiet_since=(last or created) if is_quiet else None,
        by=by,
        earlier=earlier,
    )


def _area(goal: GoalView) -> str:
    words = vocabulary.COMPETENCY_NAMES[goal["competency"]] if goal["competency"] else goal["domain"] or ""
    return words.replace("_", " ")


def _date(by: str | None, earlier: Sequence[str], records: Records) -> str:
    if not earlier:
        return f"by {records.day(by)}" if by else "no date"
    moved = f"moved {times(len(earlier))} (was {joined([records.day(day) for day in earlier])})"
    return ", ".join(filter(None, (f"by {records.day(by)}" if by else "", moved)))


def _state(status: str, done: str, ended: str, records: Records) -> str:
    if status not in vocabulary.OPEN_GOALS:
        return f"{goal_state(status)} {records.day(ended)}"
    return f"{status}, {done}" if done else status


def _remark(goal: GoalView, last: str | None, *, is_quiet: bool, by: str | None, records: Records) -> str:
    needed = pace.needed(goal, records.today) if by and by == goal["by"] else None
    parts = [f"last evidence {records.day(last)}" if last else "no evidence yet"]
    if is_quiet and last:
        parts.append(f"none for {dates.span(last, records.today)}")
    parts.append("past its date" if by and by < records.until else "")
    parts.append(f"{needed['left']} to go, {pace.words(needed, records.today)}" if needed else "")
    return ", ".join(filter(None, parts))


def _days(goal: GoalView, marks: Sequence[Mark], records: Records) -> list[tuple[str, str]]:
    """Return the evidence of the period in words; progress with what was written of it."""
    said: dict[str, str] = {}
    for entry in goal["progress"]:
        parts = ", ".join(filter(None, (step(goal, entry), entry["text"])))
        said[entry["on"]] = ": ".join(filter(None, ("progress", parts)))
    recent = (mark for mark in reversed(marks) if mark.on >= records.since)
    return [(mark.on, said[mark.on] if mark.kind == "progress" else mark.kind) for mark in recent]


# As of the last day


def _status(goal: GoalView, records: Records) -> str:
    """Return the status on the last day, as far as the history is known."""
    later = [entry for entry in goal["history"] if entry["field"] == "status" and entry["on"] > records.until]
    if later and later[0]["old"]:
        return later[0]["old"]
    return "active" if (goal["closed_on"] or "") > records.until else goal["status"]


def _by(goal: GoalView, records: Records) -> str | None:
    later = [entry for entry in goal["history"] if entry["field"] == "by" and entry["on"] > records.until]
    return _known_day(later[0]["old"]) if later else goal["by"]


def _earlier(goal: GoalView, by: str | None, records: Records) -> list[str]:
    moves = (entry for entry in goal["history"] if entry["field"] == "by" and entry["on"] <= records.until)
    return [day for entry in moves if (day := _known_day(entry["old"])) and day != by]


def _known_day(text: str | None) -> str | None:
    """Return a day of a goal's history; None if it is another text, as a file that was written by hand may have."""
    try:
        return date.fromisoformat(text or "").isoformat()
    except ValueError:
        return None
