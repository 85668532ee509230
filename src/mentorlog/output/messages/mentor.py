"""The sentences after a change of a mentor: agreements, steps, the end of a mentorship."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mentorlog import dates, vocabulary
from mentorlog.models.views import joined
from mentorlog.output.phrases import cadence, day, sentence
from mentorlog.output.text import spaced

if TYPE_CHECKING:
    from mentorlog.domain.handover import Open
    from mentorlog.models.view_types import MentorView
    from mentorlog.models.views import View


def added(mentor: MentorView) -> str:
    """Return that a mentor was added, since when, until when, and how often to meet."""
    every = cadence(mentor["cadence"], exact=True)
    details = [day(mentor["started"], "since "), day(mentor["term_ends"], "until ")]
    return sentence(
        f"Added mentor {mentor['id']}: {mentor['name']}", [*details, f"to meet {', '.join(every)}" if every else ""]
    )


def scouted(mentor: MentorView, on: date) -> str:
    """Return that a candidate was noted, where they were seen and when."""
    where = f", seen at {mentor['met_via']}" if mentor["met_via"] else ""
    return sentence(f"Noted candidate {mentor['id']}: {mentor['name']}{where}, on {dates.say(on)}")


def rhythm(mentor: MentorView, changed: bool) -> str:
    """Return what has become of a cadence."""
    every = cadence(mentor["cadence"], exact=True)
    if every:
        return sentence(f"Meeting {mentor['name']}{'' if changed else ' already'} {every[0]}", every[1:])
    return f"{mentor['name']} has no cadence{' now' if changed else ''}: you meet when it happens."


def expectations(mentor: MentorView) -> list[str]:
    """Return what is expected, line by line, below a line that says with whom."""
    agreed: View = mentor["expectations"]
    if not agreed:
        return [f"{mentor['name']}: nothing is agreed on what to expect."]
    asked = day(agreed["asked_on"], ", asked on ")
    lines = [f"  {spaced(field)}: {text}" for field in vocabulary.EXPECTATIONS for text in agreed[field]]
    return [f"Expectations with {mentor['name']}{asked}:", *lines]


def fit(mentor: MentorView, on: str, answer: str, changed: bool) -> str:
    """Return that an answer was noted, or stands there already."""
    start = f"Noted the fit with {mentor['name']}" if changed else f"The fit with {mentor['name']} is noted already"
    return f"{start}: {spaced(answer.lower().replace('-', '_'))}, on {dates.say(on)}."


def moved(mentor: MentorView, state: str, changed: bool) -> str:
    """Return that a mentorship has come into a state, or was in it already."""
    if not changed:
        return f"{mentor['name']} {state} already; nothing was changed."
    return f"{mentor['name']} {state}{_last(mentor, ' as of')}."


def invited(mentor: MentorView, changed: bool) -> str:
    """Return that somebody was asked, or that they were asked already."""
    if changed:
        return f"Asked {mentor['name']}{_last(mentor)}."
    answer = f"mentorlog mentor invite {mentor['id']} --answer yes|no|referral"
    return f"{mentor['name']} was asked{_last(mentor)} already; the answer: {answer}"


def replied(mentor: MentorView, changed: bool) -> str:
    """Return what somebody answered, or that it is known already."""
    yes = mentor["status"] == "active"
    if not changed:
        return f"{mentor['name']} {'is active' if yes else 'has declined'} already; nothing was changed."
    return f"{mentor['name']} said {'yes' if yes else 'no'}{_last(mentor)}{': an active mentor now' if yes else ''}."


def referred(mentor: View) -> str:
    """Return whom somebody named instead."""
    other = mentor["referral"]
    state = f"mentor {other['id']} ({spaced(other['status'])})"
    return f"{mentor['name']} named {other['name']} instead{_last(mentor, ', on')}: {state}."


def _last(mentor: MentorView, before: str = " on") -> str:
    return f"{before} {dates.say(mentor['status_log'][-1]['on'])}" if mentor["status_log"] else ""


def open_with(mentor: MentorView, left: Open, begin: str = "Open") -> list[str]:
    """Return what is open with a mentor, line by line, below a line that says with whom."""
    lines = [f"  goal {goal['id']}: {goal['title']}" for goal in left.goals]
    lines += [f"  their promise {task['id']}: {task['title']}" for task in left.promises]
    lines += [f"  my task {task['id']}: {task['title']}" for task in left.tasks]
    return [f"{begin} with {mentor['name']}:", *lines] if lines else []


def ended(mentor: MentorView, left: Open, successors: Sequence[str], owner: str | None, drop: bool) -> Iterator[str]:
    """Yield what an end brings: `successors` and `owner` are names, "" is me, None is nobody."""
    in_touch = mentor["status"] != "ended"
    every = cadence(mentor["cadence"], exact=True) if in_touch else []
    verb = "Staying in touch with" if in_touch else "Ended the mentorship with"
    head = f"{verb} {mentor['name']} ({spaced(mentor['closure'][-1]['kind'])}){_last(mentor)}"
    yield sentence(head, [f"meeting {', '.join(every)}"] if every else [])
    rest = left
    if successors:
        names, rest = joined(successors), rest._replace(goals=[])
        yield from (f"Goal {goal['id']} goes to {names}, not yet told: {goal['title']}" for goal in left.goals)
    if drop or owner is not None:
        rest = rest._replace(promises=[])
        now = "Dropped their promise" if drop else f"Their promise goes to {owner}:" if owner else "Mine now:"
        yield from (f"{now} {task['id']}, {task['title']}" for task in left.promises)
    yield from open_with(mentor, rest, "Still open")


def planned(mentor: MentorView, left: Open) -> Iterator[str]:
    """Yield a line for each meeting that is still planned with a mentor, and how to cancel it."""
    for meeting in left.meetings:
        when = dates.say(meeting["on"])
        yield f"Still planned with {mentor['name']} on {when}; to cancel it: mentorlog meeting cancel {meeting['id']}"
