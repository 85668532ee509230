"""How fast a goal with a target must go on to be there by its day. Pure; today is an argument."""

from __future__ import annotations

from datetime import date
from math import ceil

from mentorlog import dates
from mentorlog.models.counts import amount, standing
from mentorlog.models.views import latest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, PaceView


_WEEK, _MONTH = 7, 365 / 12  # days
_FEW_DAYS, _FEW_WEEKS = 14, 62  # with fewer days left, nothing is counted by the week, or by the month


def needed(goal: GoalView, today: date) -> PaceView | None:
    """Return the pace that an active goal needs; None without something left to count until a day ahead.

    Less than one a month or week is no rate: `count` and `per` are None.
    """
    target, by = goal["target"], goal["by"]
    if target is None or by is None or goal["status"] != "active" or by < today.isoformat():
        return None
    last = latest(one for one in goal["progress"] if one["percent"] is not None or one["count"] is not None)
    if last and last["count"] is None:  # a percentage says nothing of the count
        return None
    left = round(target - (amount(goal) or 0), 3)
    if left <= 0:
        return None
    days = (date.fromisoformat(by) - today).days
    per, length = ("week", _WEEK) if days < _FEW_WEEKS else ("month", _MONTH)
    exact = round(left * length / days, 6) if days >= _FEW_DAYS else 0.0
    count = ceil(exact) if exact >= 1 else None
    return {
        "left": int(left) if left == int(left) else left,
        "days": days,
        "by": by,
        "count": count,
        "per": per if count else None,
    }


def words(pace: PaceView, today: date) -> str:
    """Return a pace in a few words: `4 a month`, of less than one a month `2 in 5 months`."""
    return f"{pace['count']} a {pace['per']}" if pace["per"] else f"{pace['left']} {dates.ago(pace['by'], today)}"


def brief(goal: GoalView, today: date) -> str:
    """Return how far a goal is and the pace that it needs, beside its day: `30 of 50 procedures, 4 a month`."""
    pace = needed(goal, today)
    return f"{standing(goal)}, {words(pace, today)}" if pace and pace["per"] else standing(goal)


def sentence(goal: GoalView, today: date) -> str:
    """Return how far a goal is and what is left: `30 of 50 procedures, 20 to go: 4 a month until Mon 3 May 2027`."""
    pace = needed(goal, today)
    if pace is None:
        return standing(goal)
    day = dates.say(pace["by"])
    rate = f": {words(pace, today)} until {day}" if pace["per"] else f" by {day}"
    return f"{standing(goal)}, {pace['left']} to go{rate}"
