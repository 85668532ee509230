"""The answers of a review from outside: a form, a file, or a draft. Pure.

An empty value is no answer. An unknown key is refused by name, so that a typo loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from mentorlog import vocabulary
from mentorlog.domain.assign import settable
from mentorlog.domain.reviewing.form_lines import FormLines
from mentorlog.errors import BadValue, MentorlogError, WrongAnswer
from mentorlog.models.fields import day, declared, instant, line, parts, prose, ref, spec, state, texts, word
from mentorlog.models.goal import KEPT_BY, Goal, Share
from mentorlog.models.record import Part
from mentorlog.models.review import MentorVerdict, TaskVerdict, Verdict

TABLES = ("verdicts", "tasks", "mentors", "add_goals")
PROSE = ("worked", "did_not", "changed", "unlearned", "notes")


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
    """The fit of a mentorship, and its new cadence (`6 weeks`)."""

    every: str | None = line()


@declared
class NewGoal(Goal):
    """A goal added by the review; the form calls its mentors `with`."""

    id: str = line("new", managed=True)
    created: datetime = instant(datetime.min.replace(tzinfo=UTC))
    title: str | None = line()  # type: ignore[assignment]
    mentors: Sequence[str] = texts()  # type: ignore[assignment]

    def as_goal(self, id: str, created: datetime) -> Goal:
        """Return the goal itself."""
        shares = tuple(Share(mentor=mentor) for mentor in dict.fromkeys(self.mentors))
        values = {name: getattr(self, name) for name in goal_fields()} | {"mentors": shares}
        return Goal(id=id, created=created, **values)


@declared
class ReviewForm(Part):
    """All answers of one review."""

    on: date | None = day()
    since: date | None = day()
    kind: str | None = word(vocabulary.REVIEW_KINDS)
    scope: str | None = ref("goal", "mentor")
    worked: str | None = prose()
    did_not: str | None = prose()
    changed: str | None = prose()
    unlearned: str | None = prose()
    next_on: date | None = day()
    notes: str | None = prose()
    verdicts: Sequence[GoalAnswer] = parts(GoalAnswer)
    tasks: Sequence[TaskAnswer] = parts(TaskAnswer)
    mentors: Sequence[MentorAnswer] = parts(MentorAnswer)
    add_goals: Sequence[NewGoal] = parts(NewGoal)

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        entries = (is_answered(entry) for _, _, entry in self.entries())
        return not any(getattr(self, name) for name in (*PROSE, "next_on")) and not any(entries)

    def entries(self) -> Iterator[tuple[str, int, Part]]:
        """Yield each entry with its table and its number, from 1."""
        for table in TABLES:
            for number, entry in enumerate(getattr(self, table), 1):
                yield table, number, entry


class Answers(NamedTuple):
    """The answers of a review, and their lines in the text."""

    form: ReviewForm
    lines: FormLines


def validate_answers(
    plain: Mapping[str, Any], lines: FormLines, validate: Callable[[type[ReviewForm], Mapping[str, Any]], ReviewForm]
) -> Answers:
    """Return the answers in plain data; WrongAnswer names the entry and the line of its header."""
    filled = _without_blanks(plain)
    _refuse_unknown_keys(filled, lines)
    try:
        form = validate(ReviewForm, filled)
    except BadValue as error:
        raise lines.field_error(error) from None
    for table, number, entry in form.entries():
        try:
            _check_entry(entry)
        except MentorlogError as error:
            raise lines.entry_error(table, number, error) from None
    return Answers(form, lines)


def is_answered(entry: Part) -> bool:
    """Return whether an entry has more than the id of its record."""
    optional = (one for one in spec(type(entry)).values() if not one.required)
    return any(getattr(entry, one.name) != one.default for one in optional)


def goal_fields() -> list[str]:
    """Return the fields of a goal that a review may set."""
    return [name for name in settable(Goal) if name not in KEPT_BY]


def _without_blanks(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out empty values, and rename `with` of a new goal to `mentors`."""
    filled = _filled(plain, {})
    for table in TABLES:
        # `with` is a keyword in Python; `mentors` beside it must be refused, not lost.
        names = {"with": "mentors", "mentors": "mentors "} if table == "add_goals" else {}
        if isinstance(entries := filled.get(table), list):
            filled[table] = [_filled(entry, names) if isinstance(entry, dict) else entry for entry in entries]
    return filled


def _filled(table: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    filled = {key: value for key, value in table.items() if value not in ([], {})}
    return {names.get(key, key): value for key, value in filled.items() if not isinstance(value, str) or value.strip()}


def _refuse_unknown_keys(filled: Mapping[str, Any], lines: FormLines) -> None:
    """Refuse unknown keys, first at the top level, then in each entry."""
    for key in filled:
        if key not in _known_fields(ReviewForm):
            raise lines.field_error(_unknown_key(key, ReviewForm))
    for table in TABLES:
        entries = filled.get(table)
        for number, entry in enumerate(entries if isinstance(entries, list) else (), 1):
            for part, data in _tables(spec(ReviewForm)[table].part, entry):
                unknown = next((key for key in data if key not in _known_fields(part)), None)
                if unknown is not None:
                    raise lines.entry_error(table, number, _unknown_key(unknown, part))


def _known_fields(part: type[Part]) -> Collection[str]:
    return goal_fields() if part is NewGoal else spec(part).keys()


def _tables(kind: type[Part] | None, entry: Any) -> Iterator[tuple[type[Part], Mapping[str, Any]]]:
    if kind and isinstance(entry, dict):
        yield kind, entry
        for key, inner in spec(kind).items():
            yield from _tables(inner.part, entry.get(key))


def _unknown_key(key: str, part: type[Part]) -> BadValue:
    from difflib import get_close_matches

    names = ["with" if part is NewGoal and name == "mentors" else name for name in _known_fields(part)]
    near = get_close_matches(key, names, 1)
    sentence = f"Unknown key {key.strip()!r}{f'; did you mean {near[0]!r}?' if near else '.'}"
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
    if isinstance(entry, NewGoal) and entry.title is None and is_answered(entry):
        raise WrongAnswer("title is missing.", 'title = "Present at grand rounds"')
