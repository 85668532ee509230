"""How far goals with a target are: counts, percentages and the words for them. Lists load it only for such goals."""

from __future__ import annotations

from mentorlog.models.views import latest, percentage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, ProgressView


def percent(goal: GoalView, until: str | None = None) -> int | None:
    """Return the last percentage of a goal, or the one on a date: with a target that of the count, at most 100."""
    if goal["target"] is None:
        return percentage(goal, until)
    of = target(goal, until)
    entry = _measured(goal, of, until)
    if entry and of and entry["count"] is not None:
        return min(int(round(entry["count"] * 100 / of, 6)), 100)
    return entry["percent"] if entry else None


def amount(goal: GoalView, until: str | None = None) -> float | None:
    """Return the last count of a goal, or the one on a date."""
    entry = latest((entry for entry in goal["progress"] if entry["count"] is not None), until)
    return entry["count"] if entry else None


def standing(goal: GoalView, until: str | None = None, *, unit: bool = True) -> str:
    """Return how far a goal is: `30 of 50 procedures`, without a target or a count `60%`; empty if that is unknown."""
    of = target(goal, until)
    entry = _measured(goal, of, until)
    if of and (entry is None or entry["count"] is not None):
        return _out_of(entry["count"] if entry else 0, of, goal["unit"] if unit else None)
    return f"{entry['percent']}%" if entry else ""


def step(goal: GoalView, entry: ProgressView) -> str:
    """Return how far a goal was with an entry of its progress, in the words of `standing`; empty for a comment."""
    count, of = entry["count"], target(goal, entry["on"])
    counted = "" if count is None else _out_of(count, of, goal["unit"]) if of else str(count)
    return ", ".join(filter(None, (counted, "" if entry["percent"] is None else f"{entry['percent']}%")))


def _out_of(count: float | None, target: float, unit: str | None) -> str:
    return f"{count} of {target}{f' {unit}' if unit else ''}"


def _measured(goal: GoalView, target: float | None, until: str | None) -> ProgressView | None:
    """Return the last entry with a percentage, or with a count towards a target."""
    entries = goal["progress"]
    return latest(
        (one for one in entries if one["percent"] is not None or (target and one["count"] is not None)), until
    )


def target(goal: GoalView, until: str | None = None) -> float | None:
    """Return the target of a goal, or the one on a date, as far as its history is known."""
    if until and goal["target"] is not None:
        later = (one["old"] for one in goal["history"] if one["field"] == "target" and one["on"] > until)
        old = next(later, None)
        if old and old.replace(".", "", 1).isdecimal():  # not what was written by hand
            return float(old) if "." in old else int(old)
    return goal["target"]
