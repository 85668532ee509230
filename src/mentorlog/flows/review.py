"""How a review is held: on a terminal, in a form, or from a file of answers; always one operation in the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import dates, vocabulary
from mentorlog.app import App
from mentorlog.domain.reviewing.answers import Given
from mentorlog.domain.reviewing.applying import Outcome, ReviewRequest, agreed, apply, meant
from mentorlog.domain.reviewing.due import ALL, QUICK
from mentorlog.domain.reviewing.facts import ReviewFacts, facts
from mentorlog.errors import MentorlogError, Unreadable, Usage, WrongAnswer
from mentorlog.flows import review_answers as forms
from mentorlog.input import stdin as texts
from mentorlog.models.record import among, view
from mentorlog.models.views import View
from mentorlog.store.index.query import Query

if TYPE_CHECKING:
    from mentorlog.store.transaction import Transaction

LONGEST = 4 * 1024 * 1024
"""Answers are read up to so many bytes; whatever is longer was not written by a person."""

_NO_ANSWERS = "name a form that is filled in; make one with: mentorlog review --print-form > FILE"
_EMPTY = "There is nothing to review yet: the journal holds no goal, no task and no mentor."


class Options(NamedTuple):
    """What the command line says of a review; None where it says nothing."""

    on: date | None = None
    kind: str | None = None
    scope: str | None = None

    def wish(self, today: date) -> ReviewRequest:
        """Return the review that is meant where no answers say more."""
        return ReviewRequest(self.on or today, self.kind or "full", self.scope or ALL)


def options(app: App, *, on: str | None, kind: str | None, quick: bool, scope: str | None) -> Options:
    """Return what the options mean; a scope is one goal or one mentor."""
    of_kind = kind_of(kind) if kind else None
    if quick and of_kind not in (None, QUICK):
        raise Usage(f"--quick and --kind {of_kind} do not go together.", "leave out one of the two")
    within = app.journal.resolve(scope, "goal", "mentor", by_name=True)["id"] if scope and scope != ALL else scope
    return Options(app.day_before(on) if on else None, QUICK if quick else of_kind, within)


def kind_of(text: str) -> str:
    """Return the kind of review that is meant."""
    return among(text, "kind", vocabulary.REVIEW_KINDS)


def one_way(**ways: object) -> None:
    """Refuse two ways to answer at once."""
    chosen = [f"--{name.replace('_', '-')}" for name, value in ways.items() if value]
    if len(chosen) > 1:
        raise Usage(f"{' and '.join(chosen)} do not go together.", "choose one way to answer")


def held(app: App, said: Options, answers: str | None) -> Outcome:
    """Hold a review by a file of answers, else by a form in the editor; keep it, and return what came of it."""
    must_be_whole(app)
    must_hold_something(app)
    if answers is None:
        return _in_a_form(app, said)
    given = forms.read(_answers(app, answers), "the answers")
    return kept(app, given, wished(app, given, said))


def form_text(app: App, said: Options) -> str:
    """Return the form of a review with the facts as comments."""
    from mentorlog.output import review_form

    must_hold_something(app)
    wish = said.wish(app.today)
    return review_form.text(picture(app.journal.find, wish), wish)


def _in_a_form(app: App, said: Options) -> Outcome:
    # What is refused is offered again below one line that says why: lines are counted as they stand then.
    first_line = 2 if app.interactive else 1

    def check(text: str) -> None:
        given = forms.read(text, "the form", first_line=first_line)
        tried(app, given, wished(app, given, said))

    text = app.edited(form_text(app, said), "review-form", ".toml", check, by="--form")
    given = forms.read(text, "the form")
    return kept(app, given, wished(app, given, said))


def wished(app: App, given: Given, said: Options) -> ReviewRequest:
    """Return which review whole answers and options mean together; WrongAnswer where they disagree or say nothing."""
    wish = meant(given, app.today, on=said.on, kind=said.kind, scope=said.scope)
    scope_is_there(app, wish.scope)
    return agreed(given, wish)


def scope_is_there(app: App, scope: str) -> None:
    """Refuse what is neither all nor one goal or mentor that is there."""
    if scope != ALL and app.journal.view(scope)["record"] not in ("goal", "mentor"):
        said = f"A review is about all, one goal or one mentor; {scope} is none of them."
        raise WrongAnswer(said, "name a goal or a mentor, or leave the scope out")


def picture(find: Callable[[Query], list[View]], wish: ReviewRequest) -> ReviewFacts:
    """Return the facts of a review, from the journal or from within a change."""
    records = [one for kind in vocabulary.RECORD_KINDS for one in find(Query(kind))]
    return facts(records, on=wish.on, scope=wish.scope, quick=wish.quick)


def tried(app: App, given: Given, wish: ReviewRequest) -> Outcome:
    """Return what would come of the answers; nothing is kept."""
    return app.journal.preview(_work(app, given, wish, lambda transaction, outcome: None))


def kept(app: App, given: Given, wish: ReviewRequest) -> Outcome:
    """Keep the review and all that it changes as one operation, and return what came of it."""

    def put(transaction: Transaction, outcome: Outcome) -> None:
        for record in outcome.records:
            transaction.put(record)

    about = "" if wish.scope == ALL else f" of {wish.scope}"
    return app.journal.change(f"review: {wish.kind}{about} on {dates.say(wish.on)}", _work(app, given, wish, put))


def _work(
    app: App, given: Given, wish: ReviewRequest, put: Callable[[Transaction, Outcome], None]
) -> Callable[[Transaction], Outcome]:
    def work(transaction: Transaction) -> Outcome:
        seen, journal = picture(transaction.find, wish), app.journal
        outcome = apply(given, wish, seen, transaction, assigned=journal.assigned, now=app.now)
        put(transaction, outcome)
        return outcome

    return work


def as_data(outcome: Outcome) -> dict[str, Any]:
    """Return the review as scripts see it, with `outcome`: what became of each record."""
    told = [
        {**change._asdict(), "fields": [dict(zip(("field", "old", "new"), one, strict=True)) for one in change.fields]}
        for change in outcome.changes
    ]
    return {**view(outcome.review), "outcome": told}


def _answers(app: App, path: str) -> str:
    """Return the text of a file of answers, or of stdin."""
    return app.stdin.whole() if path == "-" else texts.decoded(texts.file(path, LONGEST, _NO_ANSWERS), path)


def must_be_whole(app: App) -> None:
    """Refuse to freeze facts in which a record is missing that cannot be read."""
    unread = [problem for problem in app.journal.problems if "/" in problem.path]
    if unread:
        first = unread[0]
        raise Unreadable(first.path, f"{first.message}; a review counts every record", first.line)


def must_hold_something(app: App) -> None:
    """Refuse to review an empty journal."""
    if not any(app.journal.find(Query(kind, limit=1)) for kind in vocabulary.RECORD_KINDS if kind != "review"):
        raise MentorlogError(_EMPTY, "begin with: mentorlog goal add TITLE")
