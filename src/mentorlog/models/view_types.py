"""The types of the views (the JSON form of records), so that mypy reports a misspelt key.

Never imported at run time; tests/models/test_view_types.py compares them with the declarations.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict

# ruff: noqa: UP013  (a part in one line)

Text = str | None
Texts = list[str]
Number = int | None
Decimal = float | None


ConflictView = TypedDict("ConflictView", {"field": Text, "both": Texts, "at": Text, "other": dict[str, Any] | None})
Dated = TypedDict("Dated", {"on": str})


class RecordView(TypedDict):
    """The fields of every record."""

    id: str
    visibility: str
    tags: Texts
    links: Texts
    created: str
    source: Text
    conflicts: list[ConflictView]
    notes: Text


CadenceView = TypedDict("CadenceView", {"every_days": int, "longest_days": Number, "mode": Text, "minutes": Number})
ExpectationsView = TypedDict(
    "ExpectationsView",
    {
        "mine": Texts,
        "theirs": Texts,
        "asked_on": Text,
        "off_limits": Texts,
        "not_looking_for": Texts,
        "response_days": Number,
        "prep_days": Number,
        "scheduled_by": Text,
        "confidentiality": Text,
        "credit": Text,
        "feedback": Text,
        "revisit_on": Text,
    },
)
StatusChangeView = TypedDict("StatusChangeView", {"on": str, "status": str, "reason": Text})
AgreedView = TypedDict("AgreedView", {"on": str, "what": dict[str, Any] | None})
ComfortView = TypedDict("ComfortView", {"on": str, "mine": Text, "theirs": Text, "comment": Text})
FitView = TypedDict(
    "FitView",
    {
        "on": str,
        "answer": str,
        "productive": bool | None,
        "amicable": bool | None,
        "beneficial": bool | None,
        "comment": Text,
    },
)
ClosureView = TypedDict(
    "ClosureView",
    {
        "on": str,
        "kind": str,
        "reasons": Texts,
        "worked": Text,
        "did_not": Text,
        "lesson": Text,
        "thanked_on": Text,
        "handed_to": Texts,
    },
)


class MentorView(RecordView):
    """A person and the mentorship with them."""

    record: Literal["mentor"]
    name: str
    nickname: Text
    status: str
    email: Text
    phone: Text
    department: Text
    institution: Text
    program: Text
    proximity: Text
    roles: Texts
    domains: Texts
    my_role: str
    formality: Text
    model: Text
    origin: Text
    met_via: Text
    introduced_by: Text
    qualities: Text
    perspective: Text
    conflict_of_interest: Text
    started: Text
    term_ends: Text
    purpose: Text
    cadence: CadenceView | None
    expectations: ExpectationsView | None
    status_log: list[StatusChangeView]
    agreed: list[AgreedView]
    comfort: list[ComfortView]
    fit: list[FitView]
    closure: list[ClosureView]


ShareView = TypedDict("ShareView", {"mentor": str, "told_on": Text})
ProgressView = TypedDict("ProgressView", {"on": str, "percent": Number, "count": Decimal, "text": Text})
HistoryEntryView = TypedDict(
    "HistoryEntryView", {"on": str, "field": str, "old": Text, "new": Text, "reason": Text, "review": Text}
)


class GoalView(RecordView):
    """Something the resident wants, with the mentors it is shared with."""

    record: Literal["goal"]
    title: str
    status: str
    whose: Text
    why: Text
    measure: Text
    target: Decimal
    unit: Text
    support: Text
    asked_by: Text
    horizon: Text
    domain: Text
    competency: Text
    by: Text
    priority: str
    parent: Text
    closed_on: Text
    baseline: Text
    mentors: list[ShareView]
    progress: list[ProgressView]
    history: list[HistoryEntryView]


RoundView = TypedDict("RoundView", {"sent": str, "returned": Text, "comment": Text})
DeferView = TypedDict("DeferView", {"on": str, "old": Text, "new": str, "reason": Text})
LetterView = TypedDict(
    "LetterView",
    {
        "for": str,
        "to": Text,
        "asked_on": Text,
        "answer": Text,
        "answered_on": Text,
        "packet_on": Text,
        "reminded": Texts,
        "received_on": Text,
    },
)


class TaskView(RecordView):
    """An assignment or a promise."""

    record: Literal["task"]
    title: str
    status: str
    owner: str
    assigned_by: str
    helps: Text
    goal: Text
    meeting: Text
    due: Text
    priority: str
    instructions: Text
    deliverable: Text
    done_on: Text
    outcome: Text
    letter: LetterView | None
    rounds: list[RoundView]
    defers: list[DeferView]


AgendaItemView = TypedDict("AgendaItemView", {"text": str, "goal": Text, "done": bool})


class MeetingView(RecordView):
    """A meeting with one or more mentors."""

    record: Literal["meeting"]
    on: str
    at: Text
    status: str
    mentors: Texts
    mode: str
    kind: str
    minutes: Number
    place: Text
    cancelled_by: Text
    decisions: Texts
    usefulness: Number
    feeling: Text
    recap_on: Text
    agenda: list[AgendaItemView]


CvView = TypedDict(
    "CvView",
    {
        "section": str,
        "title": Text,
        "authors": Text,
        "venue": Text,
        "place": Text,
        "role": Text,
        "start": Text,
        "end": Text,
        "state": Text,
        "scope": Text,
        "doi": Text,
        "pmid": Text,
        "citation": Text,
    },
)
ToldView = TypedDict("ToldView", {"mentor": str, "on": str})


class NoteView(RecordView):
    """One dated entry."""

    record: Literal["note"]
    on: str
    kind: str
    status: str
    mentors: Texts
    goal: Text
    meeting: Text
    competency: Text
    closed_on: Text
    text: str
    options: Texts
    to: Text
    decision: Text
    result: Text
    outcome: Text
    cv: CvView | None
    told: list[ToldView]


PeriodView = TypedDict("PeriodView", {"start": str, "end": str})
GoalFactView = TypedDict(
    "GoalFactView", {"goal": str, "last_evidence": Text, "progress": Number, "count": Decimal, "target": Decimal}
)


class FactsView(TypedDict):
    """Counts over the period, saved with the review."""

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
    entered_late: Texts


VerdictView = TypedDict(
    "VerdictView", {"goal": str, "verdict": str, "reason": Text, "changes": dict[str, Any] | None, "clear": Texts}
)
TaskVerdictView = TypedDict("TaskVerdictView", {"task": str, "verdict": str, "due": Text, "reason": Text})
PulseView = TypedDict(
    "PulseView",
    {
        "communication": Number,
        "expectations": Number,
        "understanding": Number,
        "diversity": Number,
        "independence": Number,
        "development": Number,
    },
)
MentorVerdictView = TypedDict(
    "MentorVerdictView",
    {
        "mentor": str,
        "fit": Text,
        "comfort": Text,
        "cadence_ok": bool | None,
        "comment": Text,
        "pulse": PulseView | None,
    },
)

DiscussionView = TypedDict("DiscussionView", {"mentor": str, "on": str, "comment": Text})


class ReviewView(RecordView):
    """A periodic reassessment."""

    record: Literal["review"]
    on: str
    kind: str
    scope: str
    next_on: Text
    worked: Text
    did_not: Text
    changed: Text
    unlearned: Text
    wellbeing: Text
    asks: Text
    added_goals: Texts
    period: PeriodView
    facts: FactsView
    verdicts: list[VerdictView]
    tasks: list[TaskVerdictView]
    mentors: list[MentorVerdictView]
    discussed: list[DiscussionView]


AssessmentView = TypedDict(
    "AssessmentView", {"on": str, "area": str, "rating": float, "competency": Text, "comment": Text}
)
FigureView = TypedDict("FigureView", {"on": str, "name": str, "value": float, "of": Decimal})
StageView = TypedDict("StageView", {"stage": str, "level": Text, "institution": Text, "from": Text, "to": Text})
BlockView = TypedDict("BlockView", {"name": str, "from": str, "to": str, "load": str})
TimeShareView = TypedDict("TimeShareView", {"area": str, "percent": int})


class ProfileView(TypedDict):
    """The resident."""

    record: Literal["profile"]
    id: str
    name: Text
    degrees: Text
    stage: Text
    level: Text
    program: Text
    institution: Text
    specialty: Text
    email: Text
    orcid: Text
    aims: Text
    strengths: Texts
    growth_areas: Texts
    values: Texts
    needs: Texts
    assessments: list[AssessmentView]
    cv: list[CvView]
    numbers: list[FigureView]
    time: list[TimeShareView]
    stages: list[StageView]
    blocks: list[BlockView]
    year_starts: Text
    training_ends: Text
    known_names: Texts
    conflicts: list[ConflictView]


# With the computed fields of mentorlog.domain.computed


class FullMentor(MentorView):
    """A mentor with the dates of contact."""

    last_held: Text
    next_planned: Text
    due_on: Text
    overdue_on: Text


PaceView = TypedDict("PaceView", {"left": float, "days": int, "by": str, "count": Number, "per": Text})


class MovingGoal(GoalView):
    """A goal with its last evidence."""

    last_evidence: Text
    drifting: bool


class FullGoal(MovingGoal):
    """A goal with its progress, and the mentors who are not told."""

    percent: Number
    count: Decimal
    pace: PaceView | None
    untold: Texts


_With = TypedDict("_With", {"with": Texts})


class FullTask(TaskView, _With):
    """A task with whose turn it is, the date since which it is owed, and the mentors concerned."""

    turn: str
    late: bool
    sent_on: Text
    since_on: str
