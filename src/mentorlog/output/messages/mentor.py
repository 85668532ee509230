"""The messages about a changed mentor: agreements, status, the end of a mentorship."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mentorlog import dates, vocabulary
from mentorlog.domain.loop import is_out
from mentorlog.models.views import called, joined, noun
from mentorlog.output.phrases import cadence, day, result, unchanged
from mentorlog.output.text import spaced

if TYPE_CHECKING:
    from mentorlog.domain.handover import EndPlan, Open
    from mentorlog.models.view_types import GoalView, MentorView
    from mentorlog.models.views import View


def added(mentor: MentorView) -> str:
    """Return that a mentor was added: since when, until when, and how often to meet."""
    details = [f"nickname {mentor['nickname']}" if mentor["nickname"] else ""]
    details += [day(mentor["started"], "since "), day(mentor["term_ends"], "until ")]
    details += cadence(mentor["cadence"], exact=True)
    return result(f"Added {noun(mentor)} {mentor['id']}", mentor["name"], details)


def scouted(mentor: MentorView, on: date) -> str:
    """Return that a prospective mentor was added, where they were seen and when."""
    details = [f"seen at {mentor['met_via']}" if mentor["met_via"] else "", dates.say(on)]
    return result(f"Added prospective {noun(mentor)} {mentor['id']}", mentor["name"], details)


def cadence_changed(mentor: MentorView, changed: bool) -> str:
    """Return the cadence that was set or removed, or that nothing changed."""
    every = cadence(mentor["cadence"], exact=True)
    if not changed:
        state = f"is already {', '.join(every)}" if every else "is already off"
        return unchanged(f"The cadence with {called(mentor)} {state}")
    return result(f"{'Set' if every else 'Removed'} the cadence with {called(mentor)}", details=every)


def expectations(mentor: MentorView) -> list[str]:
    """Return a heading, then a line for each expectation."""
    agreed: View = mentor["expectations"]
    if not agreed:
        return [f"No expectations agreed with {called(mentor)} yet."]
    asked = day(agreed["asked_on"], ", asked on ")
    lines = [f"  {spaced(field)}: {text}" for field in vocabulary.EXPECTATIONS for text in agreed[field]]
    return [f"Expectations with {called(mentor)}{asked}:", *lines]


def fit(mentor: MentorView, on: str, answer: str, changed: bool) -> str:
    """Return that an answer about the fit was recorded, or already was."""
    about = f"fit with {called(mentor)}: {spaced(answer.lower().replace('-', '_'))}"
    if not changed:
        return unchanged(f"Already recorded on {dates.say(on)}: {about}")
    return result(f"Recorded {about}", details=[dates.say(on)])


def moved(mentor: MentorView, changed: bool) -> str:
    """Return that a mentorship was activated or paused, or already was."""
    if not changed:
        return unchanged(f"{called(mentor)} is already {mentor['status']}")
    verb = "Activated" if mentor["status"] == "active" else "Paused"
    return result(f"{verb} {noun(mentor)} {mentor['id']}", mentor["name"], [_last(mentor)])


def invited(mentor: MentorView, changed: bool) -> list[str]:
    """Return that someone was invited, or already was and how to record the answer."""
    if changed:
        return [result(f"Invited {called(mentor)}", details=[_last(mentor)])]
    state = f"{called(mentor)} was already invited{_last(mentor, ' on ')}"
    return [unchanged(state), f"Record the answer with: mentorlog mentor invite {mentor['id']} --answer yes"]


def replied(mentor: MentorView, changed: bool) -> str:
    """Return what someone answered, or that it is already recorded."""
    yes = mentor["status"] == "active"
    if not changed:
        return unchanged(f"{called(mentor)} {'is already active' if yes else 'has already declined'}")
    details = [_last(mentor), f"now an active {noun(mentor)}" if yes else ""]
    return result(f"{called(mentor)} {'accepted' if yes else 'declined'}", details=details)


def referred(mentor: View) -> str:
    """Return whom someone recommended instead."""
    other = mentor["referral"]
    details = [spaced(other["status"]), _last(mentor)]
    return result(f"{called(mentor)} referred you to {noun(other)} {other['id']}", other["name"], details)


def _last(mentor: MentorView, before: str = "") -> str:
    return day(mentor["status_log"][-1]["on"], before) if mentor["status_log"] else ""


def _theirs(mentor: MentorView) -> str:
    """Return what somebody has to do: a promise of a mentor, a task of a mentee."""
    return "task" if noun(mentor) == "mentee" else "promise"


def open_with(mentor: MentorView, left: Open, begin: str = "Open") -> list[str]:
    """Return a heading, then a line for each record that is open with a mentor."""
    lines = [f"  goal {goal['id']}: {goal['title']}" for goal in left.goals]
    lines += [f"  their {_theirs(mentor)} {task['id']}: {task['title']}" for task in left.promises]
    lines += [f"  my {'draft' if is_out(task) else 'task'} {task['id']}: {task['title']}" for task in left.tasks]
    return [f"{begin} with {called(mentor)}:", *lines] if lines else []


def ended(mentor: MentorView, left: Open, heirs: Sequence[MentorView], owner: str | None, drop: bool) -> Iterator[str]:
    """Yield the results of an end; `heirs` get the goals, `owner` is a name, "" is me, None is nobody."""
    in_touch = mentor["status"] != "ended"
    every = cadence(mentor["cadence"], exact=True) if in_touch else []
    details = [spaced(mentor["closure"][-1]["kind"]), _last(mentor), "staying in touch" if in_touch else "", *every]
    yield result(f"Ended the mentorship with {called(mentor)}", details=details)
    rest = left
    if heirs:
        names, rest = joined([called(heir) for heir in heirs]), rest._replace(goals=[])
        for goal in left.goals:
            yield result(f"Handed goal {goal['id']} to {names}", goal["title"], _told(goal, heirs))
    if drop or owner is not None:
        rest = rest._replace(promises=[])
        for task in left.promises:
            what = f"{'Dropped' if drop else 'Handed'} their {_theirs(mentor)} {task['id']}"
            yield result(what if drop else f"{what} to {owner or 'me'}", task["title"])
    yield from open_with(mentor, rest, "Still open")


def ending(
    mentor: MentorView, left: Open, plan: EndPlan, heirs: Sequence[MentorView], owner: MentorView | None
) -> list[str]:
    """Return what would be saved of an end: a heading, then a line for each part."""
    every = [dates.every(plan.every)] if plan.every else []
    touch = ", ".join(["staying in touch", *every]) if plan.stay_in_touch else ""
    goals = f"handed to {joined([called(heir) for heir in heirs])}" if heirs else "stay as they are"
    promises = f"handed to {called(owner) or 'me'}" if owner else "dropped" if plan.drop else "stay as they are"
    parts = {
        "ended": ", ".join(filter(None, [spaced(plan.kind), dates.say(plan.on), touch])),
        "goals": goals if left.goals else "",
        f"their {_theirs(mentor)}s": promises if left.promises else "",
        "what worked": plan.worked or "",
        "what did not": plan.did_not or "",
        "lesson": plan.lesson or "",
    }
    return [
        "",
        f"The mentorship with {called(mentor)}:",
        *(f"  {name}: {text}" for name, text in parts.items() if text),
    ]


def end_command(mentor: MentorView, plan: EndPlan, heirs: Sequence[MentorView] | None, owner: View | None) -> str:
    """Return the command line that ends a mentorship as planned."""
    from shlex import quote

    texts = {"worked": plan.worked, "did-not": plan.did_not, "lesson": plan.lesson}
    words = ["mentorlog mentor end", mentor["id"], "--kind", plan.kind, "--on", plan.on.isoformat()]
    words += [word for heir in heirs or () for word in ("--hand-to", heir["id"])]
    words += ["--promises-to", owner["id"]] if owner else ["--drop-promises"] if plan.drop else []
    words += ["--stay-in-touch"] if plan.stay_in_touch else []
    words += ["--every", f"{plan.every}d"] if plan.every else []
    return " ".join([*words, *(f"--{name} {quote(text)}" for name, text in texts.items() if text)])


def _told(goal: GoalView, heirs: Sequence[MentorView]) -> list[str]:
    """Return whether each of the heirs of a goal was told about it, and when."""
    days = {share["mentor"]: share["told_on"] for share in goal["mentors"]}
    states = [day(days.get(heir["id"]), "told on ") or "not told yet" for heir in heirs]
    if len(set(states)) == 1:
        return states[:1]
    return [f"{called(heir)} {state}" for heir, state in zip(heirs, states, strict=True)]


def planned(mentor: MentorView, left: Open) -> Iterator[str]:
    """Yield a line for each meeting still planned with a mentor, with the command that cancels it."""
    for meeting in left.meetings:
        when = dates.say(meeting["on"])
        yield f"Still planned with {called(mentor)} on {when}; cancel it with: mentorlog meeting cancel {meeting['id']}"
