"""Answers become a review and changed records, all or none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, TypeVar

import pytest

from factories import TODAY, make_id
from mentorlog.domain.reviewing.applying import (
    ReviewChange,
    ReviewResult,
    apply,
    resolve_request,
)
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.domain.reviewing.period import ReviewRequest
from mentorlog.errors import UnknownId, WrongAnswer
from mentorlog.flows.review import read_answers
from mentorlog.models.goal import Goal
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import Record
from mentorlog.models.task import Task
from mentorlog.store.format import exact
from reviewed import PARSER, records, resolve, views

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
R = TypeVar("R", bound=Record)


class Shelf:
    """The records of the sample, as a change would read them."""

    def __init__(self) -> None:
        self.records = {record.id: record for record in records()}
        self.read: list[str] = []

    def get(self, kind: type[R], id: str) -> R:
        """Return a record of a kind."""
        self.read.append(id)
        found = self.records.get(id)
        if not isinstance(found, kind):
            raise UnknownId(id, (kind.KIND,))
        return found

    def new_id(self, kind: str) -> str:
        """Return a new id."""
        return make_id(kind[0])


def assigned(goal: Goal, changes: Any, clear: Any) -> Goal:
    """A goal with fields set and cleared, as the journal does it."""

    return exact.assigned(goal, changes, clear, today=TODAY, resolve=resolve)


def applied(text: str, shelf: Shelf | None = None, **options: Any) -> ReviewResult:
    """What comes of answers."""
    given = read_answers(text, "The form", PARSER, on=options.get("on"))
    request = resolve_request(given, TODAY, **{"on": None, "kind": None, "scope": None, **options})
    picture = ReviewFacts(views(), request)
    return apply(given, request, picture, shelf or Shelf(), assign=assigned, now=NOW)


def refused(text: str, **options: Any) -> str:
    """What is said of answers that are refused."""
    with pytest.raises(WrongAnswer) as wrong:
        applied(text, **options)
    return wrong.value.sentence


def one(outcome: ReviewResult, kind: type[R]) -> R:
    """The only changed record of a kind."""
    (found,) = [record for record in outcome.records if isinstance(record, kind)]
    return found


def goal(verdict: str, id: str = "g7k3q", more: str = "") -> str:
    """An entry on a goal."""
    return f'[[verdicts]]\ngoal = "{id}"\nverdict = "{verdict}"\n{more}\n'


def test_a_kept_goal_is_not_changed() -> None:
    """The verdict stands in the review alone."""
    outcome = applied(goal("keep", more='reason = "On its way"'))

    assert [record.KIND for record in outcome.records] == ["review"]
    (verdict,) = outcome.review.verdicts
    assert (verdict.goal, verdict.verdict, verdict.reason) == ("g7k3q", "keep", "On its way")
    assert outcome.changes == [ReviewChange("goal", "g7k3q", "Submit case report", "kept", [], "On its way")]


def test_a_revised_goal_says_what_it_was() -> None:
    """Old and new stand in the goal's history, with the reason and the review; the review holds the new values."""
    more = 'reason = "New format"\nchanges = { by = 2027-02-01, mentors = ["osler", "curie"] }\nclear = ["measure"]'
    outcome = applied(goal("revise", more=more))
    changed, (verdict,) = one(outcome, Goal), outcome.review.verdicts

    assert (changed.by, changed.measure) == (date(2027, 2, 1), None)
    assert [(s.mentor, s.told_on) for s in changed.mentors] == [("osler", date(2026, 10, 5)), ("curie", None)]
    assert [(h.field, h.old, h.new, h.reason, h.review) for h in changed.history if h.field != "mentors"] == [
        ("measure", "Accepted by a journal", None, "New format", outcome.review.id),
        ("by", "2027-01-03", "2027-02-01", "New format", outcome.review.id),
    ]
    assert (verdict.changes, verdict.clear) == ({"by": "2027-02-01", "mentors": ["osler", "curie"]}, ("measure",))


def test_words_are_values_in_a_form_too() -> None:
    """A change may be written as on the command line."""
    changed = one(applied(goal("revise", more='reason = "x"\nchanges = { by = "in 2 weeks" }')), Goal)

    assert changed.by == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("verdict", "id", "status", "what"),
    [
        ("achieved", "g7k3q", "achieved", "achieved"),
        ("partly", "g7k3q", "partly", "partly achieved"),
        ("pause", "g7k3q", "paused", "paused"),
        ("drop", "g7k3q", "dropped", "dropped"),
        ("drop", "g3w5x", "dropped", "dropped"),
        ("resume", "g3w5x", "active", "resumed"),
        ("resume", "gcccc", "active", "resumed"),
    ],
)
def test_verdicts_that_move_a_goal(verdict: str, id: str, status: str, what: str) -> None:
    """The goal's history says that it was the review, and why."""
    outcome = applied(goal(verdict, id, 'reason = "So it is"'), on=date(2026, 11, 20))
    changed = one(outcome, Goal)
    entry = changed.history[-1]

    assert changed.status == status
    assert (entry.on, entry.field, entry.new, entry.reason) == (date(2026, 11, 20), "status", status, "So it is")
    assert entry.review == outcome.review.id
    assert [change.change for change in outcome.changes] == [what]


@pytest.mark.parametrize("verdict", ["revise", "partly", "pause", "drop"])
def test_a_reason_is_needed(verdict: str) -> None:
    """Revise, partly, pause and drop say why."""
    more = "changes = { by = 2027-02-01 }" if verdict == "revise" else ""
    said = f"[[verdicts]] number 1, line 1: reason is missing: the verdict {verdict} needs one."

    assert refused(goal(verdict, more=more)) == said


def task(verdict: str, id: str = "t4m2x", more: str = "") -> str:
    """An entry on a task."""
    return f'[[tasks]]\ntask = "{id}"\nverdict = "{verdict}"\n{more}\n'


def test_verdicts_on_tasks() -> None:
    """Done, put off and dropped change the task; kept does not."""
    done = one(applied(task("done", more='reason = "Sent"'), on=date(2026, 11, 20)), Task)
    later = one(applied(task("defer", more='due = 2026-12-20\nreason = "Data"')), Task)
    dropped = one(applied(task("drop", "t8n3v")), Task)
    kept = applied(task("keep"))

    assert (done.status, done.done_on, done.outcome) == ("done", date(2026, 11, 20), "Sent")
    assert (later.due, later.defers[0].old, later.defers[0].reason) == (
        date(2026, 12, 20),
        date(2026, 11, 10),
        "Data",
    )
    assert dropped.status == "dropped"
    assert [record.KIND for record in kept.records] == ["review"]
    assert kept.review.tasks[0].verdict == "keep"


def test_fit_joins_the_mentor() -> None:
    """An answer on the fit stands with the mentor and in the review; a word on the cadence in the review alone."""
    more = 'comment = "Quick answers"\ncadence_ok = false\npulse = { communication = 6 }'
    outcome = applied(f'[[mentors]]\nmentor = "osler"\nfit = "good"\n{more}')
    entry, (verdict,) = one(outcome, Mentor).fit[-1], outcome.review.mentors

    assert (entry.on, entry.answer, entry.comment) == (TODAY, "good", "Quick answers")
    assert (verdict.fit, verdict.cadence_ok, verdict.comment) == ("good", False, "Quick answers")
    assert verdict.pulse is not None
    assert verdict.pulse.communication == 6
    assert outcome.changes[0].change == "fits well, cadence does not work, pulse recorded"
    alone = applied('[[mentors]]\nmentor = "osler"\ncomment = "x"')
    assert ([r.KIND for r in alone.records], alone.changes[0].change) == (["review"], "comment saved")


def test_another_cadence_is_the_mentors() -> None:
    """How often to meet from now on changes the mentor; what is so already, or all right, is no change of it."""
    outcome = applied('[[mentors]]\nmentor = "osler"\ncadence_ok = false\nevery = "2 weeks"')
    alone = applied('[[mentors]]\nmentor = "osler"\nevery = "2 weeks"')

    assert one(outcome, Mentor).cadence.every_days == 14
    assert outcome.changes[0].change == "cadence does not work"
    assert outcome.changes[0].fields == [("cadence", "every 4 weeks", "every 2 weeks")]
    assert alone.changes[0].change == "cadence changed"
    for more in ('every = "28d"', 'every = "soon"', 'every = "2 weeks"\ncadence_ok = true'):
        with pytest.raises(WrongAnswer, match="number 1, line 1"):
            applied(f'[[mentors]]\nmentor = "osler"\n{more}')


def test_comfort_and_new_expectations_are_the_mentors() -> None:
    """How both feel, the three tests and new expectations change the mentor; the review has mine."""
    more = 'fit = "good"\nproductive = true\nbeneficial = false\ncomfort = "yes"\ntheir_comfort = "unsure"'
    lists = 'mine = ["Honest, at once"]\ntheirs = ["Drafts in time", "One page"]'
    outcome = applied(f'[[mentors]]\nmentor = "osler"\n{more}\n{lists}')
    mentor, (verdict,) = one(outcome, Mentor), outcome.review.mentors

    assert (mentor.fit[-1].productive, mentor.fit[-1].amicable, mentor.fit[-1].beneficial) == (True, None, False)
    assert [(felt.on, felt.mine, felt.theirs) for felt in mentor.comfort] == [(TODAY, "yes", "unsure")]
    assert (mentor.expectations.mine, mentor.expectations.theirs) == (
        ("Honest, at once",),
        ("Drafts in time", "One page"),
    )
    assert (verdict.fit, verdict.comfort) == ("good", "yes")
    assert outcome.changes[0].change == (
        "fits well, productive, not beneficial, comfortable: yes for me, unsure for them"
    )
    assert [(name, new) for name, _, new in outcome.changes[0].fields] == [
        ("mine", "Honest, at once"),
        ("theirs", "Drafts in time"),
        ("theirs", "One page"),
    ]
    alone = applied('[[mentors]]\nmentor = "osler"\ntheirs = ["One page"]')
    assert (alone.changes[0].change, len(alone.review.mentors)) == ("expectations changed", 1)
    for wrong in ("productive = true", 'mine = [" "]', 'comfort = "maybe"'):
        with pytest.raises(WrongAnswer, match="number 1, line 1"):
            applied(f'[[mentors]]\nmentor = "osler"\n{wrong}')


def test_new_goals() -> None:
    """A new goal has its fields, its mentors untold, and stands in the review."""
    fields = 'why = "w"\nmeasure = "m"\nhorizon = "short"\ndomain = "Teaching"\ncompetency = "PC"\npriority = "high"'
    more = 'parent = "g7k3q"\nbaseline = "b"\nvisibility = "private"\ntags = ["t"]\nlinks = ["l"]\nnotes = "n"'
    outcome = applied(f'[[add_goals]]\ntitle = "Teach"\nby = 2027-05-01\nwith = ["osler", "osler"]\n{fields}\n{more}')
    added = one(outcome, Goal)

    assert outcome.review.added_goals == (added.id,)
    assert (added.title, added.by, added.domain, added.parent) == ("Teach", date(2027, 5, 1), "teaching", "g7k3q")
    assert [(share.mentor, share.told_on) for share in added.mentors] == [("osler", None)]
    assert (added.visibility, added.tags, added.created) == ("private", ("t",), NOW)


def test_the_review_itself() -> None:
    """Texts, dates, period and facts are frozen in it; it is private."""
    text = 'on = 2026-11-20\nkind = "annual"\nnext_on = 2027-11-20\nworked = "w"\ndid_not = "d"\nchanged = "c"\n'
    review = applied(text + 'unlearned = "u"\nnotes = "n"').review

    assert (review.on, review.kind, review.scope, review.next_on) == (
        date(2026, 11, 20),
        "annual",
        "all",
        date(2027, 11, 20),
    )
    assert (review.worked, review.did_not, review.changed, review.unlearned, review.notes) == ("w", "d", "c", "u", "n")
    assert (review.period.start, review.period.end) == (date(2025, 11, 21), date(2026, 11, 20))
    assert (review.facts.meetings_held, review.visibility) == (2, "private")


FIRST = goal("keep", "g9p2m")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FIRST + goal("keep", "g9999"), "[[verdicts]] number 2, line 5: No goal matches 'g9999'."),
        (FIRST + '[[verdicts]]\ngoal = "g9999"\n', "[[verdicts]] number 2, line 5: No goal matches 'g9999'."),
        (FIRST + goal("keep", "t4m2x"), "[[verdicts]] number 2, line 5: No goal matches 't4m2x'."),
        (FIRST + FIRST, "[[verdicts]] number 2, line 5: Goal g9p2m already has an entry."),
        (task("keep") + task("done"), "[[tasks]] number 2, line 5: Task t4m2x already has an entry."),
        (
            goal("keep", "gcccc"),
            "[[verdicts]] number 1, line 1: Goal gcccc is closed (achieved) and can only be resumed.",
        ),
        (goal("resume"), "[[verdicts]] number 1, line 1: Goal g7k3q is already active."),
        (goal("pause", "g3w5x", 'reason="x"'), "[[verdicts]] number 1, line 1: Goal g3w5x is already paused."),
        (
            goal("revise", more='reason="x"'),
            "[[verdicts]] number 1, line 1: changes is missing.",
        ),
        (
            goal("revise", more='reason="x"\nchanges = { by = 2027-01-03 }'),
            "[[verdicts]] number 1, line 1: Goal g7k3q is already set to that.",
        ),
        (
            goal("revise", more='reason="x"\nchanges = { bye = 2027-01-03 }'),
            "[[verdicts]] number 1, line 1: A goal has no field 'bye'.",
        ),
        (
            goal("revise", more='reason="x"\nchanges = { status = "dropped" }'),
            "[[verdicts]] number 1, line 1: status cannot be revised directly.",
        ),
        (
            goal("revise", more='reason="x"\nclear = ["title"]'),
            "[[verdicts]] number 1, line 1: The title of a goal cannot be cleared.",
        ),
        (
            goal("revise", more='reason="x"\nchanges = { by = 7 }'),
            "[[verdicts]] number 1, line 1: by must be a date like 2027-02-03, not 7.",
        ),
        (task("keep", "t5b6c"), "[[tasks]] number 1, line 1: Task t5b6c is done."),
        (task("defer"), "[[tasks]] number 1, line 1: due is missing: a deferred task needs a new date."),
        (
            task("defer", more="due = 2026-11-10"),
            "[[tasks]] number 1, line 1: Task t4m2x is already due Tue 10 Nov 2026.",
        ),
        (
            task("defer", more="due = 2026-11-22"),
            "[[tasks]] number 1, line 1: Task t4m2x cannot be deferred to Sun 22 Nov 2026, which is in the past.",
        ),
        ('[[mentors]]\nmentor = "freud"\nfit = "good"', "[[mentors]] number 1, line 1: No mentor matches 'freud'."),
        (
            '[[add_goals]]\ntitle = "x"\nwith = ["freud"]',
            "[[add_goals]] number 1, line 1: with: No mentor matches 'freud'.",
        ),
        (
            '[[add_goals]]\ntitle = "x"\nparent = "g9999"',
            "[[add_goals]] number 1, line 1: parent: No goal matches 'g9999'.",
        ),
        ("on = 2026-11-24\nworked = 'x'", "Line 1: on is Tue 24 Nov 2026, which is in the future."),
        (
            "worked = 'x'\nnext_on = 2026-11-23",
            "Line 2: next_on is Mon 23 Nov 2026, which is not after this review (Mon 23 Nov 2026).",
        ),
        ("on = 2026-11-20", "There are no answers; nothing changed."),
        ('scope = "curie"\n' + goal("keep"), "[[verdicts]] number 1, line 2: Goal g7k3q does not belong to curie."),
        (
            'scope = "g7k3q"\n[[mentors]]\nmentor = "osler"\nfit = "good"',
            "[[mentors]] number 1, line 2: Mentor osler does not belong to g7k3q.",
        ),
        (
            'scope = "curie"\n' + task("keep"),
            "[[tasks]] number 1, line 2: Task t4m2x does not belong to curie.",
        ),
    ],
)
def test_a_wrong_entry_is_named(text: str, said: str) -> None:
    """The entry and the line of its header stand in the sentence."""
    assert refused(text) == said


@pytest.mark.parametrize(
    ("key", "value", "option", "said"),
    [
        ("on", "2026-11-20", TODAY, "on is Fri 20 Nov 2026, but --on says Mon 23 Nov 2026."),
        ("kind", '"full"', "quick", "kind is full, but --kind says quick."),
        ("scope", '"all"', "curie", "scope is all, but --scope says curie."),
    ],
)
def test_answers_and_options_must_agree(key: str, value: str, option: object, said: str) -> None:
    """Nobody guesses which of two was meant."""
    assert refused(f"worked = 'x'\n{key} = {value}", **{key: option}) == f"Line 2: {said}"


def test_what_is_said_twice_alike_is_no_quarrel() -> None:
    """Options fill what the answers leave open."""
    given = read_answers("on = 2026-11-20\nworked = 'x'", "a", PARSER)

    assert resolve_request(given, TODAY, on=date(2026, 11, 20), kind="annual", scope=None) == ReviewRequest(
        date(2026, 11, 20), "annual"
    )


def test_every_record_is_read_once() -> None:
    """Under the lock no file is read twice, though its record has a verdict and is named by a new goal."""
    shelf = Shelf()
    text = f'{goal("keep")}[[mentors]]\nmentor = "osler"\nfit = "good"\n[[add_goals]]\ntitle = "Teach"\n'

    applied(f'{text}parent = "g7k3q"\nwith = ["osler"]\n', shelf)

    assert sorted(shelf.read) == ["g7k3q", "osler"]
