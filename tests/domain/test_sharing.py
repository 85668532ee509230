"""What may leave the journal: the records that are asked for, without what is private."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.domain import sharing
from mentorlog.domain.query import About
from mentorlog.models.goal import HistoryEntry
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.mentor import Closure, Expectations, Fit, StatusChange
from mentorlog.models.record import Record, view
from mentorlog.models.review import MentorVerdict, Pulse, Verdict

ON = date(2026, 11, 1)


def shared(record: Record) -> dict[str, Any]:
    """What is shared of a record that is not private."""
    kept, _ = sharing.shareable([view(record)])
    return kept[0]


# Private


def test_private_records_stay_at_home() -> None:
    """A private record is left out and counted; notes and reviews are private unless they say otherwise."""
    views = [view(one) for one in (make_note(), make_review(), make_goal(visibility="private"), make_task())]

    kept, left = sharing.shareable(views)

    assert [one["record"] for one in kept] == ["task"]
    assert left.describe() == "Left out as private: 1 note, 1 review, 1 goal (use --include-private to include them)"


def test_private_fields_of_a_mentor() -> None:
    """Fit, closure, reasons of a status, conflicts of interest and off-limits stay at home."""
    mentor = make_mentor(
        fit=(Fit(on=ON, answer="not_good", comment="SECRET"),),
        closure=(Closure(on=ON, kind="conduct", lesson="SECRET"),),
        conflict_of_interest="SECRET",
        status_log=(StatusChange(on=ON, status="paused", reason="SECRET"),),
        expectations=Expectations(mine=("Time",), off_limits=("SECRET",)),
        notes="Kept",
    )

    found = shared(mentor)

    assert "SECRET" not in str(found) and "not_good" not in str(found)
    assert (found["notes"], found["expectations"]["mine"]) == ("Kept", ["Time"])
    assert found["status_log"][0]["status"] == "paused"


def test_private_fields_of_other_kinds() -> None:
    """Feelings, usefulness, every answer on a mentor and the reason of a status stay at home."""
    status = HistoryEntry(on=ON, field="status", old="active", new="dropped", reason="SECRET")
    moved = HistoryEntry(on=ON, field="by", reason="Kept")
    verdict = MentorVerdict(mentor="osler", fit="good", comment="SECRET", cadence_ok=True, pulse=Pulse(communication=7))
    review = make_review(
        visibility="program",
        mentors=(verdict,),
        verdicts=(
            Verdict(goal="g7k3q", verdict="drop", reason="SECRET"),
            Verdict(goal="g8k3q", verdict="revise", reason="Kept"),
        ),
    )

    found = [shared(one) for one in (make_goal(history=(status, moved)), make_meeting(feeling="SECRET"), review)]

    assert "SECRET" not in str(found)
    assert str(found).count("Kept") == 2
    assert shared(make_meeting(usefulness=1))["usefulness"] is None
    assert found[2]["mentors"] == []


def test_records_with_private_fields_are_counted() -> None:
    """Each record of which something is left out counts once; where nothing is, nothing is said."""
    _, left = sharing.shareable([view(make_meeting(feeling="Tired", usefulness=2)), view(make_meeting())])
    _, none = sharing.shareable([view(make_meeting())])

    assert left.describe() == "Left out as private: private fields of 1 record (use --include-private to include them)"
    assert none.describe() is None


# What is asked for


@pytest.fixture
def records() -> list[dict[str, Any]]:
    """Two mentors, a goal with each, and what belongs to them."""
    osler, curie = make_mentor(), make_mentor(id="curie", name="Marie Curie")
    case, study = make_goal(id="gc222", mentors=["osler"]), make_goal(id="gs222", mentors=["curie"])
    found = [
        osler, curie, case, study,
        make_goal(id="gp222", parent="gc222"),
        make_task(id="tc222", goal="gc222"),
        make_task(id="ts222", goal="gs222"),
        make_task(id="tp222", owner="curie", goal="gc222"),
        make_meeting(id="mc222", mentors=("osler", "curie"), agenda=(AgendaItem(text="x", goal="gc222"),)),
        make_meeting(id="ms222", mentors=("curie",)),
        make_note(id="nc222", mentors=("osler",)),
        make_review(id="r2222", worked="All", verdicts=(Verdict(goal="gc222", verdict="keep"),
                                                       Verdict(goal="gs222", verdict="keep"))),
        make_review(id="r3333", scope="curie", worked="Hers"),
    ]  # fmt: skip
    return [view(one) for one in found]


def ids(views: list[dict[str, Any]]) -> set[str]:
    """The ids of views."""
    return {one["id"] for one in views}


def test_of_a_mentor(records: list[dict[str, Any]]) -> None:
    """--with gives the mentor, what is shared with them, and of a review only the verdicts that concern them."""
    found = sharing.chosen(records, About(mentors=("osler",)))

    assert ids(found) == {"osler", "gc222", "tc222", "mc222", "nc222", "r2222"}
    review = found[-1]
    assert [entry["goal"] for entry in review["verdicts"]] == ["gc222"]
    assert review["worked"] is None and review["facts"] is None


def test_of_a_goal(records: list[dict[str, Any]]) -> None:
    """--goal gives the goal, its parts, and what names it."""
    assert ids(sharing.chosen(records, About(goal="gc222"))) == {"gc222", "gp222", "tc222", "tp222", "mc222", "r2222"}


def test_a_review_of_what_is_asked_for_is_whole(records: list[dict[str, Any]]) -> None:
    """A review of this mentor alone comes whole."""
    found = {one["id"]: one for one in sharing.chosen(records, About(mentors=("curie",)))}

    assert found["r3333"]["worked"] == "Hers"


def test_a_mentorship_that_was_taken_up_again_goes_on() -> None:
    """An earlier end is no last day; one that has ended is left out of what comes after."""
    ended = make_mentor(started=ON, status="ended", closure=(Closure(on=ON, kind="moved"),))
    again = ended.moved_to("active", on=date(2026, 11, 9))

    found = [sharing.chosen([view(one)], About(since="2026-11-20")) for one in (ended, again)]

    assert [len(views) for views in found] == [0, 1]


def test_of_some_days() -> None:
    """--since and --until, both inclusive, give what was on those days: what lasts counts as long as it lasts."""
    views = [
        view(make_meeting(id="m2222", on=date(2026, 10, 1))),
        view(make_meeting(id="m3333", on=date(2026, 11, 1))),
        view(make_goal(id="g2222")),
        view(make_goal(id="g3333", status="achieved", closed_on=date(2026, 10, 31))),
        view(make_task(id="t2222", status="done", done_on=date(2026, 11, 1))),
        view(make_mentor(id="osler", started=date(2026, 11, 2))),
    ]

    found = sharing.chosen(views, About(since="2026-11-01", until="2026-11-01"))

    assert ids(found) == {"m3333", "g2222", "t2222"}
