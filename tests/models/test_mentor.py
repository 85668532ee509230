"""What can happen to a mentorship, without the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from factories import TODAY, make_mentor
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models.mentor import Cadence, Closure, Mentor
from mentorlog.models.record import as_data

EARLIER = date(2026, 10, 1)


def log(mentor: Mentor) -> list[tuple[date, str, str | None]]:
    """Return the steps of a mentorship."""
    return [(entry.on, entry.status, entry.reason) for entry in mentor.status_log]


def candidate() -> Mentor:
    """Somebody who was seen at work."""
    return make_mentor(status="candidate", started=None).entered(on=EARLIER)


# Steps


def test_entering_notes_the_status() -> None:
    """The log begins with the status in which a mentor comes into the journal."""
    assert log(candidate()) == [(EARLIER, "candidate", None)]


def test_asking_again_is_noted_where_something_is_said() -> None:
    """A second letter is a second entry; saying again that they were asked is none."""
    asked = candidate().invited(on=EARLIER, reason="email")

    assert asked.invited(on=TODAY) is asked
    assert log(asked.invited(on=TODAY, reason="phone"))[1:] == [
        (EARLIER, "invited", "email"),
        (TODAY, "invited", "phone"),
    ]


def test_a_yes_begins_the_mentorship() -> None:
    """Who was never asked in the journal was asked that day, and the mentorship starts."""
    mentor = candidate().replied("yes", on=TODAY, reason="Gladly", asked="email")

    assert (mentor.status, mentor.started) == ("active", TODAY)
    assert log(mentor)[1:] == [(TODAY, "invited", "email"), (TODAY, "active", "Gladly")]


@pytest.mark.parametrize("answer", ["no", "referral", "No"])
def test_a_no_and_a_referral_decline(answer: str) -> None:
    """Who names somebody else has declined."""
    mentor = candidate().invited(on=EARLIER).replied(answer, on=TODAY, reason="No time")

    assert mentor.status == "declined"
    assert log(mentor)[-1] == (TODAY, "declined", "No time")


def test_an_answer_that_is_known_changes_nothing() -> None:
    """Yes from an active mentor, no from one who declined: the same record."""
    active, declined = make_mentor(), make_mentor(status="declined")

    assert active.replied("yes", on=TODAY) is active
    assert declined.replied("no", on=TODAY) is declined


def test_an_answer_is_one_of_three() -> None:
    """Any other word is refused, with the three."""
    with pytest.raises(BadValue, match="Unknown answer 'perhaps'"):
        candidate().replied("perhaps", on=TODAY)


def test_a_pause_and_its_end_are_noted() -> None:
    """Each change of status appends to the log; the start stays what it was, known or not."""
    mentor = (
        make_mentor(started=None)
        .entered(on=EARLIER)
        .moved_to("paused", on=TODAY, reason="Leave")
        .moved_to("active", on=TODAY)
    )

    assert log(mentor) == [(EARLIER, "active", None), (TODAY, "paused", "Leave"), (TODAY, "active", None)]
    assert mentor.started is None


def test_a_step_that_is_done_already_changes_nothing() -> None:
    """Activating an active one or pausing a paused one gives the same record."""
    active, paused = make_mentor(), make_mentor(status="paused")

    assert active.moved_to("active", on=TODAY) is active
    assert paused.moved_to("paused", on=TODAY) is paused


@pytest.mark.parametrize(
    ("status", "step"),
    [("candidate", "pause"), ("ended", "pause"), ("candidate", "end"), ("declined", "end"), ("active", "invite")],
)
def test_a_step_that_makes_no_sense_is_refused(status: str, step: str) -> None:
    """The sentence says what the person is, the hint what would fit."""
    mentor = make_mentor(status=status)
    steps = {
        "pause": lambda: mentor.moved_to("paused", on=TODAY),
        "end": lambda: mentor.ended(Closure(on=TODAY, kind="moved")),
        "invite": lambda: mentor.invited(on=TODAY),
    }

    with pytest.raises(MentorlogError, match=f"so you cannot {step}") as error:
        steps[step]()

    assert error.value.hint is not None and "mentorlog mentor" in error.value.hint


# The end


def test_an_end_keeps_what_was_learned() -> None:
    """The closure holds the day, the kind, the reasons, three texts, the thanks and who took over."""
    mentor = make_mentor().ended(
        Closure(
            on=TODAY, kind="no-fault", reasons=["Time", "night shifts"], worked="W", lesson="L", handed_to=["curie"]
        )
    )

    assert mentor.status == "ended"
    assert as_data(mentor.closure[0]) == {
        "on": TODAY,
        "kind": "no_fault",
        "reasons": ["time", "night_shifts"],
        "worked": "W",
        "did_not": None,
        "lesson": "L",
        "thanked_on": None,
        "handed_to": ["curie"],
    }


def test_staying_in_touch_is_a_status_of_its_own() -> None:
    """The cadence stays, slow or not."""
    mentor = make_mentor(every=180).ended(Closure(on=TODAY, kind="completed"), stay_in_touch=True)

    assert mentor.status == "stay_in_touch"
    assert mentor.cadence is not None and mentor.cadence.every_days == 180


def test_ending_again_only_adds() -> None:
    """What was said of an end stays, and nothing new is no change."""
    ended = make_mentor().ended(Closure(on=EARLIER, kind="moved", reasons=["time"], lesson="Ask earlier"))
    more = ended.ended(
        Closure(on=EARLIER, kind="moved", reasons=["expertise", "time"], lesson="Ask twice", thanked_on=TODAY)
    )

    assert ended.ended(Closure(on=EARLIER, kind="moved")) is ended
    (closure,) = more.closure
    assert (closure.on, closure.lesson, closure.thanked_on) == (EARLIER, "Ask earlier\n\nAsk twice", TODAY)
    assert closure.reasons == ("time", "expertise")
    assert log(more) == log(ended)


def test_the_last_closure_can_be_replaced() -> None:
    """Its day moves in the status log too; an earlier end, and a return since, stay as they are."""
    first = make_mentor().ended(Closure(on=EARLIER, kind="moved", lesson="Ask earlier"))
    back = first.moved_to("active", on=TODAY)
    second = back.ended(Closure(on=TODAY, kind="moved"))

    fixed = second.with_last_closure(replace(second.closure[-1], on=EARLIER, kind="conduct"))
    assert [(one.on, one.kind) for one in fixed.closure] == [(EARLIER, "moved"), (EARLIER, "conduct")]
    assert log(fixed)[:-1] == log(second)[:-1] and log(fixed)[-1][0] == EARLIER
    assert back.with_last_closure(replace(back.closure[-1], kind="drifted")).status == "active"
    assert second.with_last_closure(second.closure[-1]) is second


def test_every_end_has_its_own_closure() -> None:
    """What was said of an earlier end stays as it was: its day, its kind, its lesson."""
    first = make_mentor().ended(Closure(on=EARLIER, kind="moved", lesson="Ask earlier"))
    again = first.moved_to("active", on=TODAY).ended(Closure(on=TODAY, kind="completed"))
    touch = (
        make_mentor()
        .ended(Closure(on=EARLIER, kind="moved"), stay_in_touch=True)
        .ended(Closure(on=TODAY, kind="completed"))
    )

    assert [(one.on, one.kind, one.lesson) for one in again.closure] == [
        (EARLIER, "moved", "Ask earlier"),
        (TODAY, "completed", None),
    ]
    assert [(one.on, one.kind) for one in touch.closure] == [(EARLIER, "moved"), (TODAY, "completed")]


# Agreements


def test_the_fit_stands_in_the_order_of_days() -> None:
    """An earlier day that is noted late stands where it belongs."""
    mentor = make_mentor().fitting("not-good", on=TODAY).fitting("deciding", on=EARLIER, comment="Shy")

    assert [(one.on, one.answer, one.comment) for one in mentor.fit] == [
        (EARLIER, "deciding", "Shy"),
        (TODAY, "not_good", None),
    ]


def test_the_same_fit_on_the_same_day_is_noted_once() -> None:
    """It only gains what is said of it."""
    once = make_mentor().fitting("good", on=TODAY)

    assert once.fitting("good", on=TODAY) is once
    assert [one.comment for one in once.fitting("good", on=TODAY, comment="Quick").fit] == ["Quick"]


def test_expectations_are_added_each_once() -> None:
    """What is there stays; clearing comes before adding."""
    first = make_mentor().expecting({"mine": ["a", "b"], "off_limits": ["c"]}, {"asked_on": EARLIER})
    then = first.expecting({"mine": ["b", "d"]}, clear=["off-limits"])

    assert then.expectations is not None
    assert (then.expectations.mine, then.expectations.off_limits) == (("a", "b", "d"), ())
    assert then.expectations.asked_on == EARLIER
    assert first.expecting({"mine": ["a"]}) is first
    assert then.expecting({}, clear=["mine", "asked"]).expectations is None


@pytest.mark.parametrize(("added", "clear"), [({"mine": [" "]}, []), ({}, ["fit"])])
def test_empty_expectations_and_unknown_fields_are_refused(added: dict[str, list[str]], clear: list[str]) -> None:
    """Nothing is expected in no words, and only expectations are cleared."""
    with pytest.raises(BadValue):
        make_mentor().expecting(added, clear=clear)


def test_a_cadence_keeps_what_is_not_given() -> None:
    """Only the parts that are named change; the same cadence is no change."""
    mentor = make_mentor(every=28).meeting_every(longest=42, mode="In person", minutes=30).meeting_every(21)

    assert mentor.cadence is not None
    assert as_data(mentor.cadence) == {"every_days": 21, "longest_days": 42, "mode": "in_person", "minutes": 30}
    assert mentor.meeting_every(21) is mentor
    assert mentor.without_cadence().cadence is None


@pytest.mark.parametrize("gaps", [(None, 42), (28, 14), (0, None)])
def test_gaps_that_do_not_fit_are_refused(gaps: tuple[int | None, int | None]) -> None:
    """A cadence says how often; the longest gap is no shorter than the usual one, whoever wrote it."""
    with pytest.raises(BadValue, match="longest gap"):
        Cadence(every_days=28, longest_days=7)
    with pytest.raises(BadValue):
        make_mentor().meeting_every(*gaps)


def test_a_domain_is_a_line() -> None:
    """A blank domain is none."""
    with pytest.raises(BadValue):
        make_mentor(domains=("research", " "))
