"""What can happen to a goal, without the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from factories import TODAY, make_goal, plain
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models.counts import percent
from mentorlog.models.goal import Goal, Share
from mentorlog.models.record import as_data, view

EARLIER = date(2026, 10, 1)


def shares(goal: Goal) -> list[tuple[str, date | None]]:
    """Return whom a goal is shared with, and since when they know."""
    return [(share.mentor, share.told_on) for share in goal.mentors]


def last(goal: Goal) -> tuple[object, ...]:
    """Return the newest entry of a goal's history."""
    entry = goal.history[-1]
    return entry.on, entry.field, entry.old, entry.new, entry.reason, entry.review


def test_the_competencies_are_capitals() -> None:
    """`pc` is PC, as closed words are read everywhere."""
    assert make_goal(competency="pc").competency == "PC"


def test_telling_adds_the_mentor() -> None:
    """A mentor who was not among those of the goal is from now on."""
    goal = make_goal(mentors=["osler"]).told("curie", on=TODAY)

    assert shares(goal) == [("osler", None), ("curie", TODAY)]


def test_the_last_telling_counts() -> None:
    """A mentor knows the goal as it was when they were told last; the day may be put right."""
    goal = make_goal().told("osler", on=TODAY)

    assert shares(goal.told("osler", on=EARLIER).told("osler", on=TODAY)) == [("osler", TODAY)]


def test_sharing_leaves_those_who_know_alone() -> None:
    """A goal handed to other mentors gets them untold."""
    goal = make_goal(mentors=[Share(mentor="osler", told_on=EARLIER)]).shared("curie", "osler", "curie")

    assert shares(goal) == [("osler", EARLIER), ("curie", None)]


def test_progress_stands_in_the_order_of_days() -> None:
    """What is noted late stands where it belongs, and the newest percentage counts."""
    goal = make_goal().progressed(40, on=TODAY).progressed(10, "Began", on=EARLIER).progressed(text="Sent", on=TODAY)

    assert [(entry.on, entry.percent, entry.text) for entry in goal.progress] == [
        (EARLIER, 10, "Began"),
        (TODAY, 40, None),
        (TODAY, None, "Sent"),
    ]
    assert percent(view(goal)) == 40


@pytest.mark.parametrize(("percent", "text"), [(None, None), (None, "  "), (101, None), (-1, None)])
def test_progress_says_something_that_can_be(percent: int | None, text: str | None) -> None:
    """A percentage from 0 to 100, words, or both."""
    with pytest.raises(BadValue):
        make_goal().progressed(percent, text, on=TODAY)


def test_the_percentage_is_what_was_said_last() -> None:
    """Of one day the later word counts, and only what was said by then; without any a goal is not at 0%."""
    goal = view(make_goal().progressed(30, on=EARLIER).progressed(40, on=EARLIER).progressed(50, on=TODAY))

    assert percent(view(make_goal())) is None
    assert (percent(goal), percent(goal, EARLIER.isoformat()), percent(goal, "2001-01-01")) == (50, 40, None)


def test_a_revision_keeps_what_the_goal_said() -> None:
    """Each changed field has one entry with its old and new value as text."""
    goal = make_goal(by=date(2027, 1, 4), tags=("a",), mentors=[Share(mentor="osler", told_on=EARLIER)])
    other = replace(goal, by=date(2027, 3, 1), why="So that", tags=("a", "b"), mentors=())

    revised = goal.revised(other, on=TODAY, reason="The format changed", review="r2222")

    assert [(entry.field, entry.old, entry.new) for entry in revised.history] == [
        ("why", None, "So that"),
        ("by", "2027-01-04", "2027-03-01"),
        ("mentors", "osler (told 2026-10-01)", None),
        ("tags", "a", "a, b"),
    ]
    assert last(revised)[4:] == ("The format changed", "r2222")
    assert revised.by == date(2027, 3, 1)


def test_a_revision_that_changes_nothing_leaves_no_trace() -> None:
    """The same once more is no entry."""
    goal = make_goal(mentors=["osler"])

    assert plain(goal.revised(make_same(goal), on=TODAY, reason="again")) == plain(goal)


def make_same(goal: Goal) -> Goal:
    """Return a goal that says the same, of other parts."""
    return replace(goal, mentors=tuple(Share(mentor=share.mentor) for share in goal.mentors))


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_revision_needs_a_reason(reason: str) -> None:
    """Why a goal was changed is what the next review asks."""
    goal = make_goal()

    with pytest.raises(BadValue):
        goal.revised(replace(goal, why="x"), on=TODAY, reason=reason)


@pytest.mark.parametrize("changes", [{"status": "achieved"}, {"closed_on": TODAY}])
def test_what_steps_keep_is_not_revised(changes: dict[str, object]) -> None:
    """A state changes by its own commands, which keep the days right; the hint names them."""
    goal = make_goal()

    with pytest.raises(BadValue) as refused:
        goal.revised(replace(goal, **changes), on=TODAY, reason="x")

    assert "goal pause" in str(refused.value.hint)


def test_progress_is_not_revised() -> None:
    """Progress has a command of its own."""
    goal = make_goal()

    with pytest.raises(BadValue):
        goal.revised(goal.progressed(10, on=TODAY), on=TODAY, reason="x")


def test_pause_and_resume() -> None:
    """A paused goal is open, and active again after."""
    goal = make_goal().moved_to("paused", on=EARLIER, reason="Nights")

    assert (goal.status, goal.closed_on, goal.is_open) == ("paused", None, True)
    assert last(goal) == (EARLIER, "status", "active", "paused", "Nights", None)
    assert goal.moved_to("active", on=TODAY).status == "active"


@pytest.mark.parametrize("status", ["achieved", "partly", "dropped"])
def test_a_closed_goal_can_be_taken_up_again(status: str) -> None:
    """Resuming empties the day on which it was closed."""
    goal = make_goal(status=status, closed_on=EARLIER).moved_to("active", on=TODAY, reason="Asked again")

    assert (goal.status, goal.closed_on) == ("active", None)
    assert last(goal) == (TODAY, "status", status, "active", "Asked again", None)


def test_achieving_closes_the_goal() -> None:
    """The day it was reached is kept, with or without a word."""
    goal = make_goal().moved_to("achieved", on=EARLIER)

    assert (goal.status, goal.closed_on, goal.is_open) == ("achieved", EARLIER, False)


def test_partly_and_dropped_need_a_reason() -> None:
    """What was not reached is worth a sentence."""
    goal = make_goal()

    for step in (lambda: goal.moved_to("partly", on=TODAY), lambda: goal.moved_to("dropped", on=TODAY, reason=" ")):
        with pytest.raises(BadValue):
            step()
    assert goal.moved_to("partly", on=TODAY, reason="Abstract only").status == "partly"
    assert goal.moved_to("dropped", on=TODAY, reason="Published by others").closed_on == TODAY


def test_a_closed_goal_is_not_paused() -> None:
    """The hint says what to do first."""
    with pytest.raises(MentorlogError) as refused:
        make_goal(id="g7k3q", status="dropped").moved_to("paused", on=TODAY, reason="x")

    assert refused.value.hint == "resume it first: mentorlog goal resume g7k3q"


def test_a_step_to_the_same_state_changes_nothing() -> None:
    """There is no entry for a change that is none."""
    goal = make_goal(status="achieved", closed_on=EARLIER)

    assert goal.moved_to("achieved", on=TODAY) is goal


def test_unknown_keys_stay() -> None:
    """What others wrote into the file survives every step, at every level."""
    share = Share(mentor="osler", extra={"shape": "round"})
    goal = (
        make_goal(extra={"colour": "red"}, mentors=[share])
        .told("osler", on=TODAY)
        .moved_to("dropped", on=TODAY, reason="x")
    )

    data = as_data(goal)

    assert (data["colour"], data["mentors"][0]["shape"]) == ("red", "round")


def test_who_asks_about_a_goal_is_handed_over_with_it() -> None:
    """The first of those who take it over asks from then on, and the history has it; another who asks goes on."""
    goal = make_goal(mentors=["osler"], asked_by="osler").handed_over("osler", ["curie", "noether"], on=TODAY)
    other = make_goal(mentors=["osler"], asked_by="noether").handed_over("osler", ["curie"], on=TODAY)

    assert (goal.asked_by, other.asked_by) == ("curie", "noether")
    changes = {one.field: (one.old, one.new) for one in goal.history}
    assert changes["asked_by"] == ("osler", "curie")
