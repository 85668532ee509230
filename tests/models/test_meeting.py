"""What becomes of a meeting: held, cancelled, missed, moved; and what it is about."""

from __future__ import annotations

from datetime import date

import pytest

from factories import make_meeting, plain
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models.meeting import AgendaItem, Meeting

FRIDAY = date(2026, 11, 27)


def planned(**changes: object) -> Meeting:
    """A meeting that is planned for Friday at two."""
    return make_meeting(**{"status": "planned", "on": FRIDAY, "at": "14:00", **changes})


def test_a_held_meeting_keeps_what_was_planned() -> None:
    """What is known replaces what was planned; notes, mentors, decisions and tags are added."""
    plan = planned(notes="Bring the draft.\n", minutes=30, mode="video", tags=("rsna",))
    held = plan.held(
        {"notes": "We met.", "mentors": ("osler", "curie"), "minutes": 45, "tags": ("rsna", "draft")}, on=FRIDAY
    )

    assert (held.status, held.minutes, held.mode, held.at) == ("held", 45, "video", "14:00")
    assert held.notes == "Bring the draft.\n\n\nWe met."
    assert (held.mentors, held.tags) == (("osler", "curie"), ("rsna", "draft"))


def test_another_day_has_no_hour() -> None:
    """The hour belonged to the planned day; on another day nobody knows it."""
    held = planned().held({"on": date(2026, 11, 26)}, on=FRIDAY)

    assert (held.on, held.at) == (date(2026, 11, 26), None)


def test_what_was_held_is_not_held_again() -> None:
    """A held meeting is added to by edit."""
    with pytest.raises(MentorlogError, match="already held"):
        make_meeting().held({}, on=FRIDAY)


def test_values_are_checked() -> None:
    """A usefulness of six is none."""
    with pytest.raises(BadValue, match="1 to 5"):
        planned().held({"usefulness": 6}, on=FRIDAY)


def test_cancelled_and_missed() -> None:
    """Who called it off is a field, why is said in the notes; a meeting that was missed nobody called off."""
    gone = planned().cancelled("them", "Called to theatre", on=FRIDAY)
    missed = gone.missed(on=FRIDAY)

    assert (gone.status, gone.cancelled_by, gone.notes) == (
        "cancelled",
        "them",
        "Cancelled by them: Called to theatre",
    )
    assert (missed.status, missed.cancelled_by, missed.notes) == ("missed", None, gone.notes)
    assert planned().cancelled("me", on=FRIDAY).notes is None


def test_twice_is_once() -> None:
    """What changes nothing returns the meeting itself."""
    gone = planned().cancelled("me", "Ill", on=FRIDAY)

    assert gone.cancelled("me", on=FRIDAY) is gone
    assert gone.cancelled("me", "Ill", on=FRIDAY) is gone
    assert planned().moved(FRIDAY).on == FRIDAY
    meeting = planned()
    assert meeting.moved(FRIDAY, "14:00", "no") is meeting


@pytest.mark.parametrize(
    "change", [lambda m: m.cancelled("me", on=FRIDAY), lambda m: m.missed(on=FRIDAY), lambda m: m.moved(FRIDAY)]
)
def test_what_was_held_stays_held(change: object) -> None:
    """A meeting that took place cannot be cancelled, missed or moved; set corrects a mistake."""
    with pytest.raises(MentorlogError, match="was held") as caught:
        change(make_meeting(id="m4k2p"))  # type: ignore[operator]

    assert "mentorlog set m4k2p" in (caught.value.hint or "")


def test_moved() -> None:
    """Another day, the same hour where none is given, and why."""
    moved = planned().moved(date(2026, 11, 30), None, "Moved from Fri: on call")

    assert (moved.on, moved.at, moved.notes) == (date(2026, 11, 30), "14:00", "Moved from Fri: on call")
    assert planned().moved(date(2026, 11, 30), "09:30").at == "09:30"


def test_what_is_cancelled_is_not_moved() -> None:
    """That it was called off stays a fact; another one is planned."""
    with pytest.raises(MentorlogError, match="is cancelled") as caught:
        planned().cancelled("me", on=FRIDAY).moved(date(2026, 11, 30))

    assert caught.value.hint == "plan another: mentorlog meeting plan osler --on 2026-11-30"


def test_the_recap_was_sent() -> None:
    """The first day stays unless another is given; not before the meeting, nor of one that was not held."""
    held, later = make_meeting(), date(2026, 11, 30)
    sent = held.recapped(on=None, today=FRIDAY)

    assert sent.recap_on == FRIDAY
    assert sent.recapped(on=None, today=later) is sent
    assert sent.recapped(on=later, today=later).recap_on == later
    with pytest.raises(BadValue, match="is before the meeting"):
        held.recapped(on=date(2026, 11, 15), today=later)
    with pytest.raises(MentorlogError, match="is planned, so it has no recap"):
        planned().recapped(on=None, today=FRIDAY)
    assert sent.moved_to("planned", on=later).recap_on is None
    assert sent.moved_to("held", on=later, fields={"minutes": 20}).recap_on == FRIDAY


def test_about_goals() -> None:
    """A goal joins the agenda by its title; a point that names it already is that one."""
    meeting = planned(agenda=(AgendaItem(text="Journal", goal="g7k3q"), AgendaItem(text="CV")))
    about = meeting.about({"g7k3q": "Submit case report", "g7k4x": "Present"}, done=True)

    assert plain(*about.agenda) == plain(
        AgendaItem(text="Journal", goal="g7k3q", done=True),
        AgendaItem(text="CV"),
        AgendaItem(text="Present", goal="g7k4x", done=True),
    )
    assert [item.done for item in meeting.about({"g7k3q": "x"}).agenda] == [False, False]
