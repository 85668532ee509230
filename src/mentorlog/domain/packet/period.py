"""The period that a packet looks back on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mentorlog import date_words, dates
from mentorlog.domain.reviewing.period import start_of_months
from mentorlog.errors import BadValue, shortened
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import ReviewView

WORDS = {"half-year": 6, "year": 12}
"""The periods that a word names, in months that end today."""

RECENT = 45  # days for which a packet is that of the last review; after them, a new one is prepared


class Period(Value):
    """The first and the last day."""

    start: date
    end: date


def parsed(text: str, today: date, first_weekday: int = 0) -> Period:
    """Return the period for `half-year`, `year` or `START..END`; BadValue for anything else."""
    word = text.strip().lower().replace("_", "-").replace(" ", "-")
    if word in WORDS:
        return Period(start_of_months(today, WORDS[word]), today)
    first, dots, last = text.partition("..")
    if not dots or not first.strip() or not last.strip():
        raise BadValue(
            "period", f"{shortened(text)} is not a period.", "use half-year, year, or two dates: 2026-07-01..2026-12-31"
        )
    start = _iso(first) or date_words.back(first, today, first_weekday)
    end = _iso(last) or date_words.ahead(last, start, first_weekday)  # words count from the first day: `1 jul..31 dec`
    if end < start:
        days = dates.say(start), dates.say(end)
        sentence = f"The period begins on {days[0]} and ends before that, on {days[1]}."
        raise BadValue("period", sentence, "swap the dates")
    return Period(start, end)


def _iso(text: str) -> date | None:
    """Return a day in digits, which may be in the future; None for words."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def default(reviews: Sequence[ReviewView], kinds: Sequence[str], months: int, today: date) -> Period:
    """Return the period of the last review of some kinds if it is recent, else the time since, else some months."""
    of_kind = [one for one in reviews if one["kind"] in kinds and one["scope"] == "all"]
    if not of_kind:
        return Period(start_of_months(today, months), today)
    last = max(of_kind, key=lambda one: (one["on"], one["id"]))
    period = Period(*(date.fromisoformat(last["period"][side]) for side in ("start", "end")))
    if period.end >= today - timedelta(days=RECENT):
        return period
    return Period(period.end + timedelta(days=1), today)
