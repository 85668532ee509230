"""What a mentor and I expect and agree on, and how both feel: the questions on a terminal, and the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import date_words, vocabulary
from mentorlog.app import App
from mentorlog.domain import agreement
from mentorlog.errors import BadValue, Usage, shortened
from mentorlog.input.prompt import Legend
from mentorlog.output.messages import mentor as messages

if TYPE_CHECKING:
    from mentorlog.models.mentor import Mentor
    from mentorlog.models.view_types import MentorView

SKIP = "skip"
_SIDES = ("comfort", "their_comfort")


_EXPECTED = {
    "mine": "What do you expect of them? (Enter to skip)",
    "theirs": "What do they expect of you? (Enter to skip)",
    "off_limits": "What is off limits? (Enter to skip)",
    "not_looking_for": "What are you not looking for? (Enter to skip)",
}


def expect(
    app: App,
    mentor: MentorView,
    lists: Mapping[str, Sequence[str] | None],
    values: Mapping[str, Any],
    remove: Sequence[str],
    clear: Sequence[str],
) -> None:
    """Record expectations and print them all; on a terminal ask for the lists if nothing is given."""
    from mentorlog.models.mentor import Mentor

    added = {name: texts for name, texts in lists.items() if texts is not None}
    given = {name: value for name, value in values.items() if value is not None}
    if not (added or given or remove or clear):
        if not app.interactive:
            hint = "use --mine, --theirs, --off-limits, --not-looking-for, --asked or --clear"
            raise Usage("Nothing to record.", hint)
        added = {name: [text] for name, text in app.prompt.fill(lists, _EXPECTED).items() if text}

    def change(old: Mentor) -> Mentor:
        return agreement.without(old, remove).expecting(added, given, clear=clear)

    view, changed = app.journal.update(Mentor, mentor["id"], f"mentor expect: {mentor['name']}", change)
    first, *rest = messages.expectations(view)
    app.out.say([first if changed else f"Nothing changed. {first}", *rest], view)


# Both agree


class Comfort(NamedTuple):
    """How both feel, as far as it is known."""

    mine: str | None = None
    theirs: str | None = None

    @property
    def known(self) -> bool:
        """Whether something is known."""
        return bool(self.mine or self.theirs)


def agree(app: App, mentor: MentorView, on: date, revisit_on: date | None, comfort: Comfort) -> None:
    """Store what stands as agreed by both and print it; on a terminal ask how both feel, and when to look again."""
    from mentorlog.models.mentor import Mentor

    if app.interactive and not (revisit_on or comfort.known):
        old = app.journal.preview(lambda transaction: transaction.get(Mentor, mentor["id"]))
        if agreement.agree(old, on=on) is not old:
            comfort, revisit_on = _ask_comfort(app), _ask_day(app, on)

    def change(old: Mentor) -> Mentor:
        new = agreement.agree(old, on=on, revisit_on=revisit_on)
        return new.comfortable(*comfort, on=on) if comfort.known else new

    name = f"mentor agree: {mentor['name']}"
    view, changed = app.journal.update(Mentor, mentor["id"], name, change)
    app.out.say(messages.agreed(view, mentor["agreed"], comfort.known, changed), view)


def _ask_comfort(app: App) -> Comfort:
    ask = partial(app.prompt.ask, default=SKIP, choices=(*vocabulary.COMFORTS, SKIP))
    answers = [ask("Are you comfortable with this mentorship?"), ask("Are they, as far as you know?")]
    return Comfort(*(None if answer == SKIP else answer for answer in answers))


def _ask_day(app: App, on: date) -> date | None:
    def day(text: str) -> date | None:
        return agreement.must_be_later(date_words.ahead(text, app.today, app.first_weekday), on) if text else None

    return app.prompt.ask_value("When will you look at it again? (e.g. in 6 months; Enter to skip)", day)


# Fit


class Fit(NamedTuple):
    """Whether a mentorship works: the answer, which of the three tests it meets, and how both feel."""

    answer: str | None
    tests: dict[str, bool]
    comfort: Comfort
    comment: str | None


def fit(app: App, mentor: MentorView, given: Fit, on: date) -> None:
    """Record the fit or the comfort or both as one operation, and print it; on a terminal ask if nothing is given."""
    from mentorlog.models.mentor import Mentor

    if given.tests and not given.answer:
        test = next(iter(given.tests))
        hint = f"for example: mentorlog mentor fit {mentor['id']} good --{test} yes"
        raise Usage(f"--{test} needs an answer: {', '.join(vocabulary.FIT_ANSWERS)}.", hint)
    if not given.answer and not given.comfort.known:
        given = _ask_fit(app, given)

    def change(old: Mentor) -> Mentor:
        new = old
        if given.answer:
            new = new.fitting(given.answer, on=on, comment=given.comment, tests=given.tests)
        if given.comfort.known:
            new = new.comfortable(*given.comfort, on=on, comment=None if given.answer else given.comment)
        return new

    view, changed = app.journal.update(Mentor, mentor["id"], f"mentor fit: {mentor['name']}", change)
    app.out.say(messages.fit(view, on.isoformat(), given.answer, given.comfort.known, changed), view)


def _ask_fit(app: App, given: Fit) -> Fit:
    answer = app.prompt.ask(
        "Does this mentorship work for you?",
        None,
        vocabulary.FIT_ANSWERS,
        option="ANSWER",
        legend=Legend(vocabulary.FIT_MEANINGS),
    )
    question = "Is it productive, amicable, beneficial? (yes, no, or which; Enter to skip)"
    tests = app.prompt.ask_value(question, parse_tests)
    comfort = _ask_comfort(app)
    return Fit(answer, tests, comfort, given.comment or app.prompt.ask("Any comment? (Enter to skip)") or None)


def parse_tests(text: str) -> dict[str, bool]:
    """Return which tests are met: `yes`, `no`, or those that are (`productive, beneficial`); {} for nothing."""
    words = text.lower().replace(",", " ").replace(" and ", " ").split()
    if not words:
        return {}
    if len(words) == 1 and (all_of_them := _begun(words[0], ("yes", "no"))):
        return dict.fromkeys(vocabulary.FIT_TESTS, all_of_them == "yes")
    met = [_begun(word, vocabulary.FIT_TESTS) for word in words]
    if "" in met:
        hint = f"enter yes, no, or some of: {', '.join(vocabulary.FIT_TESTS)}"
        raise BadValue("tests", f"{shortened(words[met.index('')])} is not one of the three tests.", hint)
    return {test: test in met for test in vocabulary.FIT_TESTS}


def parse_comfort(text: str) -> dict[str, str]:
    """Return how both feel from one or two words: `yes` is how I feel, `yes unsure` and `skip no` say both."""
    words = text.lower().replace(",", " ").split()
    felt = [_begun(word, (*vocabulary.COMFORTS, SKIP)) for word in words]
    if "" in felt or not 1 <= len(felt) <= len(_SIDES):
        hint = f"enter one word for you, and one for them: {', '.join(vocabulary.COMFORTS)}"
        raise BadValue("comfort", f"{shortened(text)} does not say how you feel.", hint)
    return {side: word for side, word in zip(_SIDES, felt, strict=False) if word != SKIP}


def _begun(word: str, words: Sequence[str]) -> str:
    """Return the only one of some words that begins like this; "" if none or several do."""
    begun = [one for one in words if one.startswith(word)]
    return begun[0] if len(begun) == 1 else ""
