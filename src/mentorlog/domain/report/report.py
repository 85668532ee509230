"""The report on a period, as of its last day. Pure."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mentorlog import dates, vocabulary
from mentorlog.domain import loop
from mentorlog.domain.action_lines import for_readers
from mentorlog.domain.loop import RULES, Rules
from mentorlog.domain.mentees import only_mentored
from mentorlog.domain.report import goals, people
from mentorlog.domain.report.goals import GoalRow
from mentorlog.domain.report.people import MentorRow, PromiseRow
from mentorlog.domain.report.records import Mark, Records
from mentorlog.domain.reviewing.applying import GOAL_WORDS
from mentorlog.fold import folded
from mentorlog.models.views import counted, done_by, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentorlog.domain.audience import Selection
    from mentorlog.models.view_types import AssessmentView, MeetingView, NoteView, ReviewView, TaskView, VerdictView

REVIEWS = {"end_of_block": "End-of-block", "semiannual": "Semi-annual"}


class Figure(NamedTuple):
    """One count at the top: its label, its number, and what belongs to it."""

    label: str
    number: str
    remark: str


class RatingRow(NamedTuple):
    """The self-ratings of one area; the kind of a mark is its number."""

    area: str
    state: str
    remark: str
    marks: Sequence[Mark]


class Entry(NamedTuple):
    """A record in words: its day, its heading, what belongs to it, its points, and (label, text) for its prose."""

    on: str
    heading: str
    remark: str = ""
    points: Sequence[tuple[str, str]] = ()
    texts: Sequence[tuple[str, str]] = ()


class Report(NamedTuple):
    """Everything that the page shows; a part without content is empty."""

    owner: str | None
    about: str
    since: str
    until: str
    period: str
    figures: Sequence[Figure]
    goals: Sequence[GoalRow]
    mentors: Sequence[MentorRow]
    has_mentees: bool
    also: Sequence[str]
    promises: Sequence[PromiseRow]
    tasks: Sequence[Entry]
    ratings: Sequence[RatingRow]
    wins: Sequence[Entry]
    reviews: Sequence[Entry]
    meetings: Sequence[Entry]
    notes: Sequence[Entry]


def of(selection: Selection, since: date | None, until: date, rules: Rules = RULES) -> Report:
    """Return the report of a selection on the days from `since`, by default a year, to `until`."""
    records = Records(selection, since, until, rules)
    profile = selection.profile
    about = [(profile["stage"] or "").replace("_", " "), profile["program"], profile["institution"]]
    mentors, also = people.rows(records)
    promised, mine, theirs = people.promises(records)
    of_goals = goals.rows(records)
    promise_figures = [
        Figure("My promises", *people.kept(mine)),
        Figure("Promises to me", *people.kept(theirs)),
    ]
    wins = [note for note in records.recent("note") if note["kind"] == "win"]
    others = [note for note in records.recent("note") if note["kind"] != "win"]
    return Report(
        owner=profile["name"],
        about=" · ".join(filter(None, about)),
        since=records.since,
        until=records.until,
        period=f"{dates.without_weekday(records.since)} to {dates.without_weekday(records.until)}",
        figures=[_meetings(records, mentors), _goals(of_goals), *promise_figures],
        goals=of_goals,
        mentors=mentors,
        has_mentees=bool(only_mentored(records.shown("mentor"))),
        also=also,
        promises=promised,
        tasks=list(_tasks(records)),
        ratings=list(_ratings(profile["assessments"], records)),
        wins=[_win(note, records) for note in wins],
        reviews=list(filter(None, (_review(review, records) for review in records.recent("review")))),
        meetings=[_meeting(one, records) for one in records.recent("meeting") if _says_something(one)],
        notes=[_note(note, records) for note in others],
    )


# The figures


def _meetings(records: Records, mentors: Sequence[MentorRow]) -> Figure:
    days = [one["on"] for one in records.of("meeting") if people.meeting_status(one, records.until) == "held"]
    held = sum(map(records.covers, days))
    met = [mentor for mentor in mentors if any(mark.kind == "held" for mark in mentor.marks)]
    mentees = sum(mentor.is_mentee for mentor in met)
    kinds = [(len(met) - mentees, "mentor"), (mentees, "mentee")]
    whom = joined([counted(count, noun) for count, noun in kinds if count])
    return Figure("Meetings held", str(held), f"with {whom}" if whom else "")


def _goals(rows: Sequence[GoalRow]) -> Figure:
    of = {status: sum(row.status == status for row in rows) for status in vocabulary.GOAL_STATUSES}
    words = {"achieved": "achieved", "partly": "partly achieved", "paused": "paused", "dropped": "dropped"}
    return Figure(
        "Goals active", str(of["active"]), ", ".join(f"{of[one]} {word}" for one, word in words.items() if of[one])
    )


# What is open, and the self-ratings


def _tasks(records: Records) -> Iterator[Entry]:
    """Yield the open tasks, the earliest due first."""
    open_tasks = [task for task in records.shown("task") if loop.was_open(task, records.until)]
    for task in sorted(open_tasks, key=lambda one: (one["due"] or "9999", one["id"])):
        yield Entry(task["due"] or "", task["title"], ", ".join(filter(None, _of_task(task, records))))


def _of_task(task: TaskView, records: Records) -> Iterator[str]:
    owner, assigned = (
        records.names([task["owner"]]),
        records.names(filter(None, [task["assigned_by"]])),
    )
    is_mentee = task["owner"] in only_mentored(records.of("mentor"))
    yield done_by(owner[0], is_mentee=is_mentee) if owner else f"for {assigned[0]}" if assigned else ""
    yield "past its date" if loop.was_late(task, records.until) else ""
    yield "draft is out" if loop.is_out(task, records.until) else ""


def _ratings(assessments: Sequence[AssessmentView], records: Records) -> Iterator[RatingRow]:
    areas: dict[str, list[AssessmentView]] = {}
    for entry in sorted(assessments, key=lambda one: one["on"]):
        if entry["on"] <= records.until:
            areas.setdefault(folded(entry["area"]), []).append(entry)
    for _, entries in sorted(areas.items()):
        if not records.covers(entries[-1]["on"]):
            continue
        values = [f"{entry['rating']:g}" for entry in entries]
        each = (f"{value} on {records.day(entry['on'])}" for value, entry in zip(values, entries, strict=True))
        yield RatingRow(
            area=entries[-1]["area"],
            state=f"{values[0]} → {values[-1]}" if len(values) > 1 else values[0],
            remark=", ".join(each),
            marks=[Mark(entry["on"], value) for entry, value in zip(entries, values, strict=True)],
        )


# Records in words


def _with(ids: Sequence[str], records: Records) -> str:
    names = joined(records.names(ids))
    return f"with {names}" if names else ""


def _win(note: NoteView, records: Records) -> Entry:
    return Entry(note["on"], "", _with(note["mentors"], records), texts=[("", note["text"])])


def _note(note: NoteView, records: Records) -> Entry:
    state = "open" if note["status"] == "open" else ""
    texts = [("", note["text"]), *([("Outcome", note["outcome"])] if note["outcome"] else [])]
    parts = (_with(note["mentors"], records), joined(records.names(filter(None, [note["goal"]]))), state)
    return Entry(note["on"], note["kind"].capitalize(), ", ".join(filter(None, parts)), texts=texts)


def _review(review: ReviewView, records: Records) -> Entry | None:
    labels = {"worked": "What worked", "did_not": "What did not", "changed": "What changed", "unlearned": "Unlearned"}
    texts = [(label, review[key]) for key, label in labels.items() if review.get(key)]  # type: ignore[literal-required]
    points = [(name, _verdict(one, records)) for one in review["verdicts"] for name in records.names([one["goal"]])]
    kind = REVIEWS.get(review["kind"], review["kind"].capitalize())
    about = joined(records.names([review["scope"]]))
    return Entry(review["on"], f"{kind} review", about, points, texts) if points or texts else None


def _verdict(verdict: VerdictView, records: Records) -> str:
    by = (verdict["changes"] or {}).get("by")
    words = f": {GOAL_WORDS[verdict['verdict']]}{f', now by {records.day(str(by))}' if by else ''}"
    return f"{words} ({verdict['reason']})" if verdict["reason"] else words


def _says_something(meeting: MeetingView) -> bool:
    return bool(meeting["status"] == "held" and (meeting["agenda"] or meeting["decisions"] or meeting["notes"]))


def _meeting(meeting: MeetingView, records: Records) -> Entry:
    points = [("✓ " if item["done"] else "", item["text"]) for item in meeting["agenda"] if item["text"]]
    decisions = [("Decided", text) for text in meeting["decisions"]]
    notes = for_readers(meeting["notes"] or "", records.selection.names)
    people = joined(records.names(meeting["mentors"]))
    mode = "" if meeting["mode"] == "in_person" else (meeting["mode"] or "").replace("_", " ")
    texts = [*decisions, *([("", notes)] if notes else [])]
    return Entry(meeting["on"], people or "Meeting", mode, points, texts)
