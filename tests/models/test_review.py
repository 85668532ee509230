"""The rules of a review."""

from __future__ import annotations

from datetime import date

import pytest

from factories import make_review
from mentorlog.errors import BadValue
from mentorlog.models.record import view
from mentorlog.models.review import MentorVerdict, Pulse, TaskVerdict, Verdict
from mentorlog.models.views import heading
from mentorlog.store.format import toml


@pytest.mark.parametrize("verdict", ["revise", "partly", "pause", "drop"])
@pytest.mark.parametrize("reason", [None, "", " \n"])
def test_what_changes_a_goal_needs_a_reason(verdict: str, reason: str | None) -> None:
    """Revise, partly, pause and drop say why."""
    with pytest.raises(BadValue, match="reason is missing"):
        Verdict(goal="g7k3q", verdict=verdict, reason=reason)


@pytest.mark.parametrize("verdict", ["keep", "achieved", "resume"])
def test_other_verdicts_need_none(verdict: str) -> None:
    """Keep, achieved and resume speak for themselves."""
    assert Verdict(goal="g7k3q", verdict=verdict).reason is None


def test_a_deferred_task_needs_its_date() -> None:
    """Put off to when?"""
    with pytest.raises(BadValue, match="needs a new date"):
        TaskVerdict(task="t4m2x", verdict="defer")
    assert TaskVerdict(task="t4m2x", verdict="defer", due=date(2026, 12, 20)).due


@pytest.mark.parametrize("value", [0, 8])
def test_a_pulse_goes_from_one_to_seven(value: int) -> None:
    """Each facet of a mentorship is a number from 1 to 7."""
    with pytest.raises(BadValue, match="from 1 to 7"):
        Pulse(communication=value)
    assert Pulse(communication=7, development=1).understanding is None


def test_words_are_folded() -> None:
    """`not-good` is `not_good`; what is unknown is refused with what is allowed."""
    assert MentorVerdict(mentor="osler", fit="Not-good").fit == "not_good"
    with pytest.raises(BadValue, match="Unknown fit 'fine'"):
        MentorVerdict(mentor="osler", fit="fine")
    with pytest.raises(BadValue, match="Unknown kind 'daily'"):
        make_review(kind="daily")


def test_changes_and_cleared_fields_stand_in_the_file() -> None:
    """A verdict comes back from its file as it was, and a cleared field is named."""
    verdict = Verdict(goal="g7k3q", verdict="revise", reason="x", changes={"by": "2027-02-01"}, clear=("measure",))
    text = toml.dump(make_review(verdicts=(verdict,))).decode()

    assert '[verdicts.changes]\nby = "2027-02-01"\n' in text
    assert 'clear = [\n    "measure",\n]' in text


def test_a_review_is_private_by_itself() -> None:
    """And known by its kind and day, in words, as a record and as a view."""
    review = make_review(kind="end_of_block")

    assert (review.visibility, review.heading) == ("private", "Review (end of block) on Mon 23 Nov 2026")
    assert heading(view(review)) == review.heading
    assert view(review)["verdicts"] == []
