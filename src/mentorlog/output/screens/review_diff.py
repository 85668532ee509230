"""The screen of `review diff`: how goals, facts and fit changed between two reviews."""

from __future__ import annotations

from collections.abc import Iterator

from mentorlog import dates
from mentorlog.domain.reviewing.comparing import Difference, GoalChange
from mentorlog.models.views import called, goal_state
from mentorlog.output.page import Page
from mentorlog.output.text import spaced, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalFactView, GoalView


def lines(difference: Difference, page: Page) -> list[str]:
    """Lay out the difference between an earlier and a later review."""
    earlier, later = (f"review {one['id']} of {dates.say(one['on'])}" for one in (difference.earlier, difference.later))
    body = page.wrap(f"From {earlier} to {later}", "bold")
    sections: list[tuple[str, list[str]]] = [
        ("Goals added", [_goal(goal) for goal in difference.added]),
        ("Goals closed", [_change(change, goal_state(str(change.new))) for change in difference.closed]),
        ("Goals revised", [_change(change, _revision(change)) for change in difference.revised]),
        ("Goals deleted", list(difference.gone)),
        ("Progress", [f"{_goal(goal)}: {_far(a)} → {_far(b)}" for goal, a, b in difference.progress]),
        ("Fit", [f"{called(mentor)}: {_answer(a)} → {_answer(b)}" for mentor, a, b in difference.fits]),
        ("Comfortable", [f"{called(mentor)}: {_answer(a)} → {_answer(b)}" for mentor, a, b in difference.comforts]),
    ]
    for name, items in sections:
        if items:
            body += ["", page.style(name, "bold")]
            body += [line for item in items for line in page.wrap(item, indent="    ", first="  ")]
    if not any(items for _, items in sections):
        body += ["", "No goal changed."]
    return [*body, "", page.style("Facts", "bold"), *_facts(difference, page)]


def _facts(difference: Difference, page: Page) -> Iterator[str]:
    rows = [
        (spaced(name.removeprefix("meetings_") if "cancelled" in name else name), before, after)
        for name, before, after in difference.counts
        if before or after
    ]
    if not rows:
        yield "  none in either review"
        return
    column = max(width(label) for label, _, _ in rows)
    befores, afters = (max(len(str(row[side])) for row in rows) for side in (1, 2))
    for label, before, after in rows:
        yield f"  {page.style(label, 'dim')}{' ' * (column - width(label))}  {before:>{befores}} → {after:>{afters}}"


def _goal(goal: GoalView) -> str:
    return f"{goal['id']} {goal['title']}"


def _change(change: GoalChange, what: str) -> str:
    reason = f" ({change.reason})" if change.reason else ""
    return f"{_goal(change.goal)}: {what} on {dates.say(change.on)}{reason}"


def _revision(change: GoalChange) -> str:
    field = "" if change.field == "status" else f"{spaced(change.field)} "
    old, new = (dates.format_value(value, change.field) for value in (change.old, change.new))
    return f"{field}{old} → {new}"


def _far(fact: GoalFactView | None) -> str:
    if fact and fact.get("count") is not None:
        return f"{fact['count']} of {fact['target']}"
    return "no progress recorded" if fact is None or fact["progress"] is None else f"{fact['progress']}%"


def _answer(answer: str | None) -> str:
    return spaced(answer) if answer else "no answer"
