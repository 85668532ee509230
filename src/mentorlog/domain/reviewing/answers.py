"""The answers of a review from outside: a form, a file, or a draft. Pure.

An empty value is no answer. An unknown key is refused by name, so that a typo loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar, cast

from mentorlog import date_words, vocabulary
from mentorlog.domain.assign import ValueParser, parsed, settable
from mentorlog.domain.reviewing.form_lines import FormLines
from mentorlog.errors import BadValue, MentorlogError, WrongAnswer, shortened
from mentorlog.models.fields import (
    day,
    declared,
    instant,
    line,
    many,
    parts,
    plain,
    prose,
    ref,
    spec,
    state,
    texts,
    word,
)
from mentorlog.models.goal import KEPT_BY, Goal, Share
from mentorlog.models.record import Part
from mentorlog.models.review import MentorVerdict, TaskVerdict, Verdict

P = TypeVar("P", bound=Part)

TABLES = ("verdicts", "tasks", "mentors", "add_goals")
PROSE = ("worked", "did_not", "changed", "unlearned", "wellbeing", "asks", "notes")


@declared
class GoalAnswer(Verdict):
    """The verdict on a goal; in a draft the verdict or its reason may be missing."""

    verdict: str | None = state(vocabulary.GOAL_VERDICTS)  # type: ignore[assignment]

    _check = Part._check  # the rules of a verdict hold once it is one


@declared
class TaskAnswer(TaskVerdict):
    """The verdict on a task; in a draft the verdict or its day may be missing."""

    verdict: str | None = state(vocabulary.TASK_VERDICTS)  # type: ignore[assignment]

    _check = Part._check  # the rules of a verdict hold once it is one


@declared
class MentorAnswer(MentorVerdict):
    """The fit of a mentorship, how both feel, its new cadence (`6 weeks`), and what each side expects from now on."""

    productive: bool | None = plain()
    amicable: bool | None = plain()
    beneficial: bool | None = plain()
    their_comfort: str | None = state(vocabulary.COMFORTS)
    every: str | None = line()
    mine: Sequence[str] = texts(has_commas=True)
    theirs: Sequence[str] = texts(has_commas=True)

    @property
    def tests(self) -> dict[str, bool]:
        """The answers to the three tests of a fit."""
        answers = {name: getattr(self, name) for name in vocabulary.FIT_TESTS}
        return {name: answer for name, answer in answers.items() if answer is not None}


@declared
class NewGoal(Goal):
    """A goal added by the review; the form calls its mentors `with`."""

    id: str = line("new", managed=True)
    created: datetime = instant(datetime.min.replace(tzinfo=UTC))
    title: str | None = line()  # type: ignore[assignment]
    mentors: Sequence[str] = many(ref("mentor"))  # type: ignore[assignment]

    def as_goal(self, id: str, created: datetime) -> Goal:
        """Return the goal itself."""
        shares = tuple(Share(mentor=mentor) for mentor in dict.fromkeys(self.mentors))
        values = {name: getattr(self, name) for name in goal_fields()} | {"mentors": shares}
        return Goal(id=id, created=created, **values)


@declared
class ReviewForm(Part):
    """All answers of one review."""

    on: date | None = day(past=True)
    since: date | None = day(past=True)
    kind: str | None = word(vocabulary.REVIEW_KINDS)
    scope: str | None = ref("goal", "mentor", alternative="all")
    worked: str | None = prose()
    did_not: str | None = prose()
    changed: str | None = prose()
    unlearned: str | None = prose()
    wellbeing: str | None = prose()
    asks: str | None = prose()
    next_on: date | None = day()
    notes: str | None = prose()
    verdicts: Sequence[GoalAnswer] = parts(GoalAnswer)
    tasks: Sequence[TaskAnswer] = parts(TaskAnswer)
    mentors: Sequence[MentorAnswer] = parts(MentorAnswer)
    add_goals: Sequence[NewGoal] = parts(NewGoal)


class Answers(NamedTuple):
    """The answers of a review: those on the whole, the entries with their tables and numbers, and what is wrong."""

    form: ReviewForm
    entries: Sequence[tuple[str, int, Part]]
    lines: FormLines
    wrong: Sequence[WrongAnswer] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        texts = any(getattr(self.form, name) for name in (*PROSE, "next_on"))
        return not (texts or self.wrong or any(is_answered(entry) for _, _, entry in self.entries))


Validate = Callable[[type[Part], Mapping[str, Any]], Any]


def validate_answers(
    plain: Mapping[str, Any], lines: FormLines, parser: ValueParser, validate: Validate, on: date | None = None
) -> Answers:
    """Return the answers in plain data, and all that are wrong; `on` is the day of the review if an option says it.

    Ids may be prefixes or names, and days may be in words, which count from the day of the review.
    """
    return _Reader(lines, parser, validate, on).answers(plain)


def is_answered(entry: Part) -> bool:
    """Return whether an entry has more than the id of its record."""
    optional = (one for one in spec(type(entry)).values() if not one.required)
    return any(getattr(entry, one.name) != one.default for one in optional)


def goal_fields() -> list[str]:
    """Return the fields of a goal that a review may set."""
    return [name for name in settable(Goal) if name not in KEPT_BY]


class _Reader:
    """Reads plain data key by key, so that every wrong answer is named and not only the first."""

    def __init__(self, lines: FormLines, parser: ValueParser, validate: Validate, on: date | None) -> None:
        self.lines, self.parser, self.validate, self.on = lines, parser, validate, on
        self.wrong: list[WrongAnswer] = []

    def answers(self, plain: Mapping[str, Any]) -> Answers:
        """Return the answers without those that are wrong."""
        filled = _filled(plain)
        if "on" not in filled:
            self._count_from(self.on)
        head = {key: filled[key] for key in sorted(filled, key=lambda key: key != "on") if key not in TABLES}
        form = self._part(ReviewForm, head, self.lines.key_error)
        entries = [
            (table, number, entry)
            for table in TABLES
            for number, data in enumerate(self._list(table, filled.get(table)), 1)
            if (entry := self._entry(table, number, data))
        ]
        return Answers(form or ReviewForm(), entries, self.lines, self.wrong)

    def _count_from(self, on: Any) -> None:
        """Let words for days count from the day of the review, if it is one."""
        if type(on) is date and date(1900, 1, 1) <= on <= self.parser.today:
            self.parser = self.parser.but(today=on)

    def _list(self, table: str, entries: Any) -> Sequence[Any]:
        if isinstance(entries, list):
            return entries
        if entries is not None:
            hint = f"begin each entry with [[{table}]]"
            self.wrong.append(self.lines.key_error(table, MentorlogError(f"{table} must be a list.", hint)))
        return ()

    def _entry(self, table: str, number: int, data: Any) -> Part | None:
        """Return an entry; None if something in it is wrong."""

        def place(key: str, error: MentorlogError) -> WrongAnswer:
            return self.lines.entry_error(table, number, error)

        kind = spec(ReviewForm)[table].part
        if kind is None or not isinstance(data, dict):
            self.wrong.append(place("", MentorlogError("The entry must be a table.")))
            return None
        # `with` is a keyword in Python; `mentors` beside it must be refused, not lost.
        names = {"with": "mentors", "mentors": "mentors "} if kind is NewGoal else {}
        known = len(self.wrong)
        entry = self._part(kind, {names.get(key, key): value for key, value in _filled(data).items()}, place)
        if entry is not None and len(self.wrong) == known:
            try:
                _check_entry(entry)
            except MentorlogError as error:
                self.wrong.append(place("", error))
        return entry if len(self.wrong) == known else None

    def _part(
        self, kind: type[P], data: Mapping[str, Any], place: Callable[[str, MentorlogError], WrongAnswer]
    ) -> P | None:
        """Return the part in some data without its wrong values, which are named; None if it cannot be made."""
        good: dict[str, Any] = {}
        for key, value in data.items():
            if unknown := next(_unknown_keys(kind, key, value), None):
                self.wrong.append(place(key, unknown))
                continue
            try:
                good[key] = parsed(spec(kind)[key], value, self.parser)
                if kind is MentorAnswer and key == "every" and isinstance(value, str):
                    date_words.days(value)
            except MentorlogError as error:
                if error.exit_code not in (1, 2):  # an unreadable record is not a wrong answer
                    raise
                name = "with" if kind is NewGoal and key == "mentors" else key
                self.wrong.append(place(key, explained(name, value, error)))
                _leave_out(kind, key, good)
            if kind is ReviewForm and key == "on":
                self._count_from(self.on or good.get(key))
        while True:
            try:
                part: P = self.validate(kind, good)
            except BadValue as error:
                key = error.field.partition(".")[0]
                self.wrong.append(place(key, _invalid(kind, good, error)))
                if not _leave_out(kind, key, good):
                    return None
            else:
                return part


def _leave_out(kind: type[Part], key: str, data: dict[str, Any]) -> bool:
    """Leave out a wrong value, to see whether others are wrong too; return whether that changed anything."""
    if key in spec(kind) and spec(kind)[key].required:
        was, data[key] = data.get(key), "?"
        return was != "?"
    return data.pop(key, None) is not None


def explained(key: str, value: Any, error: MentorlogError) -> WrongAnswer:
    """Return an error with the key, and with the value where only its type is wrong."""
    sentence = error.sentence
    if " must be " in sentence and value is not None:
        shown = shortened(value) if isinstance(value, str) else f"{value}"[:40]
        sentence = f"{sentence.rstrip('.')}, not {shown}."
    if repr(key) not in sentence and not re.search(rf"\b{re.escape(key)}\b", sentence.partition("'")[0]):
        sentence = f"{key}: {sentence}"
    return WrongAnswer(sentence, error.hint)


def _invalid(kind: type[Part], data: Mapping[str, Any], error: BadValue) -> MentorlogError:
    """Return the error of a value that is not valid, with its key as the form has it."""
    steps, value = error.field.split("."), cast("Any", data)
    for step in steps:
        try:
            value = value[int(step) - 1] if isinstance(value, (list, tuple)) else value[step]
        except (LookupError, TypeError, ValueError):
            value = None
            break
    names = ["with" if kind is NewGoal and steps[0] == "mentors" else steps[0], *steps[1:]]
    if error.inner:
        above = ".".join(names[: -len(error.inner.field.split("."))])
        sentence = f"{above}: {error.inner.sentence}" if above else error.inner.sentence
    else:
        sentence = f"{'.'.join(names)} {error.predicate}" if error.predicate else error.sentence
    return explained(names[-1], value, MentorlogError(sentence, error.hint))


def _filled(table: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out empty values."""
    return {
        key: value
        for key, value in table.items()
        if value not in ([], {}) and not (isinstance(value, str) and not value.strip())
    }


def _known_fields(part: type[Part]) -> Collection[str]:
    return goal_fields() if part is NewGoal else spec(part).keys()


def _unknown_keys(part: type[Part], key: str, value: Any) -> Iterator[BadValue]:
    """Yield the errors of an unknown key, and of those in a table within the value."""
    if key not in _known_fields(part):
        yield _unknown_key(key, part)
        return
    if (inner := spec(part)[key].part) and isinstance(value, dict):
        for name, below in value.items():
            yield from _unknown_keys(inner, name, below)


def _unknown_key(key: str, part: type[Part]) -> BadValue:
    from difflib import get_close_matches

    names = ["with" if part is NewGoal and name == "mentors" else name for name in _known_fields(part)]
    near = get_close_matches(key, names, 1)
    sentence = f"Unknown key {shortened(key.strip())}{f'; did you mean {near[0]!r}?' if near else '.'}"
    return BadValue(key, sentence, f"one of: {', '.join(names)}")


def _check_entry(entry: Part) -> None:
    """Refuse an answer without a verdict, or with fields of another verdict."""
    if isinstance(entry, (GoalAnswer, TaskAnswer)) and entry.verdict is None and is_answered(entry):
        raise WrongAnswer("verdict is missing.", f"one of: {', '.join(spec(type(entry))['verdict'].closed)}")
    if isinstance(entry, GoalAnswer) and entry.verdict != "revise" and (entry.changes or entry.clear):
        raise WrongAnswer(f"changes and clear cannot be used with {entry.verdict}, only with revise.")
    if isinstance(entry, TaskAnswer) and entry.verdict != "defer" and entry.due:
        raise WrongAnswer(f"due cannot be used with {entry.verdict}, only with defer.")
    if isinstance(entry, MentorAnswer) and entry.every and entry.cadence_ok:
        raise WrongAnswer("every cannot be used with cadence_ok = true.", "use only one of them")
    if isinstance(entry, MentorAnswer) and entry.tests and not entry.fit:
        words = ", ".join(vocabulary.FIT_ANSWERS)
        raise WrongAnswer(f"{next(iter(entry.tests))} cannot be used without fit.", f"set fit too, to one of: {words}")
    if isinstance(entry, NewGoal) and entry.title is None and is_answered(entry):
        raise WrongAnswer("title is missing.", 'title = "Present at grand rounds"')
