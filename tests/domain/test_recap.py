"""What a recap says: of the records that every reader may see, those from the meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

from mentorlog.domain.recap import Recap, gather, shared

TODAY = date(2026, 11, 30)


def meeting(id: str = "m2222", **fields: Any) -> dict[str, Any]:
    """A meeting with William Osler that was held a week ago."""
    known = {"record": "meeting", "id": id, "on": "2026-11-23", "at": "14:00", "status": "held"}
    return {**known, "mentors": ["osler"], "decisions": [], **fields}


def planned(id: str, on: str, **fields: Any) -> dict[str, Any]:
    """A planned meeting."""
    return meeting(id, on=on, status="planned", **fields)


def task(id: str, **fields: Any) -> dict[str, Any]:
    """A task of mine from the meeting."""
    return {"record": "task", "id": id, "owner": "me", "status": "todo", "due": None, "meeting": "m2222", **fields}


def recap(of: dict[str, Any], *others: dict[str, Any], unseen: tuple[dict[str, Any], ...] = ()) -> Recap:
    """The recap of a meeting, of what the readers see and what they do not."""
    every: list[Any] = [of, *others, *unseen]
    return gather(of, {one["id"]: one for one in (of, *others)}, every, TODAY)  # type: ignore[arg-type]


def ids(records: Any) -> list[str]:
    """The ids of records."""
    return [one["id"] for one in records]


def test_tasks_of_the_meeting_alone() -> None:
    """Mine and the mentors' by date; neither dropped ones, nor those of other meetings or of other people."""
    found = recap(
        meeting(),
        task("t4444"),
        task("t3333", due="2026-12-01"),
        task("t5555", owner="osler", status="done"),
        task("t6666", status="dropped"),
        task("t7777", meeting="m9999"),
        task("t8888", meeting=None),
        task("t9999", owner="curie"),
        unseen=(task("tbbbb"), task("tcccc", status="dropped")),
    )

    assert ids(found.mine) == ["t3333", "t4444"]
    assert ids(found.theirs) == ["t5555"]
    assert found.left_out == ["t9999", "tbbbb"]


def test_decisions_are_single_lines() -> None:
    """A decision of several lines is one point; an empty one is none."""
    assert recap(meeting(decisions=["Annals\n\n  first", " "])).decisions == ["Annals first"]


def test_the_next_meeting_is_planned_with_all_of_them() -> None:
    """The nearest from today on, after this one, that nobody is missing from."""
    found = recap(
        meeting(mentors=["osler", "curie"]),
        planned("m3333", "2026-12-01"),
        planned("m4444", "2026-11-29", mentors=["osler", "curie"]),
        planned("m6666", "2026-12-09", mentors=["curie", "osler", "noether"]),
        planned("m5555", "2026-12-08", mentors=["curie", "osler"]),
        meeting("m7777", on="2026-12-02", status="cancelled", mentors=["osler", "curie"]),
        unseen=(planned("m8888", "2026-12-01", mentors=["curie", "osler"]),),
    )

    assert found.next is not None and found.next["id"] == "m5555"
    assert recap(meeting(on="2026-11-30"), planned("m3333", "2026-11-30", at="09:00")).next is None
    assert recap(meeting(on="2026-11-30"), planned("m3333", "2026-11-30", at="16:00")).next is not None


def test_an_empty_recap() -> None:
    """Without a decision, task or next meeting there is nothing to write."""
    assert recap(meeting(), unseen=(task("t2222"),)).is_empty
    assert not recap(meeting(decisions=["Annals first"])).is_empty
    assert not recap(meeting(), planned("m3333", "2026-12-01")).is_empty


def test_what_every_reader_sees() -> None:
    """A record that one of them does not see is not shared."""
    one, two = {"id": "t2222"}, {"id": "t3333"}

    assert shared([[one, two], [two]]) == {"t3333": two}
    assert shared([[one]]) == {"t2222": one}
