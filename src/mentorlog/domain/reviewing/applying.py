"""Answers become a review and the records that it changes: all of it, or the first wrong entry is named. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from mentorlog import dates
from mentorlog.domain.reviewing.answers import Given, GoalAnswer, MentorAnswer, NewGoal, TaskAnswer, answered
from mentorlog.domain.reviewing.due import ALL, QUICK
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.errors import MentorlogError, RecordClosed, WrongAnswer
from mentorlog.models.goal import Goal, Share
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import Part, Record, as_data, field_names, json_ready
from mentorlog.models.review import MentorVerdict, Review, TaskVerdict, Verdict
from mentorlog.models.task import Task

R = TypeVar("R", bound=Record)

Assigned = Callable[[Goal, Mapping[str, Any], Sequence[str]], Goal]
"""Gives a copy of a goal with fields set and cleared, checked like outside content."""


class RecordWriter(Protocol):
    """What is needed of the journal while it is changed."""

    def get(self, kind: type[R], id: str) -> R:
        """Return the record; UnknownId where there is none."""

    def new_id(self, kind: str) -> str:
        """Return an id that no record has or had."""


class Change(NamedTuple):
    """What became of one record, for people: fields are (name, old, new)."""

    record: str
    id: str
    title: str
    what: str
    fields: Sequence[tuple[str, str | None, str | None]] = ()
    reason: str | None = None


class Outcome(NamedTuple):
    """The review, every record that it changes or adds, and the same told in words."""

    review: Review
    records: Sequence[Record]
    changes: Sequence[Change]


class ReviewRequest(NamedTuple):
    """Which review is meant: its day, its kind, and what it is about."""

    on: date
    kind: str = "full"
    scope: str = ALL

    @property
    def quick(self) -> bool:
        """Whether it is a look in between."""
        return self.kind == QUICK


def meant(given: Given, today: date, *, on: date | None, kind: str | None, scope: str | None) -> ReviewRequest:
    """Return which review is meant, as the answers and the options say together; WrongAnswer where they differ."""
    answers, places = given
    for key, option, answer in (("on", on, answers.on), ("kind", kind, answers.kind), ("scope", scope, answers.scope)):
        if option is not None and answer is not None and option != answer:
            sentence = f"{key} is {_said(answer)}, but --{key} says {_said(option)}."
            raise places.wrong_key(key, WrongAnswer(sentence, f"leave out --{key}, or change {key} in the answers"))
    day = on or answers.on or today
    if day > today:
        raise places.wrong_key("on", WrongAnswer(f"on is {dates.say(day)}: a review is not held in the future."))
    return ReviewRequest(day, kind or answers.kind or "full", scope or answers.scope or ALL)


def agreed(given: Given, wish: ReviewRequest) -> ReviewRequest:
    """Return the review that is meant, now that all answers are given; WrongAnswer where they say nothing."""
    answers, places = given
    if answers.next_on and answers.next_on <= wish.on:
        said = f"next_on is {dates.say(answers.next_on)}, which is not after this review ({dates.say(wish.on)})."
        raise places.wrong_key("next_on", WrongAnswer(said))
    if answers.empty:
        raise WrongAnswer("There is no answer in it; nothing was changed.", "give at least one verdict or one text")
    return wish


def _said(value: object) -> str:
    return dates.say(value) if isinstance(value, date) else str(value)


def apply(
    given: Given, wish: ReviewRequest, picture: ReviewFacts, keeper: RecordWriter, *, assigned: Assigned, now: datetime
) -> Outcome:
    """Return the review and all that it changes; WrongAnswer names the first entry that cannot be."""
    maker = _Maker(given, wish, keeper, assigned, now)
    maker.run()
    answers = given.answers
    review = Review(
        id=maker.id,
        created=now,
        on=wish.on,
        kind=wish.kind,
        scope=wish.scope,
        next_on=answers.next_on,
        worked=answers.worked,
        did_not=answers.did_not,
        changed=answers.changed,
        unlearned=answers.unlearned,
        notes=answers.notes,
        added_goals=tuple(maker.added),
        period=picture.period,
        facts=picture.facts,
        verdicts=tuple(maker.verdicts),
        tasks=tuple(maker.tasks),
        mentors=tuple(maker.mentors),
    )
    return Outcome(review, [*maker.records, review], maker.changes)


class _Maker:
    """Turns entry after entry into a verdict and a changed record."""

    def __init__(
        self, given: Given, wish: ReviewRequest, keeper: RecordWriter, assigned: Assigned, now: datetime
    ) -> None:
        self.given, self.keeper, self.assigned, self.now = given, keeper, assigned, now
        self.on, self.scope = wish.on, wish.scope
        self.id = keeper.new_id("review")
        self.verdicts: list[Verdict] = []
        self.tasks: list[TaskVerdict] = []
        self.mentors: list[MentorVerdict] = []
        self.added: list[str] = []
        self.records: list[Record] = []
        self.changes: list[Change] = []
        self._seen: set[str] = set()

    def run(self) -> None:
        """Go through all entries that were answered, in their order."""
        for table, number, entry in self.given.answers.entries():
            try:
                if not isinstance(entry, NewGoal):
                    self._once(entry)
                self._take(entry)
            except MentorlogError as error:
                if error.exit_code != 1:  # an unreadable record is no fault of the entry
                    raise
                raise self.given.places.wrong(table, number, error) from None

    def _once(self, entry: Part) -> None:
        """Every record is there, belongs to the scope, and is spoken of once."""
        record = self._record(entry)
        if record.id in self._seen:
            raise WrongAnswer(f"{record.KIND.capitalize()} {record.id} has an entry already.", "leave one of the two")
        self._seen.add(record.id)
        if self.scope != ALL and not _belongs(record, self.scope):
            raise WrongAnswer(f"{record.KIND.capitalize()} {record.id} does not belong to {self.scope}.")

    def _record(self, entry: Part) -> Record:
        if isinstance(entry, GoalAnswer):
            return self.keeper.get(Goal, entry.goal)
        if isinstance(entry, TaskAnswer):
            return self.keeper.get(Task, entry.task)
        assert isinstance(entry, MentorAnswer)
        return self.keeper.get(Mentor, entry.mentor)

    def _take(self, entry: Part) -> None:
        match entry:
            case NewGoal(title=str()):
                self._add(entry)
            case GoalAnswer() if answered(entry):
                self._goal(entry)
            case TaskAnswer() if answered(entry):
                self._task(entry)
            case MentorAnswer() if answered(entry):
                self._mentor(entry)

    def _goal(self, entry: GoalAnswer) -> None:
        goal, verdict = self.keeper.get(Goal, entry.goal), str(entry.verdict)
        said = Verdict(goal=goal.id, verdict=verdict, reason=entry.reason)
        _may(goal, said.verdict)
        changed = self._refined(goal, entry) if said.verdict == "revise" else self._moved(goal, said)
        fields = [name for name in goal.differing(changed) if name not in ("history", "closed_on", "status")]
        values = json_ready(as_data(changed, full=False))
        self.verdicts.append(
            replace(
                said,
                changes={name: _plain(name, values[name]) for name in fields if name in values} or None,
                clear=tuple(name for name in fields if name not in values),
            )
        )
        moved = [(name, goal.said(name), changed.said(name)) for name in fields]
        self._keep(changed, GOAL_WORDS[said.verdict], changed is not goal, moved, said.reason)

    def _refined(self, goal: Goal, entry: GoalAnswer) -> Goal:
        if not entry.changes and not entry.clear:
            raise WrongAnswer("changes is missing: revise says what changes.", "changes = { by = 2027-02-01 }")
        changes = dict(entry.changes or {})
        if isinstance(changes.get("mentors"), list):
            changes["mentors"] = ",".join(str(mentor) for mentor in changes["mentors"])
        new = self.assigned(goal, changes, entry.clear)
        if not goal.differing(new):
            raise WrongAnswer(f"Goal {goal.id} says so already: nothing in it would change.")
        return goal.revised(new, on=self.on, reason=entry.reason or "", review=self.id)

    def _moved(self, goal: Goal, said: Verdict) -> Goal:
        reason = said.reason or ""
        match said.verdict:
            case "achieved" | "partly":
                partly = said.verdict == "partly"
                return goal.achieved(on=self.on, reason=said.reason, partly=partly, review=self.id)
            case "pause":
                return goal.paused(on=self.on, reason=reason, review=self.id)
            case "resume":
                return goal.resumed(on=self.on, reason=said.reason, review=self.id)
            case "drop":
                return goal.dropped(on=self.on, reason=reason, review=self.id)
        return goal

    def _task(self, entry: TaskAnswer) -> None:
        task, verdict = self.keeper.get(Task, entry.task), str(entry.verdict)
        said = TaskVerdict(task=task.id, verdict=verdict, due=entry.due, reason=entry.reason)
        if not task.is_open:
            raise RecordClosed("task", task.id, task.status)
        changed = task
        if said.verdict == "done":
            changed = task.done(on=self.on, outcome=said.reason)
        elif said.verdict == "drop":
            changed = task.dropped(said.reason)
        elif said.due:
            changed = task.deferred(said.due, on=self.on, reason=said.reason)
            if changed is task:
                raise WrongAnswer(f"Task {task.id} is due on {dates.say(said.due)} already.", "give another day")
        self.tasks.append(said)
        moved = [("due", str(task.due) if task.due else None, str(said.due))] if said.due else []
        self._keep(changed, TASK_WORDS[said.verdict], changed is not task, moved, said.reason)

    def _mentor(self, entry: MentorAnswer) -> None:
        mentor = self.keeper.get(Mentor, entry.mentor)
        said = MentorVerdict(
            mentor=mentor.id,
            fit=entry.fit,
            cadence_ok=entry.cadence_ok,
            comment=entry.comment,
            pulse=entry.pulse,
        )
        self.mentors.append(said)
        changed = mentor.fitting(said.fit, on=self.on, comment=said.comment) if said.fit else mentor
        moved = []
        if entry.every:
            changed = changed.meeting_every(dates.days(entry.every))
            moved = [("cadence", _pace(mentor), _pace(changed))]
            if _pace(mentor) == _pace(changed):
                raise WrongAnswer(f"{mentor.name} is to be met {_pace(mentor)} already.", "leave every out")
        what = ", ".join(_mentor_words(said)) or "cadence changed"
        self._keep(changed, what, changed is not mentor, moved, said.comment)

    def _add(self, entry: NewGoal) -> None:
        for mentor in entry.mentors:
            self.keeper.get(Mentor, mentor)
        if entry.parent:
            self.keeper.get(Goal, entry.parent)
        fields = {name: getattr(entry, name) for name in field_names(NewGoal) if name != "mentors"}
        data = {name: value for name, value in fields.items() if value not in (None, ())}
        shares = tuple(Share(mentor=mentor) for mentor in dict.fromkeys(entry.mentors))
        goal = Goal(id=self.keeper.new_id("goal"), created=self.now, mentors=shares, **data)
        self.added.append(goal.id)
        moved = [("by", None, str(goal.by))] if goal.by else []
        self._keep(goal, ADDED, True, moved, None)

    def _keep(
        self,
        record: Record,
        what: str,
        changed: bool,
        fields: Sequence[tuple[str, str | None, str | None]],
        reason: str | None,
    ) -> None:
        if changed:
            self.records.append(record)
        self.changes.append(Change(record.KIND, record.id, record.heading, what, fields, reason))


ADDED = "added"
"""What became of a goal that the review makes."""

GOAL_WORDS = {
    "keep": "kept",
    "revise": "revised",
    "achieved": "achieved",
    "partly": "partly achieved",
    "pause": "paused",
    "resume": "resumed",
    "drop": "dropped",
}
TASK_WORDS = {"keep": "kept", "done": "done", "defer": "put off", "drop": "dropped"}


def _mentor_words(said: MentorVerdict) -> Iterator[str]:
    if said.fit:
        yield {"good": "fits well", "deciding": "still deciding on the fit", "not_good": "does not fit well"}[said.fit]
    if said.cadence_ok is not None:
        yield "cadence all right" if said.cadence_ok else "cadence not right"
    if said.pulse:
        yield "pulse taken"
    if not said.fit and said.cadence_ok is None and not said.pulse and said.comment:
        yield "comment kept"


def _pace(mentor: Mentor) -> str | None:
    return dates.every(mentor.cadence.every_days) if mentor.cadence else None


def _may(goal: Goal, verdict: str) -> None:
    """A closed goal is only resumed, an active one never; a paused one is not paused again."""
    if verdict == "resume":
        if goal.status == "active":
            raise WrongAnswer(f"Goal {goal.id} is active already.", "the verdict keep says that it goes on")
    elif not goal.is_open:
        raise WrongAnswer(f"Goal {goal.id} is closed ({goal.status}): it can only be resumed.")
    elif verdict == "pause" and goal.status == "paused":
        raise WrongAnswer(f"Goal {goal.id} is paused already.", "the verdict keep leaves it so")


def _belongs(record: Record, scope: str) -> bool:
    if isinstance(record, Goal):
        return record.id == scope or any(share.mentor == scope for share in record.mentors)
    if isinstance(record, Task):
        return scope in (record.goal, record.owner, record.assigned_by, record.helps)
    return record.id == scope


def _plain(name: str, value: Any) -> Any:
    """The new value as it stands in the review: of mentors the names alone."""
    return [share["mentor"] for share in value] if name == "mentors" else value
