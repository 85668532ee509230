"""What the commands of mentors do with words: ask, look up, keep. None of it needs a parser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from mentorlog import dates, vocabulary
from mentorlog.app import App
from mentorlog.domain import roster
from mentorlog.domain.query import Query
from mentorlog.errors import BadValue, Usage
from mentorlog.models.views import View, latest
from mentorlog.output.messages import mentor as words

if TYPE_CHECKING:
    from mentorlog.domain.handover import Open
    from mentorlog.models.mentor import Mentor
    from mentorlog.store.transaction import Transaction

Said = dict[str, Any]

_NEW = "new"
"""Stands for the id of a mentor who has none yet."""

_WHO = {
    "roles": "What are they to you? (advisor, coach, sponsor …, commas between; Enter: not said)",
    "every": "How often will you meet? (4 weeks, monthly; Enter: when it happens)",
    "purpose": "What is the mentorship for? (Enter: not said)",
    "email": "Their e-mail address? (Enter: not said)",
}
_SEEN = {
    "met_via": "Where did you see them at work? (Enter: not said)",
    "qualities": "What impressed you? (Enter: not said)",
}
_CLOSING = {
    "worked": "What worked? (Enter: nothing)",
    "did_not": "What did not? (Enter: nothing)",
    "lesson": "What do you take along? (Enter: nothing)",
}
_EXPECTED = {
    "mine": "What do you expect of them? (Enter: nothing)",
    "theirs": "What do they expect of you? (Enter: nothing)",
    "off_limits": "What do you leave out? (Enter: nothing)",
    "not_looking_for": "What are you not looking for? (Enter: nothing)",
}


# New mentors


def who(app: App, first: Said, *, candidate: bool = False) -> Said:
    """Return the first words on somebody, asked for where not even the name is given: five questions at most."""
    if first["name"] is not None:
        return first
    from mentorlog.models.record import clean_line

    name = app.ask("Who is it? (the full name)", option="NAME", check=lambda text: clean_line(text, "name"))
    answers = app.fill(first, _SEEN if candidate else _WHO, {"every": dates.days})
    if isinstance(answers.get("roles"), str):
        answers["roles"] = [word.strip() for word in answers["roles"].split(",") if word.strip()]
    return {**answers, "name": name}


def new(
    app: App,
    said: Mapping[str, Any],
    on: date,
    rhythm: tuple[int | None, int | None, str | None, int | None] = (None, None, None, None),
) -> Mentor:
    """Return the mentor that the words describe, in their status since a day; who introduced them is looked up."""
    from mentorlog.models.mentor import Mentor

    given: Said = {key: app.text(value) if isinstance(value, str) else value for key, value in said.items()}
    given["links"] = app.texts(given.get("links"))
    given["visibility"] = "private" if given.pop("private") else None
    if given["introduced_by"] is not None:
        given["introduced_by"] = app.mentor(given["introduced_by"])["id"]
    kept: Said = {key: value for key, value in given.items() if value is not None}
    mentor = Mentor(id=_NEW, created=app.now, **kept).entered(on=on)
    return mentor.meeting_every(*rhythm) if any(part is not None for part in rhythm) else mentor


def keep(app: App, verb: str, mentor: Mentor, slug: str | None) -> View:
    """Keep a new mentor under the slug, else one made of the name; the same full name twice needs a slug."""

    def work(transaction: Transaction) -> View:
        if slug is None:
            roster.refuse_namesake(mentor.name, transaction.find(Query("mentor")))
        return transaction.put(replace(mentor, id=transaction.new_id("mentor", mentor.name, slug)))

    return app.journal.change(f"mentor {verb}: {mentor.name}", work)


# One mentor


def change(app: App, verb: str, found: View, changed: Callable[[Mentor], Mentor]) -> tuple[View, bool]:
    """Change a mentor as one operation; return the new view, and whether anything was changed."""
    from mentorlog.models.mentor import Mentor

    def work(transaction: Transaction) -> tuple[View, bool]:
        old = transaction.get(Mentor, found["id"])
        now = changed(old)
        return transaction.put(now), now is not old

    return app.journal.change(f"mentor {verb}: {found['name']}", work)


def refer(app: App, found: View, name: str, on: date, asked: str | None, comment: str | None) -> View:
    """Note that somebody who was asked named another person: they have declined, the other is a candidate.

    Both in one operation; the view has the other one's as `referral`. Whom the journal knows is not made twice.
    """
    from mentorlog.models.mentor import Mentor

    def other(transaction: Transaction) -> Mentor:
        known = roster.namesake(name, transaction.find(Query("mentor")))
        if known is not None and known["id"] == found["id"]:
            raise BadValue("referral", f"{found['name']} cannot be referred to themselves.", "name the other person")
        if known is not None:
            old = transaction.get(Mentor, known["id"])
            return replace(old, introduced_by=old.introduced_by or found["id"])
        id = transaction.new_id("mentor", name)
        made = Mentor(id=id, created=app.now, name=name, status="candidate", introduced_by=found["id"])
        return made.entered(on=on, reason=f"referred by {found['name']}")

    def work(transaction: Transaction) -> View:
        reason = f"referred me to {name}{f': {comment}' if comment else ''}"
        now = transaction.get(Mentor, found["id"]).replied("referral", on=on, reason=reason, asked=asked)
        return {**transaction.put(now), "referral": transaction.put(other(transaction))}

    return app.journal.change(f"mentor invite: {found['name']}", work)


def expected(app: App, lists: Mapping[str, Sequence[str] | None], *, nothing: bool) -> dict[str, Sequence[str]]:
    """Return what is expected, by field; asked for where nothing is said at all."""
    said = {name: given for name, texts in lists.items() if (given := app.texts(texts)) is not None}
    if said or not nothing:
        return dict(said)
    if not app.interactive:
        raise Usage("Nothing to note.", "give --mine, --theirs, --off-limits, --not-looking-for, --asked or --clear")
    return {name: [text] for name, text in app.fill(dict(lists), _EXPECTED).items() if text}


# Parting


def part(app: App, found: View, how: Said, texts: Said, takers: Said) -> tuple[View, list[str], list[str]]:
    """End a mentorship as one operation; return the view, what to say of it, and what to note beside.

    On a terminal what is not given is asked: how it ends, then, below what is open, who takes over, then the closure.
    """
    from mentorlog.domain import handover
    from mentorlog.models.goal import Goal
    from mentorlog.models.mentor import Mentor, must_allow
    from mentorlog.models.task import Task

    must_allow("ended", found["id"], found["name"], found["status"])
    left = _left(app, found)
    _must_be_able(app, found, **takers)  # before anything is asked
    given = {name: app.prose(text) for name, text in texts.items()}
    kind = _ending(app, found, how["kind"])
    heirs, owner, drop = _takers(app, found, left, **takers)
    closing = {**how, **app.fill(given, _CLOSING), "kind": kind}
    ids = tuple(heir["id"] for heir in heirs)
    parting = handover.EndPlan(**closing, heirs=ids, owner=owner["id"] if owner else None, drop=drop)

    def work(transaction: Transaction) -> tuple[View, bool]:
        mentor = transaction.get(Mentor, found["id"])
        goals = [transaction.get(Goal, goal["id"]) for goal in left.goals]
        promises = [transaction.get(Task, task["id"]) for task in left.promises]
        now = list(handover.end_mentorship(mentor, goals, promises, parting))
        moved = any(new is not old for new, old in zip(now, [mentor, *goals, *promises], strict=True))
        views = [transaction.put(record) for record in now]
        return views[0], moved

    view, moved = app.journal.change(f"mentor end: {found['name']}", work)
    named = {"open": {kind: [one["id"] for one in views] for kind, views in left._asdict().items()}}
    if not moved:
        return {**view, **named}, [f"The mentorship with {view['name']} has ended already; nothing was changed."], []
    said = words.parted(view, left, [heir["name"] for heir in heirs], owner["name"] if owner else None, drop)
    return {**view, **named}, [*said], [*words.planned(view, left)]


def _left(app: App, found: View) -> Open:
    """Return what is open with a mentor."""
    from mentorlog.domain import handover

    whom = (found["id"],)
    goals = app.reading.find(Query("goal", mentors=whom, statuses=vocabulary.OPEN_GOALS))
    tasks = app.reading.find(Query("task", mentors=whom, statuses=vocabulary.OPEN_TASKS))
    meetings = app.reading.find(Query("meeting", mentors=whom, statuses=("planned",)))
    return handover.open_items(found["id"], goals, tasks, meetings[::-1])


def _must_be_able(app: App, found: View, hand_to: Sequence[str] | None, promises_to: str | None, drop: bool) -> None:
    """Refuse who cannot take over, and two answers to what becomes of the promises."""
    if drop and promises_to is not None:
        raise Usage("--drop-promises and --promises-to do not go together.", "leave one of the two out")
    for text in [*(hand_to or ()), *([] if promises_to in (None, vocabulary.ME) else [promises_to])]:
        if text and text.strip():
            _taker(app, found, text)


def _taker(app: App, found: View, text: str) -> View:
    """Return the mentor whom the text means, and who can take over from another one."""
    from mentorlog.domain import handover

    taker = app.mentor(text.strip())
    handover.successor(taker, found)
    return taker


def _parts(text: str) -> list[str]:
    return [word for word in text.split(",") if word.strip()]


def _takers(
    app: App, found: View, left: Open, hand_to: Sequence[str] | None, promises_to: str | None, drop: bool
) -> tuple[list[View], View | None, bool]:
    """Return who gets the goals, who gets the promises (nobody: they stay), and whether those are dropped."""
    if app.interactive:
        for line in words.open_with(found, left):
            app.out.note(line)
        if left.goals and hand_to is None:
            question = "Who takes over the goals? (mentors, commas between; Enter: nobody)"
            several = lambda text: [_taker(app, found, word) for word in _parts(text)]  # noqa: E731
            hand_to = _parts(app.ask(question, check=several))
        if left.promises and promises_to is None and not drop:
            question = "Who takes over the promises? (me, a mentor or drop; Enter: they stay)"
            known = lambda text: text in ("", "drop", vocabulary.ME) or _taker(app, found, text)  # noqa: E731
            promises_to = app.ask(question, check=known) or None
            drop, promises_to = (True, None) if promises_to == "drop" else (False, promises_to)
    heirs = {taker["id"]: taker for taker in (_taker(app, found, text) for text in hand_to or () if text.strip())}
    if promises_to in (None, vocabulary.ME):
        return list(heirs.values()), {"id": vocabulary.ME, "name": ""} if promises_to else None, drop
    return list(heirs.values()), _taker(app, found, str(promises_to)), drop


def _ending(app: App, found: View, kind: str | None) -> str:
    """Return how the mentorship ends, as it was said before where it has ended already; else it is asked."""
    from mentorlog.models.rules import among

    last = latest(found["closure"])
    if kind is None and found["status"] == "ended" and last:
        kind = last["kind"]
    kinds = vocabulary.ENDINGS
    return among(kind or app.ask("How does it end?", choices=kinds, option="--kind KIND"), "kind", kinds)
