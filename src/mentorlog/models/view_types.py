"""The views of records for type checkers: what scripts see of each kind, so that a misspelt key is an error of mypy.

Nothing here is loaded as the program runs; tests/models/test_view_types.py holds it against the declarations.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict

# ruff: noqa: UP013  (a part in one line)


class RecordView(TypedDict):
    """What every record has."""

    id: str
    visibility: str
    tags: list[str]
    links: list[str]
    created: str
    notes: str | None


CadenceView = TypedDict(
    "CadenceView", {"every_days": int, "longest_days": int | None, "mode": str | None, "minutes": int | None}
)

ExpectationsView = TypedDict(
    "ExpectationsView",
    {
        "mine": list[str],
        "theirs": list[str],
        "asked_on": str | None,
        "off_limits": list[str],
        "not_looking_for": list[str],
    },
)

StatusChangeView = TypedDict("StatusChangeView", {"on": str, "status": str, "reason": str | None})

FitView = TypedDict("FitView", {"on": str, "answer": str, "comment": str | None})

ClosureView = TypedDict(
    "ClosureView",
    {"on": str, "kind": str, "worked": str | None, "did_not": str | None, "lesson": str | None, "handed_to": list[str]},
)


class MentorView(RecordView):
    """A person and the mentorship with them."""

    record: Literal["mentor"]
    name: str
    status: str
    email: str | None
    phone: str | None
    department: str | None
    institution: str | None
    program: str | None
    proximity: str | None
    roles: list[str]
    domains: list[str]
    my_role: str
    formality: str | None
    model: str | None
    origin: str | None
    met_via: str | None
    introduced_by: str | None
    qualities: str | None
    conflict_of_interest: str | None
    started: str | None
    term_ends: str | None
    purpose: str | None
    cadence: CadenceView | None
    expectations: ExpectationsView | None
    status_log: list[StatusChangeView]
    fit: list[FitView]
    closure: list[ClosureView]


ShareView = TypedDict("ShareView", {"mentor": str, "told_on": str | None})

ProgressView = TypedDict("ProgressView", {"on": str, "percent": int | None, "text": str | None})

HistoryEntryView = TypedDict(
    "HistoryEntryView",
    {"on": str, "field": str, "old": str | None, "new": str | None, "reason": str | None, "review": str | None},
)


class GoalView(RecordView):
    """What the resident wants; linked to the mentors it is shared with."""

    record: Literal["goal"]
    title: str
    status: str
    why: str | None
    measure: str | None
    horizon: str | None
    domain: str | None
    competency: str | None
    by: str | None
    priority: str
    parent: str | None
    closed_on: str | None
    baseline: str | None
    mentors: list[ShareView]
    progress: list[ProgressView]
    history: list[HistoryEntryView]


RoundView = TypedDict("RoundView", {"sent": str, "returned": str | None, "comment": str | None})

DeferView = TypedDict("DeferView", {"on": str, "old": str | None, "new": str, "reason": str | None})


class TaskView(RecordView):
    """An assignment or a promise."""

    record: Literal["task"]
    title: str
    status: str
    owner: str
    assigned_by: str
    helps: str | None
    goal: str | None
    meeting: str | None
    due: str | None
    priority: str
    instructions: str | None
    deliverable: str | None
    done_on: str | None
    outcome: str | None
    rounds: list[RoundView]
    defers: list[DeferView]


AgendaItemView = TypedDict("AgendaItemView", {"text": str, "goal": str | None, "done": bool})


class MeetingView(RecordView):
    """A meeting with one or more mentors."""

    record: Literal["meeting"]
    on: str
    at: str | None
    status: str
    mentors: list[str]
    mode: str
    kind: str
    minutes: int | None
    cancelled_by: str | None
    decisions: list[str]
    usefulness: int | None
    feeling: str | None
    agenda: list[AgendaItemView]


ToldView = TypedDict("ToldView", {"mentor": str, "on": str})


class NoteView(RecordView):
    """One dated entry."""

    record: Literal["note"]
    on: str
    kind: str
    status: str
    mentors: list[str]
    goal: str | None
    meeting: str | None
    closed_on: str | None
    text: str
    outcome: str | None
    told: list[ToldView]


PeriodView = TypedDict("PeriodView", {"start": str, "end": str})

GoalFactView = TypedDict("GoalFactView", {"goal": str, "last_evidence": str | None, "progress": int | None})


class FactsView(TypedDict):
    """Counts over the period, frozen at the review."""

    meetings_held: int
    meetings_cancelled_by_me: int
    meetings_cancelled_by_them: int
    meetings_missed: int
    tasks_done: int
    tasks_late: int
    tasks_open: int
    promises_kept: int
    promises_open: int
    goals: list[GoalFactView]


VerdictView = TypedDict(
    "VerdictView",
    {"goal": str, "verdict": str, "reason": str | None, "changes": dict[str, Any] | None, "clear": list[str]},
)

TaskVerdictView = TypedDict("TaskVerdictView", {"task": str, "verdict": str, "due": str | None, "reason": str | None})


class PulseView(TypedDict):
    """Six facets of a mentorship, each 1 to 7, as the resident feels them."""

    communication: int | None
    expectations: int | None
    understanding: int | None
    diversity: int | None
    independence: int | None
    development: int | None


MentorVerdictView = TypedDict(
    "MentorVerdictView",
    {"mentor": str, "fit": str | None, "cadence_ok": bool | None, "comment": str | None, "pulse": PulseView | None},
)


class ReviewView(RecordView):
    """One periodic reassessment."""

    record: Literal["review"]
    on: str
    kind: str
    scope: str
    next_on: str | None
    worked: str | None
    did_not: str | None
    changed: str | None
    unlearned: str | None
    added_goals: list[str]
    period: PeriodView
    facts: FactsView
    verdicts: list[VerdictView]
    tasks: list[TaskVerdictView]
    mentors: list[MentorVerdictView]


AssessmentView = TypedDict("AssessmentView", {"on": str, "area": str, "rating": int, "comment": str | None})


class ProfileView(TypedDict):
    """The resident."""

    record: Literal["profile"]
    id: str
    name: str | None
    stage: str | None
    program: str | None
    institution: str | None
    strengths: list[str]
    growth_areas: list[str]
    values: list[str]
    needs: list[str]
    assessments: list[AssessmentView]


AnyView = MentorView | GoalView | TaskView | MeetingView | NoteView | ReviewView | ProfileView
"""A record of whatever kind, or the profile; `record` says which."""


# With the computed fields of mentorlog.domain.computed


class FullMentor(MentorView):
    """A mentor with the days of contact."""

    last_held: str | None
    next_planned: str | None
    due_on: str | None
    overdue_on: str | None


class FullGoal(GoalView):
    """A goal with how far it is."""

    percent: int | None
    last_evidence: str | None
    drifting: bool
    untold: list[str]


_With = TypedDict("_With", {"with": list[str]})


class FullTask(TaskView, _With):
    """A task with since when and to or by whom it is owed."""

    late: bool
    sent_on: str | None
    since_on: str
