"""The answers of a review as they come from outside: a form, a file, or a walk that was interrupted. Pure.

What is empty was not answered. What is unknown is refused by its name, so that a typo loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from mentorlog import vocabulary
from mentorlog.domain.reviewing.places import Places
from mentorlog.errors import BadValue, MentorlogError, WrongAnswer
from mentorlog.models.frozen import dataclass
from mentorlog.models.record import Part, field_names
from mentorlog.models.review import Pulse

TABLES = ("verdicts", "tasks", "mentors", "add_goals")
PROSE = ("worked", "did_not", "changed", "unlearned", "notes")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class GoalAnswer(Part):
    """What is to become of a goal."""

    ONE_LINE = ("goal",)
    CLOSED = {"verdict": vocabulary.GOAL_VERDICTS}

    goal: str
    verdict: str | None = None
    reason: str | None = None
    changes: Mapping[str, Any] | None = None
    clear: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class TaskAnswer(Part):
    """What is to become of a task."""

    ONE_LINE = ("task",)
    CLOSED = {"verdict": vocabulary.TASK_VERDICTS}

    task: str
    verdict: str | None = None
    due: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class MentorAnswer(Part):
    """How a mentorship fits, whether its cadence is right, and how often to meet from now on (`6 weeks`)."""

    PARTS = {"pulse": Pulse}
    ONE_LINE = ("mentor", "every")
    CLOSED = {"fit": vocabulary.FIT_ANSWERS}

    mentor: str
    fit: str | None = None
    cadence_ok: bool | None = None
    every: str | None = None
    comment: str | None = None
    pulse: Pulse | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class NewGoal(Part):
    """A goal that the review adds; its mentors are written as `with`."""

    ONE_LINE = ("title", "parent")
    OPEN = ("domain",)
    CLOSED = {
        "horizon": vocabulary.HORIZONS,
        "competency": vocabulary.COMPETENCIES,
        "priority": vocabulary.PRIORITIES,
        "visibility": vocabulary.VISIBILITIES,
    }

    title: str | None = None
    why: str | None = None
    measure: str | None = None
    horizon: str | None = None
    domain: str | None = None
    competency: str | None = None
    by: date | None = None
    priority: str | None = None
    parent: str | None = None
    baseline: str | None = None
    mentors: Sequence[str] = ()
    visibility: str | None = None
    tags: Sequence[str] = ()
    links: Sequence[str] = ()
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Answers(Part):
    """All answers of one review."""

    PARTS = {"verdicts": GoalAnswer, "tasks": TaskAnswer, "mentors": MentorAnswer, "add_goals": NewGoal}
    ONE_LINE = ("scope",)
    CLOSED = {"kind": vocabulary.REVIEW_KINDS}

    on: date | None = None
    kind: str | None = None
    scope: str | None = None
    worked: str | None = None
    did_not: str | None = None
    changed: str | None = None
    unlearned: str | None = None
    next_on: date | None = None
    notes: str | None = None
    verdicts: Sequence[GoalAnswer] = ()
    tasks: Sequence[TaskAnswer] = ()
    mentors: Sequence[MentorAnswer] = ()
    add_goals: Sequence[NewGoal] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing at all was answered."""
        said = [getattr(self, name) for name in (*PROSE, "next_on")]
        return not any(said) and not any(answered(entry) for _, _, entry in self.entries())

    def entries(self) -> Iterator[tuple[str, int, Part]]:
        """Yield each entry with its table and its number, which counts from 1."""
        for table in TABLES:
            for number, entry in enumerate(getattr(self, table), 1):
                yield table, number, entry


class Given(NamedTuple):
    """Answers, and where in their text each entry stands."""

    answers: Answers
    places: Places


Gate = Callable[[type[Answers], Mapping[str, Any]], Answers]


def accept(plain: Mapping[str, Any], places: Places, gate: Gate) -> Given:
    """Return the answers in plain data from outside; WrongAnswer names the entry and the line of its header."""
    tidy = _tidy(plain)
    _known(tidy, Answers, places)
    try:
        answers = gate(Answers, tidy)
    except BadValue as wrong:
        raise places.wrong_field(wrong) from None
    for table, number, entry in answers.entries():
        try:
            _whole(entry)
        except MentorlogError as wrong:
            raise places.wrong(table, number, wrong) from None
    return Given(answers, places)


def answered(entry: Part) -> bool:
    """Whether an entry says more than which record it is about."""
    names = field_names(type(entry))
    values = [getattr(entry, name) for name in (names if isinstance(entry, NewGoal) else names[1:])]
    return any(bool(value) or value is False for value in values)


def _tidy(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, and give the mentors of a new goal their own name."""
    tidy = {key: value for key, value in plain.items() if not _blank(value)}
    for table in TABLES:
        entries = tidy.get(table)
        if isinstance(entries, list):
            tidy[table] = [_tidy_entry(table, e) if isinstance(e, dict) else e for e in entries]
    return tidy


def _tidy_entry(table: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in entry.items() if not _blank(value)}
    if table == "add_goals":
        # `with` is a word of Python; nobody may write `mentors` beside it and have it lost.
        kept = {{"with": "mentors", "mentors": "mentors "}.get(key, key): value for key, value in kept.items()}
    return kept


def _blank(value: Any) -> bool:
    return value in ([], {}) or (isinstance(value, str) and not value.strip())


def _known(tidy: Mapping[str, Any], kind: type[Part], places: Places) -> None:
    """Refuse keys that nobody reads, first those of the whole, then those of each entry."""
    for key in tidy:
        if key not in field_names(kind):
            raise places.wrong_field(BadValue(key, _unknown(key, kind), _allowed(kind)))
    for table in TABLES:
        entries = tidy.get(table)
        for number, entry in enumerate(entries if isinstance(entries, list) else (), 1):
            for part, data in _tables(Answers.PARTS[table], entry):
                wrong = next((key for key in data if key not in field_names(part)), None)
                if wrong is not None:
                    told = BadValue(wrong, _unknown(wrong, part), _allowed(part))
                    raise places.wrong(table, number, told)


def _tables(part: type[Part], entry: Any) -> Iterator[tuple[type[Part], Mapping[str, Any]]]:
    if isinstance(entry, dict):
        yield part, entry
        for key, inner in part.PARTS.items():
            yield from _tables(inner, entry.get(key))


def _unknown(key: str, kind: type[Part]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, _names(kind), 1)
    return f"There is no key {key.strip()!r} here{f'; did you mean {near[0]}?' if near else '.'}"


def _allowed(kind: type[Part]) -> str:
    return f"the keys are: {', '.join(_names(kind))}"


def _names(kind: type[Part]) -> list[str]:
    """The keys as they are written in a form."""
    return ["with" if kind is NewGoal and name == "mentors" else name for name in field_names(kind)]


def _whole(entry: Part) -> None:
    """An answer is whole: a verdict has what it needs, and nothing that only another verdict would use."""
    if isinstance(entry, GoalAnswer):
        if entry.verdict is None and answered(entry):
            raise WrongAnswer("verdict is missing.", f"verdict is one of: {', '.join(vocabulary.GOAL_VERDICTS)}")
        if entry.verdict != "revise" and (entry.changes or entry.clear):
            raise WrongAnswer(f"changes and clear belong to revise, not to {entry.verdict}.")
    elif isinstance(entry, TaskAnswer):
        if entry.verdict is None and answered(entry):
            raise WrongAnswer("verdict is missing.", f"verdict is one of: {', '.join(vocabulary.TASK_VERDICTS)}")
        if entry.verdict != "defer" and entry.due:
            raise WrongAnswer(f"due belongs to defer, not to {entry.verdict}.")
    elif isinstance(entry, MentorAnswer) and entry.every and entry.cadence_ok:
        raise WrongAnswer("every belongs to a cadence that is not right.", "write cadence_ok = false, or leave one out")
    elif isinstance(entry, NewGoal) and entry.title is None and answered(entry):
        raise WrongAnswer("title is missing.", 'title = "Present at grand rounds"')
