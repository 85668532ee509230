"""The screen of `goal check`: what is missing of goals, and the commands that say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorlog import dates
from mentorlog.domain.vague import WORDS
from mentorlog.models.counts import standing
from mentorlog.models.views import counted, joined
from mentorlog.output.page import Page
from mentorlog.output.table import ALWAYS, ID, Column, layout
from mentorlog.output.text import one_line, safe, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.vague import Check
    from mentorlog.models.view_types import GoalView

_LABELS = {"why": "why", "measure": "measure", "by": "by", "told": "told", "task": "next task"}
_COLUMNS = (
    ID,
    Column("goal", "title", shrink=True),
    Column("missing", lambda check: _missing(check), keep=ALWAYS, brief=lambda check: _missing(check)),
)


def lines(checks: Sequence[Check], page: Page) -> list[str]:
    """Lay out the goals of which something is missing."""
    vague = [check for check in checks if check["missing"]]
    if not vague:
        return page.wrap("No goals lack anything." if checks else "No active goals.")
    rest = len(checks) - len(vague)
    table = layout(vague, _COLUMNS, width=page.limit, colour=page.colour, prefixes=page.prefixes(vague))
    whole = f"{counted(rest, 'other active goal')} {'lacks' if rest == 1 else 'lack'} nothing. " if rest else ""
    hint = f"{whole}Complete one with: mentorlog goal check {vague[0]['id']}"
    return [*table, "", *page.wrap(hint)]


def _missing(check: Check) -> str:
    return ", ".join(WORDS[name] for name in check["missing"])


def introduction(check: Check) -> str:
    """Return what precedes the questions."""
    return f"{check['id']} {check['title']}: {_missing(check)}"


def goal(check: Check, view: GoalView, names: Mapping[str, str], whom: str | None, page: Page) -> list[str]:
    """Lay out one goal: what it says of each, or the command that says it; `whom` is a mentor who could be told."""
    id = view["id"]
    told = [names.get(share["mentor"], share["mentor"]) for share in view["mentors"] if share["told_on"]]
    known = {
        "why": view["why"] or "",
        "measure": ", ".join(filter(None, (view["measure"], standing(view) if view["target"] else ""))),
        "by": dates.say(view["by"]) if view["by"] else "",
        "told": joined(told),
        "task": " ".join(filter(None, (check["next"], names.get(check["next"] or "")))),
    }
    commands = {
        "why": f"mentorlog set {id} why=-",
        "measure": f"mentorlog set {id} measure=-",
        "by": f"mentorlog set {id} by=-",
        "told": f"mentorlog goal tell {id} {whom}" if whom else "mentorlog mentor add",
        "task": f"mentorlog task add - --goal {id}",
    }
    column = max(map(width, _LABELS.values()))
    shown = [*page.wrap(view["title"], "bold"), ""]
    for name, label in _LABELS.items():
        head = f"{label}{' ' * (column - width(label))}  "
        is_missing = name in check["missing"]
        text = f"{WORDS[name]}; say it with: {commands[name]}" if is_missing else one_line(known[name])
        shown += page.wrap(text, *(["yellow"] if is_missing else []), indent=" " * width(head), first=safe(head))
    return shown
