"""From answers to a review and the records that it changes, or the first error. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from mentorlog import date_words, dates
from mentorlog.domain import goal_links
from mentorlog.domain.ports import RecordWriter
from mentorlog.domain.reviewing.answers import (
    PROSE,
    Answers,
    GoalAnswer,
    MentorAnswer,
    NewGoal,
    TaskAnswer,
    explained,
    is_answered,
)
from mentorlog.domain.reviewing.due import ALL
from mentorlog.domain.reviewing.facts import ReviewFacts, belongs
from mentorlog.domain.reviewing.period import ReviewRequest, check_since
from mentorlog.errors import BadValue, MentorlogError, RecordClosed, WrongAnswer
from mentorlog.models.fields import spec
from mentorlog.models.goal import Goal, must_be_revisable
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import Part, R, Record, T, as_data, json_ready, view
from mentorlog.models.review import MentorVerdict, Review, TaskVerdict, Verdict
from mentorlog.models.task import Task
from mentorlog.models.views import View

Assign = Callable[[Goal, Mapping[str, Any], Sequence[str]], Goal]
"""Returns a copy of a goal with fields set and cleared, validated like outside content."""

FieldChange = tuple[str, str | None, str | None]
"""A field, its old and its new value as text."""


class ReviewChange(NamedTuple):
    """The change of one record, in words."""

    record: str
    id: str
    title: str
    change: str
    fields: Sequence[FieldChange] = ()
    reason: str | None = None


class ReviewResult(NamedTuple):
    """The review, every record that it changes or adds, and the changes in words."""

    review: Review
    records: Sequence[Record]
    changes: Sequence[ReviewChange]


def resolve_request(
    answers: Answers,
    today: date,
    *,
    on: date | None,
    kind: str | None,
    scope: str | None,
    since: date | None = None,
) -> ReviewRequest:
    """Combine answers and options into a request; WrongAnswer if they differ."""
    form, lines = answers.form, answers.lines
    given = {"on": on, "kind": kind, "scope": scope, "since": since}
    for key, option in given.items():
        answer = getattr(form, key)
        if option is not None and answer is not None and option != answer:
            said, wanted = (dates.say(one) if isinstance(one, date) else one for one in (answer, option))
            sentence = f"{key} is {said}, but --{key} says {wanted}."
            wrong = lines.key_error(key, WrongAnswer(sentence, f"omit --{key}, or change {key} in the answers"))
            raise WrongAnswer.of_all([*answers.wrong, wrong])
    day = on or form.on or today
    if day > today:
        wrong = lines.key_error("on", WrongAnswer(f"on is {dates.say(day)}, which is in the future."))
        raise WrongAnswer.of_all([*answers.wrong, wrong])
    request = ReviewRequest(day, kind or form.kind or "full", scope or form.scope or ALL, since or form.since)
    try:
        return check_since(request)
    except BadValue as error:
        raise WrongAnswer.of_all([*answers.wrong, lines.key_error("since", error)]) from None


def apply(
    answers: Answers, request: ReviewRequest, facts: ReviewFacts, writer: RecordWriter, *, assign: Assign, now: datetime
) -> ReviewResult:
    """Return the review and what it changes; WrongAnswer names every wrong answer, or says that there are none."""
    form, builder = answers.form, _ReviewBuilder(answers, request, writer, assign, now)
    builder.take_entries()
    if form.next_on and form.next_on <= request.on:
        days = dates.say(form.next_on), dates.say(request.on)
        sentence = f"next_on is {days[0]}, which is not after this review ({days[1]})."
        builder.wrong.append(answers.lines.key_error("next_on", WrongAnswer(sentence)))
    if builder.wrong:
        raise WrongAnswer.of_all(builder.wrong)
    if answers.empty:
        raise WrongAnswer("There are no answers; nothing changed.", "answer at least one question")
    review = Review(
        id=builder.id,
        created=now,
        on=request.on,
        kind=request.kind,
        scope=request.scope,
        next_on=form.next_on,
        added_goals=tuple(builder.added),
        period=facts.period,
        facts=facts.facts,
        verdicts=tuple(builder.verdicts),
        tasks=tuple(builder.tasks),
        mentors=tuple(builder.mentors),
        **{name: getattr(form, name) for name in PROSE},
    )
    return ReviewResult(review, [*builder.records, review], builder.changes)


class _ReviewBuilder:
    """Turns each entry into a verdict and a changed record."""

    def __init__(
        self, answers: Answers, request: ReviewRequest, writer: RecordWriter, assign: Assign, now: datetime
    ) -> None:
        self.answers, self.writer, self.assign, self.now = answers, writer, assign, now
        self.on, self.scope = request.on, request.scope
        self.id = writer.new_id("review")
        self.verdicts, self.tasks, self.mentors = list[Verdict](), list[TaskVerdict](), list[MentorVerdict]()
        self.added, self.records, self.changes = list[str](), list[Record](), list[ReviewChange]()
        self.wrong = list(answers.wrong)
        self._fetched: dict[str, Record] = {}
        self._named: set[str] = set()

    def take_entries(self) -> None:
        """Process all entries in order; for one without an answer, only check that the record exists."""
        for table, number, entry in self.answers.entries:
            try:
                match entry:
                    case GoalAnswer():
                        self._goal(self._subject(Goal, entry.goal), entry)
                    case TaskAnswer():
                        self._task(self._subject(Task, entry.task), entry)
                    case MentorAnswer():
                        self._mentor(self._subject(Mentor, entry.mentor), entry)
                    case NewGoal(title=str()):
                        self._add(entry)
            except MentorlogError as error:
                if error.exit_code != 1:  # an unreadable record is not an error in the entry
                    raise
                each = (error, *error.also)
                self.wrong += [self.answers.lines.entry_error(table, number, one) for one in each]

    def _get(self, kind: type[R], id: str) -> R:
        """Return a record, read from its file only once."""
        record = self._fetched.get(id)
        if not isinstance(record, kind):
            record = self._fetched[id] = self.writer.get(kind, id)
        return record

    def _resolve(self, text: str, *kinds: str, by_name: bool = False) -> View:
        """Return the view of a mentor or goal."""
        return view(self._get(Mentor if "mentor" in kinds else Goal, text))

    def _subject(self, kind: type[R], id: str) -> R:
        """Return the record of an entry, which must exist, be in scope, and have no other entry."""
        record = self._get(kind, id)
        name = f"{kind.KIND.capitalize()} {record.id}"
        if record.id in self._named:
            raise WrongAnswer(f"{name} already has an entry.", "use only one of them")
        self._named.add(record.id)
        if not belongs(view(record), self.scope):
            raise WrongAnswer(f"{name} does not belong to {self.scope}.")
        return record

    def _goal(self, goal: Goal, entry: GoalAnswer) -> None:
        if not is_answered(entry):
            return
        verdict = replace(_as_verdict(Verdict, entry), changes=None, clear=())
        _must_allow(goal, verdict.verdict)
        changed = goal
        if verdict.verdict == "revise":
            changed = self._revised(goal, entry)
        elif verdict.verdict != "keep":
            status = STATUS_AFTER[verdict.verdict]
            changed = goal.moved_to(status, on=self.on, reason=verdict.reason, review=self.id)
        names = [name for name in goal.differing(changed) if name not in ("history", "closed_on", "status")]
        values = json_ready(as_data(changed, full=False))
        changes = {name: plain_change(name, values[name]) for name in names if name in values}
        clear = tuple(name for name in names if name not in values)
        self.verdicts.append(replace(verdict, changes=changes or None, clear=clear))
        fields = [(name, goal.text_of(name), changed.text_of(name)) for name in names]
        self._add_change(goal, changed, GOAL_WORDS[verdict.verdict], fields, verdict.reason)

    def _revised(self, goal: Goal, entry: GoalAnswer) -> Goal:
        if not entry.changes and not entry.clear:
            raise WrongAnswer("changes is missing.", "for example: changes = { by = 2027-02-01 }")
        changes = dict(entry.changes or {})
        must_be_revisable(changes)
        if isinstance(changes.get("mentors"), list):
            changes["mentors"] = ",".join(str(mentor) for mentor in changes["mentors"])
        try:
            new = self.assign(goal, changes, entry.clear)
        except MentorlogError as error:
            raise self._wrong_changes(goal, changes) or error from None
        if not goal.differing(new):
            raise WrongAnswer(f"Goal {goal.id} is already set to that.")
        return goal.revised(new, on=self.on, reason=entry.reason or "", review=self.id)

    def _wrong_changes(self, goal: Goal, changes: Mapping[str, Any]) -> WrongAnswer | None:
        """Return the error of every change that cannot be made by itself."""
        wrong = []
        for key, value in changes.items():
            try:
                self.assign(goal, {key: value}, ())
            except MentorlogError as error:
                if error.exit_code not in (1, 2):
                    raise
                wrong.append(explained(key, value, error))
        return WrongAnswer.of_all(wrong) if wrong else None

    def _task(self, task: Task, entry: TaskAnswer) -> None:
        if not is_answered(entry):
            return
        verdict = _as_verdict(TaskVerdict, entry)
        if not task.is_open:
            raise RecordClosed("task", task.id, task.status)
        changed, fields = task, list[FieldChange]()
        if verdict.verdict == "done":
            changed = task.done(on=self.on, outcome=verdict.reason)
        elif verdict.verdict == "drop":
            changed = task.dropped(on=self.on, reason=verdict.reason)
        elif verdict.due:
            changed = task.deferred(verdict.due, on=self.on, reason=verdict.reason)
            if changed is task:
                raise WrongAnswer(f"Task {task.id} is already due {dates.say(verdict.due)}.", "enter another day")
            fields = [("due", str(task.due) if task.due else None, str(verdict.due))]
        self.tasks.append(verdict)
        self._add_change(task, changed, TASK_WORDS[verdict.verdict], fields, verdict.reason)

    def _mentor(self, mentor: Mentor, entry: MentorAnswer) -> None:
        if not is_answered(entry):
            return
        verdict = _as_verdict(MentorVerdict, entry)
        self.mentors.append(verdict)
        changed, fields = mentor, list[FieldChange]()
        if verdict.fit:
            changed = mentor.fitting(verdict.fit, on=self.on, comment=verdict.comment, tests=entry.tests)
        if entry.comfort or entry.their_comfort:
            changed = changed.comfortable(entry.comfort, entry.their_comfort, on=self.on)
        if entry.mine or entry.theirs:
            expected = {"mine": entry.mine, "theirs": entry.theirs}
            changed = changed.expecting(expected)
            fields += [(side, None, text) for side, texts in expected.items() for text in texts]
        if entry.every:
            changed = changed.meeting_every(date_words.days(entry.every))
            fields.append(("cadence", _pace(mentor), _pace(changed)))
            if _pace(mentor) == _pace(changed):
                raise WrongAnswer(f"The cadence with {mentor.name} is already {_pace(mentor)}.", "remove the key every")
        self._add_change(mentor, changed, _describe(entry), fields, verdict.comment)

    def _add(self, entry: NewGoal) -> None:
        for mentor in entry.mentors:
            self._get(Mentor, mentor)
        if entry.parent:
            self._get(Goal, entry.parent)
        goal = entry.as_goal(self.writer.new_id("goal"), self.now)
        goal_links.check(goal, None, goal_links.FIELDS, self._resolve)
        self.added.append(goal.id)
        self._add_change(None, goal, ADDED, [("by", None, str(goal.by))] if goal.by else [], None)

    def _add_change(
        self, old: Record | None, new: Record, change: str, fields: Sequence[FieldChange], reason: str | None
    ) -> None:
        if new is not old:
            self.records.append(new)
        self.changes.append(ReviewChange(new.KIND, new.id, new.heading, change, fields, reason))


ADDED = "added"
"""The change of a goal that the review adds."""

STATUS_AFTER = {"achieved": "achieved", "partly": "partly", "pause": "paused", "resume": "active", "drop": "dropped"}
"""The status of a goal after a verdict."""

GOAL_WORDS = STATUS_AFTER | {"keep": "kept", "revise": "revised", "partly": "partly achieved", "resume": "resumed"}
TASK_WORDS = {"keep": "kept", "done": "done", "defer": "deferred", "drop": "dropped"}


def _as_verdict(kind: type[T], answer: Part) -> T:
    """Return the verdict in an answer, without the fields that a review does not store."""
    return kind(**{name: getattr(answer, name) for name in spec(kind)})


FIT_WORDS = {"good": "fits well", "deciding": "still deciding on the fit", "not_good": "does not fit well"}


def _describe(answer: MentorAnswer) -> str:
    cadence = {True: "cadence works", False: "cadence does not work", None: ""}[answer.cadence_ok]
    tests = [name if met else f"not {name}" for name, met in answer.tests.items()]
    felt = [("me", answer.comfort), ("them", answer.their_comfort)]
    comfort = ", ".join(f"{word} for {who}" for who, word in felt if word)
    parts = [FIT_WORDS[answer.fit] if answer.fit else "", *tests, f"comfortable: {comfort}" if comfort else "", cadence]
    parts.append("pulse recorded" if answer.pulse else "")
    changed = "cadence changed" if answer.every else "expectations changed"
    return ", ".join(filter(None, parts)) or ("comment saved" if answer.comment else changed)


def _pace(mentor: Mentor) -> str | None:
    return dates.every(mentor.cadence.every_days) if mentor.cadence else None


def _must_allow(goal: Goal, verdict: str) -> None:
    """Refuse resume for an active goal, all else for a closed one, and pause for a paused one."""
    if verdict == "resume":
        if goal.status == "active":
            raise WrongAnswer(f"Goal {goal.id} is already active.", "to leave it active, use keep")
    elif not goal.is_open:
        raise WrongAnswer(f"Goal {goal.id} is closed ({goal.status}) and can only be resumed.")
    elif verdict == "pause" and goal.status == "paused":
        raise WrongAnswer(f"Goal {goal.id} is already paused.", "to leave it paused, use keep")


def plain_change(name: str, value: Any) -> Any:
    """Return the new value of a field for a review and its form: for mentors, only their ids."""
    return [share["mentor"] for share in value] if name == "mentors" else value
