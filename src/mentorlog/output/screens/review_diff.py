"""How aims moved between two reviews, laid out: goals added, closed and revised, facts side by side, fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentorlog import dates
from mentorlog.domain.reviewing.comparing import Difference, GoalChange
from mentorlog.models.views import View
from mentorlog.output.page import Page
from mentorlog.output.text import pad, safe, width, wrap

_FACTS = {
    "meetings_held": "meetings held",
    "meetings_cancelled_by_me": "cancelled by me",
    "meetings_cancelled_by_them": "cancelled by them",
    "meetings_missed": "meetings missed",
    "tasks_done": "tasks done",
    "tasks_late": "tasks late",
    "tasks_open": "tasks open",
    "promises_kept": "promises kept",
    "promises_open": "promises open",
}
_STATES = {"partly": "partly achieved"}


def lines(found: Difference, page: Page) -> list[str]:
    """Lay out the difference between an earlier and a later review."""
    days = [dates.say(found.earlier["on"]), dates.say(found.later["on"])]
    title = f"From review {found.earlier['id']} of {days[0]} to review {found.later['id']} of {days[1]}"
    body = [page.style(line, "bold") for line in wrap(safe(title), page.limit)]
    sections: list[tuple[str, list[str]]] = [
        ("Goals added", [_goal(goal) for goal in found.added]),
        ("Goals closed", [_closed(move) for move in found.closed]),
        ("Goals revised", [_revised(move) for move in found.revised]),
        ("Goals deleted", list(found.gone)),
        ("Progress", [f"{_goal(goal)}: {_percent(a)} → {_percent(b)}" for goal, a, b in found.progress]),
        ("Fit", [f"{mentor['name']}: {_word(a)} → {_word(b)}" for mentor, a, b in found.fits]),
    ]
    told = [(name, items) for name, items in sections if items]
    for name, items in told:
        body += ["", page.style(name, "bold")]
        body += [line for item in items for line in wrap(safe(item), page.limit, "    ", "  ")]
    if not told:
        body += ["", "No aim moved between them."]
    return [*body, "", page.style("Facts", "bold"), *_facts(found, page)]


def _facts(found: Difference, page: Page) -> Iterator[str]:
    rows = [(_FACTS[name], before, after) for name, before, after in found.counts if before or after]
    if not rows:
        yield "  none in either"
        return
    column = max(width(label) for label, _, _ in rows)
    numbers = _columns([before for _, before, _ in rows]), _columns([after for _, _, after in rows])
    for label, before, after in rows:
        said = f"{before:>{numbers[0]}} → {after:>{numbers[1]}}"
        yield f"  {page.style(label, 'dim')}{' ' * (column - width(label))}  {pad(said, 0)}"


def _columns(counts: Sequence[int]) -> int:
    return max(len(str(count)) for count in counts)


def _goal(goal: View) -> str:
    return f"{goal['id']} {goal['title']}"


def _closed(move: GoalChange) -> str:
    state = _STATES.get(str(move.new), str(move.new))
    return f"{_goal(move.goal)}: {state} on {dates.say(move.on)}{_reason(move)}"


def _revised(move: GoalChange) -> str:
    field = "" if move.field == "status" else f"{move.field.replace('_', ' ')} "
    moved = f"{field}{dates.said(move.old, move.field)} → {dates.said(move.new, move.field)}"
    return f"{_goal(move.goal)}: {moved} on {dates.say(move.on)}{_reason(move)}"


def _reason(move: GoalChange) -> str:
    return f" ({move.reason})" if move.reason else ""


def _percent(value: int | None) -> str:
    return "nothing noted" if value is None else f"{value}%"


def _word(answer: str | None) -> str:
    return answer.replace("_", " ") if answer else "not said"
