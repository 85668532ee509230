"""The messages about a changed mentor: agreements, status, the end of a mentorship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mentorlog import dates
from mentorlog.domain.agreement import changes, revisit_day
from mentorlog.domain.loop import is_out
from mentorlog.models.views import called, joined, noun
from mentorlog.output import terms
from mentorlog.output.phrases import cadence, day, result, unchanged
from mentorlog.output.text import spaced

if TYPE_CHECKING:
    from mentorlog.domain.handover import EndPlan, Open
    from mentorlog.models.view_types import AgreedView, ComfortView, GoalView, MentorView
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
    expected: View = mentor["expectations"]
    if not expected:
        return [f"No expectations recorded with {called(mentor)} yet."]
    asked = day(expected["asked_on"], ", asked on ")
    rows = [*terms.lines({"expectations": expected}, mentor)]
    rows += [("look again", dates.say(expected["revisit_on"]))] if expected["revisit_on"] else []
    return [f"Expectations with {called(mentor)}{asked}:", *(f"  {label}: {text}" for label, text in rows)]


def agreed(mentor: MentorView, before: Sequence[AgreedView], with_comfort: bool, changed: bool) -> list[str]:
    """Return that both agreed and to what, or that they already had; `before` are the versions until then."""
    versions = sorted(mentor["agreed"], key=lambda one: one["on"])
    last = versions[-1]
    rows = [("comfort", _felt(mentor["comfort"][-1]))] if with_comfort else []
    if versions == sorted(before, key=lambda one: one["on"]):
        already = f"You and {called(mentor)} already agreed to this on {dates.say(last['on'])}"
        revisit = day(revisit_day(mentor))
        rows += [("look again", revisit)] if revisit else []
        return [f"{already}.", *_indented(rows)] if changed else [unchanged(already)]
    old = next((one for one in versions[-2::-1] if one["on"] < last["on"]), None)
    if old is None:
        rows = [*terms.lines(last["what"], mentor), *rows]
    else:
        new = changes(old["what"], last["what"])
        rows = [*(terms.change_lines(new, mentor) if new else [("unchanged since", dates.say(old["on"]))]), *rows]
    again = day(revisit_day(mentor), "look again on ")
    return [result(f"Agreed with {called(mentor)}", details=[dates.say(last["on"]), again]), *_indented(rows)]


def _indented(rows: Iterable[terms.Line]) -> list[str]:
    return [f"  {label}: {text}" for label, text in rows]


def fit(mentor: MentorView, on: str, answer: str | None, with_comfort: bool, changed: bool) -> str:
    """Return that an answer about the fit, the comfort or both were recorded, or already were."""
    entry = next((one for one in mentor["fit"] if (one["on"], one["answer"]) == (on, answer)), None)
    felt = next((one for one in mentor["comfort"] if one["on"] == on), None) if with_comfort else None
    parts = [f"fit with {called(mentor)}: {', '.join([spaced(entry['answer']), *terms.tests(entry)])}"] if entry else []
    parts += [f"comfort with {called(mentor)}: {_felt(felt)}"] if felt else []
    about = "; ".join(parts)
    if not changed:
        return unchanged(f"Already recorded on {dates.say(on)}: {about}")
    return result(f"Recorded {about}", details=[dates.say(on)])


def _felt(entry: ComfortView) -> str:
    return terms.comfort(entry["mine"], entry["theirs"])


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


def ended(mentor: View, left: Open, plan: EndPlan, heirs: Sequence[MentorView], owner: str | None) -> Iterator[str]:
    """Yield the results of an end; `heirs` get the goals, `owner` is a name, "" is me, None is nobody."""
    closure, in_touch = mentor["closure"][-1], mentor["status"] == "stay_in_touch"
    every = cadence(mentor["cadence"], exact=True) if in_touch else []
    why = dict.fromkeys((closure["kind"], *closure["reasons"]))  # moved is both
    details = [*map(spaced, why), dates.say(closure["on"])]
    details += ["staying in touch" if in_touch else "", *every, day(closure["thanked_on"], "thanked on ")]
    verb = "Corrected the end of" if plan.correct else "Ended"
    yield result(f"{verb} the mentorship with {called(mentor)}", details=details)
    rest = left
    if heirs:
        names, rest = joined([called(heir) for heir in heirs]), rest._replace(goals=[])
        for goal in left.goals:
            yield result(f"Handed goal {goal['id']} to {names}", goal["title"], _told(goal, heirs))
    if plan.drop or owner is not None:
        rest = rest._replace(promises=[])
        for task in left.promises:
            what = f"{'Dropped' if plan.drop else 'Handed'} their {_theirs(mentor)} {task['id']}"
            yield result(what if plan.drop else f"{what} to {owner or 'me'}", task["title"])
    if new := mentor["new_goal"]:
        yield result(f"Added goal {new['id']}", new["title"], ["to pay it forward"])
    yield from open_with(mentor, rest, "Still open")


def ending(plan: EndPlan, heirs: Sequence[MentorView], owner: MentorView | None) -> dict[str, str]:
    """Return what would be saved of an end, by the word with which its answer is changed."""
    every = [dates.every(plan.every)] if plan.every else []
    return {
        "kind": spaced(plan.kind),
        "day": dates.say(plan.on),
        "reasons": ", ".join(map(spaced, plan.reasons or ())) or "none",
        "worked": plan.worked or "nothing noted",
        "did not": plan.did_not or "nothing noted",
        "lesson": plan.lesson or "nothing noted",
        "pay forward": plan.pay_forward or "nothing noted",
        "thanked": day(plan.thanked_on) or "not yet",
        "goals": f"handed to {joined([called(heir) for heir in heirs])}" if heirs else "stay as they are",
        "promises": f"handed to {called(owner) or 'me'}" if owner else "dropped" if plan.drop else "stay as they are",
        "in touch": ", ".join(["yes", *every]) if plan.stay_in_touch else "no",
    }


def end_command(mentor: MentorView, plan: EndPlan, heirs: Sequence[MentorView] | None, owner: View | None) -> str:
    """Return the command line that ends a mentorship as planned."""
    from shlex import quote

    texts = {name.replace("_", "-"): getattr(plan, name) for name in ("worked", "did_not", "lesson", "pay_forward")}
    words = ["mentorlog mentor end", mentor["id"], "--kind", plan.kind, "--on", plan.on.isoformat()]
    words += [word for reason in plan.reasons or () for word in ("--reason", reason)]
    words += [word for heir in heirs or () for word in ("--hand-to", heir["id"])]
    words += ["--promises-to", owner["id"]] if owner else ["--drop-promises"] if plan.drop else []
    words += ["--stay-in-touch"] if plan.stay_in_touch else []
    words += ["--every", f"{plan.every}d"] if plan.every else []
    words += ["--thanked", plan.thanked_on.isoformat()] if plan.thanked_on else []
    words += ["--correct"] if plan.correct else []
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
