"""What is said of mentors: the columns of their list, agreements in words, and what a parting leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mentorlog import dates
from mentorlog.domain import loop
from mentorlog.models.views import View
from mentorlog.output.messages import task as messages
from mentorlog.output.table import ALWAYS, ID, Column

if TYPE_CHECKING:
    from mentorlog.domain.handover import Open

_EXPECTED = {"mine": "mine", "theirs": "theirs", "off_limits": "off limits", "not_looking_for": "not looking for"}


def columns(today: date) -> list[Column]:
    """Return the columns of a list of mentors that were `seen` (see mentorlog.domain.roster)."""
    return [
        ID,
        Column("name", "name", shrink=True),
        Column("status", _status, style=_quiet, keep=6),
        Column("roles", lambda mentor: ", ".join(map(_spaced, mentor["roles"])), keep=3),
        Column("every", _every, keep=4),
        Column("last met", lambda mentor: dates.ago(mentor["last_held"], today) if mentor["last_held"] else "", keep=5),
        Column("next", lambda mentor: _next(mentor, today), style=lambda mentor: _ink(mentor, today), keep=ALWAYS),
    ]


def _status(mentor: View) -> str:
    return _spaced(mentor["status"])


def _quiet(mentor: View) -> str:
    return "" if mentor["status"] == "active" else "dim"


def _every(mentor: View) -> str:
    return dates.every(mentor["cadence"]["every_days"]).removeprefix("every ") if mentor["cadence"] else ""


def _next(mentor: View, today: date) -> str:
    if mentor["next_planned"]:
        return f"planned {_day(mentor['next_planned'], today)}"
    if not mentor["due_on"]:
        return ""
    late = _overdue(mentor, today)
    return f"{'overdue' if late else 'due'} {_day(mentor['overdue_on' if late else 'due_on'], today)}"


def _ink(mentor: View, today: date) -> str | None:
    if _overdue(mentor, today):
        return "red"
    return "yellow" if loop.due_by(mentor["due_on"], today) else None


def _overdue(mentor: View, today: date) -> bool:
    return bool(mentor["overdue_on"]) and mentor["overdue_on"] < today.isoformat()


def _day(day: str, today: date) -> str:
    return dates.say(day).removesuffix(f" {today.year}")


def _spaced(word: str) -> str:
    return word.replace("_", " ")


# Agreements


def cadence(found: View | None) -> list[str]:
    """Return a cadence in words: every 4 weeks, at the longest every 6 weeks, video, 30 minutes."""
    if not found:
        return []
    said_so = [_exactly(found["every_days"])]
    if found["longest_days"]:
        said_so.append(f"at the longest {_exactly(found['longest_days'])}")
    if found["mode"]:
        said_so.append(_spaced(found["mode"]))
    return [*said_so, *([f"{found['minutes']} minutes"] if found["minutes"] else [])]


def _exactly(days: int) -> str:
    """A rhythm in words; of months, which differ, also how many days they are."""
    words = dates.every(days)
    return f"{words} ({days} days)" if "month" in words else words


def agreed(mentor: View) -> list[str]:
    """Return what is known of a new mentorship: since when, until when, how often to meet."""
    since = [f"since {dates.say(mentor['started'])}"] if mentor["started"] else []
    until = [f"until {dates.say(mentor['term_ends'])}"] if mentor["term_ends"] else []
    rhythm = cadence(mentor["cadence"])
    return [*since, *until, *([f"to meet {', '.join(rhythm)}"] if rhythm else [])]


def rhythm(mentor: View, moved: bool) -> str:
    """Return what has become of a cadence."""
    found = cadence(mentor["cadence"])
    if found:
        return messages.sentence(f"Meeting {mentor['name']}{'' if moved else ' already'} {found[0]}", found[1:])
    return f"{mentor['name']} has no cadence{' now' if moved else ''}: you meet when it happens."


def expectations(mentor: View) -> list[str]:
    """Return what is expected, line by line, below a line that says with whom."""
    found = mentor["expectations"]
    if not found:
        return [f"{mentor['name']}: nothing is agreed on what to expect."]
    asked = f", asked on {dates.say(found['asked_on'])}" if found["asked_on"] else ""
    lines = [f"{label}: {text}" for field, label in _EXPECTED.items() for text in found[field]]
    return [f"Expectations with {mentor['name']}{asked}:", *(f"  {line}" for line in lines)]


def fit(mentor: View, on: str, answer: str, moved: bool) -> str:
    """Return that an answer was noted, or stands there already."""
    start = f"Noted the fit with {mentor['name']}" if moved else f"The fit with {mentor['name']} is noted already"
    return f"{start}: {answer.lower().replace('-', ' ').replace('_', ' ')}, on {dates.say(on)}."


# Steps


def moved(mentor: View, state: str, changed: bool) -> str:
    """Return that a mentorship has come into a state, or was in it already."""
    if not changed:
        return f"{mentor['name']} {state} already; nothing was changed."
    return f"{mentor['name']} {state}{_last(mentor, ' as of')}."


def invited(mentor: View, changed: bool) -> str:
    """Return that somebody was asked, or that they were asked already."""
    if changed:
        return f"Asked {mentor['name']}{_last(mentor)}."
    return (
        f"{mentor['name']} was asked{_last(mentor)} already; "
        f"the answer: mentorlog mentor invite {mentor['id']} --answer yes|no|referral"
    )


def replied(mentor: View, changed: bool) -> str:
    """Return what somebody answered, or that it is known already."""
    yes = mentor["status"] == "active"
    if not changed:
        return f"{mentor['name']} {'is active' if yes else 'has declined'} already; nothing was changed."
    return f"{mentor['name']} said {'yes' if yes else 'no'}{_last(mentor)}{': an active mentor now' if yes else ''}."


def referred(mentor: View) -> str:
    """Return whom somebody named instead."""
    other = mentor["referral"]
    state = f"mentor {other['id']} ({_spaced(other['status'])})"
    return f"{mentor['name']} named {other['name']} instead{_last(mentor, ', on')}: {state}."


def _last(mentor: View, before: str = " on") -> str:
    """The day of the last step, behind a word; nothing where nobody wrote one down."""
    return f"{before} {dates.say(mentor['status_log'][-1]['on'])}" if mentor["status_log"] else ""


# Parting


def open_with(mentor: View, left: Open, begin: str = "Open") -> list[str]:
    """Return what is open with a mentor, line by line, below a line that says with whom; nothing where nothing is."""
    lines = list(_still_open(left))
    return [f"{begin} with {mentor['name']}:", *lines] if lines else []


def _still_open(left: Open) -> Iterator[str]:
    yield from (f"  goal {goal['id']}: {goal['title']}" for goal in left.goals)
    yield from (f"  their promise {task['id']}: {task['title']}" for task in left.promises)
    yield from (f"  my task {task['id']}: {task['title']}" for task in left.tasks)


def parted(mentor: View, left: Open, heirs: Sequence[str], owner: str | None, drop: bool) -> Iterator[str]:
    """Yield what a parting says: `heirs` and `owner` are names, "" is me, None is nobody."""
    ended = mentor["status"] == "ended"
    closure = mentor["closure"][-1]
    every = [] if ended else cadence(mentor["cadence"])
    verb = f"Ended the mentorship with {mentor['name']}" if ended else f"Staying in touch with {mentor['name']}"
    told = [f"meeting {', '.join(every)}"] if every else []
    yield messages.sentence(f"{verb} ({_spaced(closure['kind'])}){_last(mentor)}", told)
    settled = drop or owner is not None
    names = " and ".join(heirs)
    yield from (f"Goal {goal['id']} goes to {names}, not yet told: {goal['title']}" for goal in left.goals if heirs)
    now = "Dropped their promise" if drop else f"Their promise goes to {owner}:" if owner else "Mine now:"
    yield from (f"{now} {task['id']}, {task['title']}" for task in left.promises if settled)
    rest = left._replace(goals=[] if heirs else left.goals, promises=[] if settled else left.promises)
    yield from open_with(mentor, rest, "Still open")


def planned(mentor: View, left: Open) -> Iterator[str]:
    """Yield a line for each meeting that is still planned with a mentor, and how to cancel it."""
    for meeting in left.meetings:
        when = dates.say(meeting["on"])
        yield f"Still planned with {mentor['name']} on {when}; to cancel it: mentorlog meeting cancel {meeting['id']}"
