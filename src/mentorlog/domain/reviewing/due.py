"""Which reviews stand for which, and when the next one is due. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from mentorlog import vocabulary
from mentorlog.domain.loop import RULES, Rules
from mentorlog.models.views import made_at
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.models.view_types import BlockView, ReviewView


ALL = "all"
"""The scope of a review of everything."""

QUICK = "quick"
"""The kind of a review of the drifting goals only."""

END_OF_BLOCK = "end_of_block"
"""The kind of a review at the end of a block."""

_NOT_QUICK = tuple(kind for kind in vocabulary.REVIEW_KINDS if kind != QUICK)
STANDS_FOR: Mapping[str, Sequence[str]] = {
    QUICK: vocabulary.REVIEW_KINDS,
    "full": _NOT_QUICK,
    END_OF_BLOCK: _NOT_QUICK,
    "semiannual": ("semiannual", "annual"),
    "annual": ("annual",),
}
"""For each kind the kinds that stand for it: a period begins after the last of these."""


def last_review(
    reviews: Iterable[ReviewView], kind: str = QUICK, scope: str = ALL, before: date | None = None
) -> ReviewView | None:
    """Return the last review that stands for one of a kind and a scope, held before a day.

    A review of everything stands for one of a goal or a mentor, never the other way round.
    """
    kinds, end = STANDS_FOR[kind], before.isoformat() if before else None
    fitting = [r for r in reviews if r["kind"] in kinds and r["scope"] in (ALL, scope) and (not end or r["on"] < end)]
    return max(fitting, key=_order, default=None)


def _order(review: ReviewView) -> Any:
    return review["on"], made_at(review), review["id"]


class Due(Value):
    """When the next review is due, and why: the review that named the day, the block that ends on it, else the last
    review or the first record.
    """

    on: str
    named_by: ReviewView | None
    last: ReviewView | None
    first_day: str | None
    block: BlockView | None = None
    days: int = RULES.review_days
    """From one review to the next, where it names no day."""

    @property
    def reason(self) -> str:
        """What determines it, for scripts."""
        if self.block:
            return END_OF_BLOCK
        return "next_on" if self.named_by else "last_review" if self.last else "first_record"

    @property
    def command(self) -> str:
        """The command that holds it: of the kind and the scope for which the day was named."""
        kind, scope = (self.named_by["kind"], self.named_by["scope"]) if self.named_by else ("full", ALL)
        kind = END_OF_BLOCK if self.block else kind
        options = ["" if kind == "full" else f"--kind {kind}", "" if scope == ALL else f"--scope {scope}"]
        return " ".join(filter(None, ["mentorlog review", *options]))


def due(
    reviews: Sequence[ReviewView], first_day: str | None, rules: Rules = RULES, blocks: Sequence[BlockView] = ()
) -> Due | None:
    """Return when the next review is due; None for an empty journal.

    It is the nearest named day that no review has met, or end of a block. Where no review of everything has named a
    day, it is some days after the last review of everything (a quick one too), or after the first record: what comes
    first.
    """
    last = last_review(reviews)
    named = [Due(str(review["next_on"]), review, last, first_day) for review in _unmet(reviews)]
    start = last["on"] if last else first_day
    if start and not any(one.named_by and one.named_by["scope"] == ALL for one in named):
        on, days = date.fromisoformat(start) + timedelta(rules.review_days), rules.review_days
        named.append(Due(on.isoformat(), None, last, first_day, days=days))
    named += [Due(str(one["to"]), None, last, first_day, one) for one in unmet_blocks(reviews, first_day, blocks)[:1]]
    return min(named, key=lambda one: one.on, default=None)


def unmet_blocks(
    reviews: Sequence[ReviewView], first_day: str | None, blocks: Sequence[BlockView]
) -> Sequence[BlockView]:
    """Return the blocks whose end no review has met, the earliest end first; those before the first record are over.

    The end of a block is met by a review of everything, but not by a quick one, that was held on its last day or later,
    or by one of its own kind in its last week. A block of a week or less, such as a leave, needs no review.
    """
    if not blocks or not first_day:
        return ()
    fitting = [(one["on"], one["kind"]) for one in reviews if one["scope"] == ALL and one["kind"] != QUICK]
    last = max((on for on, _ in fitting), default="")
    own = [on for on, kind in fitting if kind == END_OF_BLOCK]
    ends = [one for one in blocks if one["to"] >= first_day and one["to"] > last and one["from"] <= last_week(one)]
    unmet = [one for one in ends if not any(last_week(one) <= on for on in own)]
    return sorted(unmet, key=lambda one: (one["to"], one["from"]))


def last_week(block: BlockView) -> str:
    """Return the day a week before the end of a block, from which its review may be held."""
    end = date.fromisoformat(block["to"])
    return (end - timedelta(days=min(RULES.within_days, end.toordinal() - 1))).isoformat()


def _unmet(reviews: Sequence[ReviewView]) -> Iterator[ReviewView]:
    """Yield each review that has named a day which no later review has met; a quick one neither names nor meets one.

    A day is met by a review of everything, or of the same scope, that was held after the one which named it, and
    - on the named day or later, whatever its kind; or
    - earlier, if it is of the kind that named it, or an annual one in place of a semiannual one. So a full review in
      May leaves the day in June that a semiannual one named.
    """
    in_order = sorted((review for review in reviews if review["kind"] != QUICK), key=_order)
    for place, review in enumerate(in_order, 1):
        day, scopes, kind = review["next_on"], (ALL, review["scope"]), review["kind"]
        kinds = (kind, "annual") if kind == "semiannual" else (kind,)
        later = (one for one in in_order[place:] if one["scope"] in scopes)
        if day and not any(one["on"] >= day or one["kind"] in kinds for one in later):
            yield review


def as_data(due: Due | None, today: date) -> dict[str, Any]:
    """Return when the next review is due, for scripts."""
    if due is None:
        return {"due_on": None, "late": False, "reason": None, "last_review": None, "named_by": None, "command": None}
    last, named = (review["id"] if review else None for review in (due.last, due.named_by))
    late = due.on < today.isoformat()
    data = {"due_on": due.on, "late": late, "reason": due.reason, "last_review": last}
    return {**data, "named_by": named, "command": due.command}
