"""A parting over several records, without the command line."""

from __future__ import annotations

from typing import Any

import pytest

from factories import TODAY, make_goal, make_mentor, make_task
from mentorlog.domain import handover
from mentorlog.domain.handover import EndPlan
from mentorlog.errors import MentorlogError
from mentorlog.models.goal import Goal, Share
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import view
from mentorlog.models.task import Task


def parted(**how: Any) -> tuple[Mentor, Goal, Task]:
    """Part from Osler, who shares a goal and owes a task that Curie assigned."""
    goal, promise = make_goal(mentors=["osler"]), make_task(owner="osler", assigned_by="curie")
    parting = EndPlan(on=TODAY, kind="moved", **how)
    mentor, goal, promise = handover.end_mentorship(make_mentor(every=28), [goal], [promise], parting)  # type: ignore[assignment,misc]
    return mentor, goal, promise


def test_goals_get_the_heirs_in_place_of_who_leaves() -> None:
    """Who leaves is no longer on the goal; its history keeps who was told, and when. The heirs are untold."""
    mentor, goal, _ = parted(heirs=("curie", "rontgen"))

    assert [(share.mentor, share.told_on) for share in goal.mentors] == [("curie", None), ("rontgen", None)]
    (entry,) = goal.history
    assert (entry.field, entry.old, entry.new, entry.reason) == ("mentors", "osler", "curie, rontgen", "Handed over")
    assert mentor.closure[-1].handed_to == ("curie", "rontgen")


def test_an_heir_who_was_told_stays_told() -> None:
    """What was said before the end is still true after it."""
    shares = Share(mentor="osler", told_on=TODAY), Share(mentor="curie", told_on=TODAY)
    how = EndPlan(on=TODAY, kind="moved", heirs=("curie",))
    _, goal = handover.end_mentorship(make_mentor(), [make_goal(mentors=shares)], [], how)

    assert isinstance(goal, Goal)
    assert [(share.mentor, share.told_on) for share in goal.mentors] == [("curie", TODAY)]
    assert goal.history[-1].old == "osler (told 2026-11-23), curie (told 2026-11-23)"


def test_without_heirs_a_goal_stays_as_it_is() -> None:
    """Nobody leaves a goal that nobody takes over: it can still be handed over later."""
    _, goal, _ = parted()

    assert [share.mentor for share in goal.mentors] == ["osler"]
    assert goal.history == ()


def test_promises_stay_unless_something_is_chosen() -> None:
    """Without a choice nothing happens to them."""
    _, _, promise = parted()

    assert (promise.owner, promise.status) == ("osler", "todo")


@pytest.mark.parametrize(("owner", "handed_to"), [("me", ()), ("rontgen", ("rontgen",))])
def test_promises_change_owner_and_keep_who_assigned(owner: str, handed_to: tuple[str, ...]) -> None:
    """The new owner is me or another mentor; who assigned stays."""
    mentor, _, promise = parted(owner=owner)

    assert (promise.owner, promise.assigned_by, promise.status) == (owner, "curie", "todo")
    assert mentor.closure[-1].handed_to == handed_to


def test_promises_are_dropped_with_the_reason() -> None:
    """Their outcome says why."""
    _, _, promise = parted(drop=True)

    assert (promise.status, promise.outcome) == ("dropped", "The mentorship ended.")


def test_what_is_closed_meanwhile_stays_closed() -> None:
    """Goals and promises that another run has closed are left alone."""
    goal, promise = make_goal(status="dropped"), make_task(owner="osler", status="done")
    how = EndPlan(on=TODAY, kind="moved", heirs=("curie",), drop=True)

    assert list(handover.end_mentorship(make_mentor(), [goal], [promise], how))[1:] == [goal, promise]


def test_staying_in_touch_takes_another_cadence() -> None:
    """The cadence may be slowed down in the same step."""
    mentor, _, _ = parted(stay_in_touch=True, every=180)

    assert mentor.status == "stay_in_touch"
    assert mentor.cadence is not None and mentor.cadence.every_days == 180


def test_nobody_takes_over_from_themselves_or_after_the_end() -> None:
    """An heir is another mentor, who is not gone."""
    osler, curie = view(make_mentor()), view(make_mentor(id="curie", name="Marie Curie", status="ended"))

    for taker in (osler, curie):
        with pytest.raises(MentorlogError, match="cannot take over"):
            handover.successor(taker, osler)
