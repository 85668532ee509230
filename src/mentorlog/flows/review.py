"""A review from a form or a file of answers, saved as one operation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import dates, vocabulary
from mentorlog.app import App
from mentorlog.domain.assign import ValueParser
from mentorlog.domain.query import Query
from mentorlog.domain.reviewing.answers import Answers, validate_answers
from mentorlog.domain.reviewing.applying import ReviewResult, apply, resolve_request
from mentorlog.domain.reviewing.due import ALL, QUICK
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.domain.reviewing.form_lines import FormLines
from mentorlog.domain.reviewing.period import ReviewRequest, check_since
from mentorlog.errors import MentorlogError, Unreadable, Usage, WrongAnswer
from mentorlog.input import texts
from mentorlog.models.record import view
from mentorlog.models.views import View, joined
from mentorlog.output.text import spaced
from mentorlog.store.format import toml

if TYPE_CHECKING:
    from mentorlog.store.transaction import Transaction

LONGEST = 4 * 1024 * 1024
"""The largest size of answers in bytes."""

_FORM = "The form"
_NO_ANSWERS = "use a filled-in form; to create one: mentorlog review --print-form > review.toml"


class Options(NamedTuple):
    """The options of a review on the command line; None if not given."""

    on: date | None = None
    kind: str | None = None
    scope: str | None = None
    since: date | None = None

    def request(self, today: date) -> ReviewRequest:
        """Return the requested review, before any answers."""
        return check_since(ReviewRequest(self.on or today, self.kind or "full", self.scope or ALL, self.since))


def parse_options(*, on: date | None, kind: str | None, quick: bool, scope: str | None, since: date | None) -> Options:
    """Return the combined options."""
    if quick and kind not in (None, QUICK):
        raise Usage(f"--quick and --kind {kind} cannot be used together.", "use only one of them")
    return Options(on, QUICK if quick else kind, scope, since)


def check_one_way(**ways: object) -> None:
    """Raise Usage for two ways to answer at once."""
    chosen = [f"--{name.replace('_', '-')}" for name, value in ways.items() if value]
    if len(chosen) > 1:
        raise Usage(f"{joined(chosen)} cannot be used together.", "use only one of them")


def hold(app: App, options: Options, path: str | None) -> ReviewResult:
    """Hold a review from a file of answers, or from a form in the editor, and save it."""
    check_readable(app)
    check_not_empty(app)

    def read(text: str, name: str, first_line: int = 1) -> tuple[Answers, ReviewRequest]:
        answers = read_answers(text, name, words(app), on=options.on, first_line=first_line)
        return answers, resolve(app, answers, options)

    if path is not None:
        name = "The text on stdin" if path == "-" else path
        return save(app, *read(texts.decode(app.texts.source(path, LONGEST, _NO_ANSWERS), name), name))

    def check(form: str, first_line: int) -> None:
        preview(app, *read(form, _FORM, first_line))

    text = app.editor("--form").revise(form_text(app, options), "review-form", check)
    return save(app, *read(text, _FORM))


def words(app: App) -> ValueParser:
    """Return what makes words days, and prefixes and names ids.

    An id as the form wrote it is no name: nothing is noted about others with that word in their names.
    """

    def resolve(text: str, *kinds: str, by_name: bool = False) -> View:
        is_id = text in app.reading.titles([text])
        return app.reading.resolve(text, *kinds, by_name=by_name and not is_id)

    return ValueParser(app.today, resolve, toml.literal, app.reading.day_ahead, app.first_weekday)


def form_text(app: App, options: Options) -> str:
    """Return the form of a review with the facts as comments."""
    from mentorlog.output import review_form

    check_not_empty(app)
    request = options.request(app.today)
    return review_form.text(review_facts(app, app.reading.find, request), request)


def read_answers(text: str, name: str, parser: ValueParser, *, on: date | None = None, first_line: int = 1) -> Answers:
    """Return the answers from a TOML text, with those that are wrong; WrongAnswer if it is not TOML.

    The `name` begins the sentence about that: the path as the user typed it, or words of ours.
    """
    from mentorlog.store.format import validate

    plain, lines = parse_answers(text, name, first_line=first_line), FormLines(text, first_line)
    return validate_answers(plain, lines, parser, validate.accept, on)


def parse_answers(text: str, name: str, *, first_line: int = 1) -> dict[str, Any]:
    """Return the TOML text as plain data; WrongAnswer names the invalid line."""
    try:
        return toml.parse(name, text.encode("utf-8", "surrogateescape"))
    except Unreadable as error:
        where = f", line {error.line + first_line - 1}" if error.line else ""
        raise WrongAnswer(f"{name}{where} cannot be read: {error.message}.") from None


def resolve(app: App, answers: Answers, options: Options) -> ReviewRequest:
    """Return the review for the answers and options; WrongAnswer if they conflict."""
    request = resolve_request(answers, app.today, **options._asdict())
    if request.scope != ALL:
        app.reading.resolve(request.scope, "goal", "mentor")
    return request


def review_facts(app: App, find: Callable[[Query], list[View]], request: ReviewRequest) -> ReviewFacts:
    """Return the facts of a review, from the journal or from within a change."""
    records = [record for kind in vocabulary.RECORD_KINDS for record in find(Query(kind))]
    return ReviewFacts(records, request, app.journal.past.views_at, app.reading.blocks(), app.rules)


def preview(app: App, answers: Answers, request: ReviewRequest) -> ReviewResult:
    """Return the result of the answers without saving it."""
    return app.journal.preview(lambda transaction: _apply(app, transaction, answers, request))


def save(app: App, answers: Answers, request: ReviewRequest) -> ReviewResult:
    """Save the review and all its changes as one operation, and return the result."""

    def work(transaction: Transaction) -> ReviewResult:
        result = _apply(app, transaction, answers, request)
        for record in result.records:
            transaction.put(record)
        return result

    about = "" if request.scope == ALL else f" of {request.scope}"
    return app.journal.change(f"review: {spaced(request.kind)}{about} on {dates.say(request.on)}", work)


def _apply(app: App, transaction: Transaction, answers: Answers, request: ReviewRequest) -> ReviewResult:
    facts = review_facts(app, transaction.find, request)
    assign = partial(app.journal.assigned, today=request.on)  # words for days count from the review
    return apply(answers, request, facts, transaction, assign=assign, now=app.now)


def as_data(result: ReviewResult) -> dict[str, Any]:
    """Return the review for --json, with the `outcome` for each record."""
    outcome = []
    for change in result.changes:
        fields = [{"field": name, "old": old, "new": new} for name, old, new in change.fields]
        outcome.append({**change._asdict(), "fields": fields})
    return {**view(result.review), "outcome": outcome}


def check_readable(app: App) -> None:
    """Raise Unreadable if a record cannot be read, because the facts would be incomplete."""
    for problem in app.reading.problems:
        if "/" in problem.path:
            raise Unreadable(problem.path, f"{problem.message}; a review counts every record", problem.line)


def check_not_empty(app: App) -> None:
    """Raise MentorlogError if the journal has nothing to review."""
    kinds = [kind for kind in vocabulary.RECORD_KINDS if kind != "review"]
    if not any(app.reading.find(Query(kind, limit=1)) for kind in kinds):
        sentence = "There is nothing to review: the journal has no goals, tasks or mentors."
        raise MentorlogError(sentence, 'start with: mentorlog goal add "Submit case report"')
