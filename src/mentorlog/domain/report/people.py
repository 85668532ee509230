"""The mentors of a report: their meetings against the agreed rhythm, and the promises on both sides. Pure."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from mentorlog import dates, vocabulary
from mentorlog.domain import loop
from mentorlog.domain.mentees import only_mentored
from mentorlog.domain.report.records import Mark, Records
from mentorlog.domain.stretch import stretched
from mentorlog.models.views import joined, latest, noun

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorlog.models.view_types import MeetingView, MentorView, TaskView

KEPT = ("kept", "late")
PROMISES = {
    "kept": "kept",
    "late": "kept late",
    "open": "open",
    "over": "open, past its date",
    "dropped": "dropped",
}
"""The states of a promise, in their order, and the words for them."""

_CANCELLED = {vocabulary.ME: "cancelled by me", "them": "cancelled by them"}
_TALLIED = {
    "held": "held",
    **{words: words for words in _CANCELLED.values()},
    "cancelled": "cancelled",
    "missed": "missed",
    "planned": "not recorded yet",
}
"""What became of meetings, in the order of their counts, and the words for it."""
_RESTING = ("paused", *vocabulary.PAST_MENTORS)


class MentorRow(NamedTuple):
    """The meetings with a mentor: their words, and the days of their strip."""

    id: str
    name: str
    about: Sequence[str]
    state: str
    remarks: Sequence[str]
    days: Sequence[tuple[str, str]]
    """(day, what) in words, the newest first."""
    marks: Sequence[Mark]
    gaps: Sequence[tuple[str, str]]
    begun: str
    ended: str
    is_over: bool
    is_mentee: bool


class PromiseRow(NamedTuple):
    """How many promises to and of a mentor are in which state."""

    name: str
    mine: Counter[str]
    theirs: Counter[str]


def rows(records: Records) -> tuple[list[MentorRow], list[str]]:
    """Return the mentors with a meeting or a rhythm in the period, and the names of others in touch."""
    found: list[MentorRow] = []
    also: list[str] = []
    for mentor in _people(records):
        meetings = [one for one in records.of("meeting") if mentor["id"] in one["mentors"]]
        meetings.sort(key=lambda one: (one["on"], one["at"] or "", one["id"]))
        marks = [Mark(one["on"], meeting_status(one, records.until)) for one in meetings]
        recent = [mark for mark in marks if records.covers(mark.on)]
        status = _status(mentor, records.until)
        if recent or (mentor["cadence"] and status in vocabulary.MET_MENTORS):
            found.append(_row(mentor, status, meetings, marks, records))
        elif status in vocabulary.LIVE_MENTORS:
            also.append(mentor["name"])
    return found, also


def promises(records: Records) -> tuple[list[PromiseRow], Counter[str], Counter[str]]:
    """Return the promises of the period by mentor, and those of both sides together."""
    linked = [view for kind in ("meeting", "goal") for view in records.of(kind)]
    shared = {view["id"]: _mentors_of(view) for view in linked}
    mine, theirs = dict[str, Counter[str]](), dict[str, Counter[str]]()
    sums = Counter[str](), Counter[str]()
    mentees = only_mentored(records.of("mentor"))
    for task in records.of("task"):
        if task["owner"] in mentees:  # what I gave them to do is no promise to me
            continue
        is_mine = task["owner"] == vocabulary.ME
        people = loop.owed_to(task, shared) if is_mine else [task["owner"]]
        state = _promise(task, records)
        if people and state and not loop.is_unasked(task):
            sums[not is_mine][state] += 1
            for id in people:
                (mine if is_mine else theirs).setdefault(id, Counter())[state] += 1
    everyone = ((one["name"], mine.get(one["id"]), theirs.get(one["id"])) for one in _people(records))
    found = [PromiseRow(name, own or Counter(), other or Counter()) for name, own, other in everyone if own or other]
    return found, *sums


def meeting_status(meeting: MeetingView, until: str) -> str:
    """Return the status of a meeting as of a day: one after it was planned then."""
    return "planned" if meeting["on"] > until else meeting["status"]


def _people(records: Records) -> list[MentorView]:
    """Return the mentors in the order of lists."""
    order = vocabulary.LISTED_MENTORS
    return sorted(
        records.shown("mentor"),
        key=lambda one: (order.index(_status(one, records.until)), one["name"], one["id"]),
    )


def _mentors_of(view: MeetingView) -> list[str]:
    return [one if isinstance(one, str) else one["mentor"] for one in view["mentors"]]


def _status(mentor: MentorView, until: str) -> str:
    """Return the status of a mentorship on a day, as far as its log is known."""
    later = [one for one in mentor["status_log"] if one["on"] > until]
    known = latest(mentor["status_log"], until)
    return known["status"] if later and known else mentor["status"]


# Meetings


def _row(
    mentor: MentorView, status: str, meetings: Sequence[MeetingView], marks: Sequence[Mark], records: Records
) -> MentorRow:
    ended = _ended(mentor, status, marks, records)
    held = [mark.on for mark in marks if mark.kind == "held" and mark.on <= records.until]
    ahead = [mark.on for mark in marks if mark.kind == "planned" and mark.on >= records.until]
    gaps = [gap for gap in _gaps(mentor, status, held, ahead, records) if gap[1] >= records.since]
    last, coming = (f"last {records.day(held[-1])}" if held else ""), (f"next {records.day(ahead[0])}" if ahead else "")
    longer = [f"{records.day(first)} to {records.day(end)}" for first, end in gaps]
    recent = [(one, mark) for one, mark in zip(meetings, marks, strict=True) if mark.on >= records.since]
    is_mentee = noun(mentor) == "mentee"
    roles = ", ".join(role.replace("_", " ") for role in mentor["roles"])
    rhythm = dates.every(mentor["cadence"]["every_days"]) if mentor["cadence"] else ""
    met = [one["on"] for one in mentor["status_log"] if one["status"] in vocabulary.MET_MENTORS]
    begun = min(filter(None, (mentor["started"], *met, *(mark.on for mark in marks[:1]))), default=records.since)
    state = {"active": f"since {records.day(begun)}", "ended": f"ended {records.day(ended)}"}.get(status)
    state = state or status.replace("_", " ")
    return MentorRow(
        id=mentor["id"],
        name=mentor["name"],
        about=list(filter(None, ("mentee" if is_mentee else roles, rhythm, state))),
        state=_tally([(one, mark) for one, mark in recent if mark.on <= records.until]),
        remarks=list(filter(None, (", ".join(filter(None, (last, coming))), _longer(longer)))),
        days=[(mark.on, _what(one, mark.kind)) for one, mark in reversed(recent)],
        marks=[mark for _, mark in recent],
        gaps=gaps,
        begun=begun,
        ended=ended,
        is_over=status in vocabulary.PAST_MENTORS,
        is_mentee=is_mentee,
    )


def _longer(gaps: Sequence[str]) -> str:
    return f"longer than agreed: {joined(gaps)}" if gaps else ""


def _what(meeting: MeetingView, status: str) -> str:
    if status != "cancelled":
        return status
    return _CANCELLED.get(meeting["cancelled_by"] or "", "cancelled")


def _tally(recent: Sequence[tuple[MeetingView, Mark]]) -> str:
    counts = Counter(_what(one, mark.kind) for one, mark in recent)
    return ", ".join(f"{counts[what]} {words}" for what, words in _TALLIED.items() if counts[what]) or "no meeting"


def _ended(mentor: MentorView, status: str, marks: Sequence[Mark], records: Records) -> str:
    if status not in vocabulary.PAST_MENTORS:
        return records.until
    log = [one["on"] for one in mentor["status_log"] if one["status"] == status and one["on"] <= records.until]
    return log[-1] if log else max((mark.on for mark in marks if mark.on <= records.until), default=records.until)


def _gaps(
    mentor: MentorView, status: str, held: Sequence[str], ahead: Sequence[str], records: Records
) -> Iterator[tuple[str, str]]:
    """Yield the gaps between meetings that were longer than agreed, but for those with a pause in them."""
    if not mentor["cadence"]:
        return
    longest = loop.longest_gap(mentor["cadence"])
    starts = [mentor["started"]] if mentor["started"] and mentor["started"] < (held[0] if held else "9999") else []
    rests = [one["on"] for one in mentor["status_log"] if one["status"] in _RESTING]
    for first, end in pairwise([*starts, *held]):
        is_long = stretched(date.fromisoformat(first), longest, records.blocks).isoformat() < end
        if is_long and not any(first <= day < end for day in rests):
            yield first, end
    last, coming = held[-1] if held else None, next(iter(ahead), None)
    due = loop.contact({**mentor, "status": status}, last, coming, records.today, records.blocks)
    if due and due["overdue_on"] < records.until:
        yield (held or starts or [mentor["created"][:10]])[-1], records.until


# Promises


def _promise(task: TaskView, records: Records) -> str:
    """Return the state of a promise on the last day; "" if it was closed before the period."""
    until = records.until
    if loop.was_open(task, until):
        return "over" if loop.was_late(task, until) else "open"
    if task["status"] == "dropped":
        return "dropped" if records.covers(task["created"][:10]) else ""
    done_on = task["done_on"] or task["created"][:10]
    if not records.covers(done_on):
        return ""
    return "late" if task["due"] and done_on > task["due"] else "kept"


def in_words(states: Counter[str]) -> str:
    """Return promises in words: `2 kept, 1 open`."""
    return ", ".join(f"{states[state]} {word}" for state, word in PROMISES.items() if states[state])


def kept(states: Counter[str]) -> tuple[str, str]:
    """Return how many promises were kept, for a figure and its remark; a dropped one does not count."""
    total = sum(states.values()) - states["dropped"]
    late, over = states["late"], states["over"]
    parts = [("kept" + (f" ({late} late)" if late else "")) if total else "in this period"]
    parts += [f"{over} past {'its' if over == 1 else 'their'} date"] if over else []
    return f"{sum(states[one] for one in KEPT)} of {total}" if total else "none", ", ".join(parts)
