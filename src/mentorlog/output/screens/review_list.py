"""Looking back: the list of reviews, and when the next one is due."""

from __future__ import annotations

from datetime import date

from mentorlog import dates
from mentorlog.domain import loop
from mentorlog.domain.reviewing.due import Due
from mentorlog.models.views import View
from mentorlog.output.table import ID, Column

COLUMNS = (
    ID,
    Column("on", lambda view: dates.say(view["on"]), keep=9),
    Column("kind", lambda view: view["kind"].replace("_", " "), keep=7),
    Column("of", lambda view: "" if view["scope"] == "all" else view["scope"], keep=8),
    Column("verdicts", lambda view: _verdict_words(view), shrink=True),
    Column("next", lambda view: dates.say(view["next_on"]) if view["next_on"] else "", keep=4),
)


def _verdict_words(view: View) -> str:
    counted: dict[str, int] = {}
    for verdict in view["verdicts"]:
        counted[verdict["verdict"]] = counted.get(verdict["verdict"], 0) + 1
    return ", ".join(f"{count} {word}" for word, count in counted.items())


def due(found: Due | None, today: date) -> str:
    """Return when the next review is due, and why, in one sentence."""
    if found is None:
        return "No review is due: the journal is empty."
    when = dates.ago(found.on, today)
    verb = "is due" if found.on >= today.isoformat() else "was due"
    if found.named and found.last:
        why = f"as review {found.last['id']} of {dates.say(found.last['on'])} says"
    elif found.last:
        why = f"{loop.RULES.review_days} days after review {found.last['id']} of {dates.say(found.last['on'])}"
    else:
        why = f"{loop.RULES.review_days} days after the first record of {dates.say(str(found.first_day))}"
    return f"The next review {verb} on {dates.say(found.on)} ({when}): {why}."
