"""Who sees what: the ladder of visibility, and what each audience gets of a record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain.audience import OTHERS, PROGRAM, SELF, Audience, Selection, select
from mentorlog.errors import BadValue
from mentorlog.models.goal import HistoryEntry, Progress
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.mentor import Closure, Expectations, Fit, StatusChange
from mentorlog.models.record import Record, view
from mentorlog.models.review import MentorVerdict, Pulse, TaskVerdict, Verdict
from mentorlog.models.task import Letter
from mentorlog.output.messages.export import left_out
from mentorlog.store.format.document import profile_view

ON = date(2026, 11, 1)
OSLER = Audience("mentor", "osler")


def selection(audience: Audience, *records: Record, **more: Any) -> Selection:
    """What goes to an audience of a journal with these records."""
    return select(profile_view(make_profile()), [view(record) for record in records], audience, **more)


def seen(record: Record, audience: Audience = OTHERS) -> dict[str, Any]:
    """What an audience sees of a record that goes."""
    return dict(selection(audience, record).views[0])


def going(audience: Audience, *records: Record) -> set[str]:
    """The ids of the records that go."""
    return {one["id"] for one in selection(audience, *records).views}


def reasons(audience: Audience, *records: Record) -> dict[str, str]:
    """Why records stay, by id; not those of which only a field stays."""
    return {one.id: one.why for one in selection(audience, *records).withheld if one.why != "field"}


# The ladder


@pytest.mark.parametrize(
    ("visibility", "who"),
    [
        ("private", {"self"}),
        ("mentor", {"self", "others", "osler"}),
        ("program", {"self", "others", "osler", "program"}),
        ("open", {"self", "others", "osler", "program", "curie"}),
    ],
)
def test_visibility_is_a_ladder_of_readers(visibility: str, who: set[str]) -> None:
    """private < the mentors it names < the programme too < anyone: goals and notes alike."""
    records = [
        make_goal(id="g2222", mentors=["osler"], visibility=visibility),
        make_note(id="n2222", mentors=("osler",), kind="advice", visibility=visibility),
    ]
    audiences = {
        "self": SELF,
        "others": OTHERS,
        "osler": OSLER,
        "program": PROGRAM,
        "curie": Audience("mentor", "curie"),
    }

    found = {name: going(audience, *records) for name, audience in audiences.items()}

    assert found == {name: {"g2222", "n2222"} if name in who else set() for name in audiences}


def test_a_record_names_a_mentor_also_by_its_goal_or_meeting() -> None:
    """A note to others stays with them; one to nobody goes with its goal or meeting, unless that is private."""
    goal, meeting = make_goal(id="g2222", mentors=["osler"]), make_meeting(id="m2222")
    hidden = make_goal(id="g3333", mentors=["osler"], visibility="private")
    notes = [
        make_note(id="n2222", kind="win", visibility="mentor", goal="g2222"),
        make_note(id="n3333", kind="win", visibility="mentor", meeting="m2222"),
        make_note(id="n4444", kind="win", visibility="mentor", goal="g2222", mentors=("curie",)),
        make_note(id="n5555", kind="win", visibility="mentor", goal="g3333"),
        make_note(id="n6666", kind="reflection", visibility="mentor", mentors=("osler",)),
    ]

    assert going(OSLER, goal, meeting, hidden, *notes) == {"g2222", "m2222", "n2222", "n3333"}
    assert reasons(OSLER, goal, meeting, hidden, *notes) == {
        "g3333": "private", "n4444": "not_named", "n5555": "not_named", "n6666": "kind",
    }  # fmt: skip


def test_tasks_for_a_mentor() -> None:
    """Those between them and me, and mine on shared goals; never a promise of somebody else."""
    goal = make_goal(id="g2222", mentors=["osler", "curie"])
    tasks = [
        make_task(id="t2222", owner="osler"),
        make_task(id="t3333", assigned_by="osler"),
        make_task(id="t4444", goal="g2222", assigned_by="curie"),
        make_task(id="t5555", goal="g2222", owner="curie"),
        make_task(id="t6666"),
    ]

    assert going(OSLER, goal, *tasks) == {"g2222", "t2222", "t3333", "t4444"}


def test_a_letter_to_ask_for() -> None:
    """Its writer does not see it before they were asked."""
    fields: dict[str, Any] = {"for": "Annals award"}
    planned, asked = Letter(**fields), Letter(**fields, asked_on=date(2026, 11, 20))
    tasks = [make_task(id=f"t{name}", owner="osler", letter=one) for name, one in (("2222", planned), ("3333", asked))]

    assert reasons(OSLER, *tasks) == {"t2222": "kind"}
    assert reasons(OTHERS, *tasks) == {}


def test_the_programme_counts_meetings_and_tasks() -> None:
    """Meetings go as days, tasks as days unless they and their goal are shown; no word of either."""
    shown, other = make_goal(id="g2222", visibility="program"), make_goal(id="g3333", title="SECRET")
    meeting = make_meeting(
        id="m2222", visibility="open", notes="SECRET", decisions=("SECRET",),
        agenda=(AgendaItem(text="SECRET", goal="g2222"), AgendaItem(text="SECRET", goal="g3333")),
    )  # fmt: skip
    tasks = [
        make_task(id="t2222", goal="g2222", visibility="program"),
        make_task(id="t3333", goal="g2222", title="SECRET"),
        make_task(id="t4444", goal="g3333", visibility="program", title="SECRET"),
        make_task(id="t5555", visibility="private", title="SECRET"),
    ]

    found = selection(PROGRAM, make_mentor(), shown, other, meeting, *tasks)

    assert {one["id"] for one in found.views} == {"osler", "g2222", "t2222"}
    assert {one["id"] for one in found.counted} == {"g3333", "m2222", "t3333", "t4444"}
    assert "SECRET" not in str((found.profile, found.views, found.counted, found.names))
    counted = next(one for one in found.counted if one["id"] == "m2222")
    assert (counted["on"], counted["mentors"], counted["status"]) == ("2026-11-16", ["osler"], "held")
    assert [point["goal"] for point in counted["agenda"]] == ["g2222"]


def test_the_programme_sees_mentorships_that_began() -> None:
    """Never candidates, invited or declined ones, also not in the log of one that began."""
    log = (StatusChange(on=ON, status="invited"), StatusChange(on=ON, status="active", reason="SECRET"))
    osler = make_mentor(status_log=log, email="SECRET", qualities="SECRET", purpose="SECRET", notes="SECRET")
    others = [
        make_mentor(id=status, status=status) for status in ("candidate", "invited", "declined", "paused", "ended")
    ]

    found = selection(PROGRAM, osler, *others)

    assert {one["id"] for one in found.views} == {"osler", "paused", "ended"}
    assert [step["status"] for step in found.views[0]["status_log"]] == ["active"]
    assert "SECRET" not in str(found.views) and not {"candidate", "invited", "declined"} & found.names.keys()


def test_a_review_for_each() -> None:
    """A mentor gets verdicts on shared goals, the programme the answers and verdicts on goals that it sees."""
    goals = [make_goal(id="g2222", mentors=["osler"]), make_goal(id="g3333", visibility="program")]
    verdicts = [Verdict(goal=one.id, verdict="revise", reason="Why", changes={"by": "2027-01-01", "notes": "SECRET"})
                for one in goals]  # fmt: skip
    told = make_review(id="r2222", worked="All", visibility="mentor", verdicts=tuple(verdicts))
    shown = make_review(id="r3333", worked="All", visibility="program", verdicts=tuple(verdicts))

    (of_osler,), (of_program,) = (
        [one for one in selection(who, *goals, record).views if one["record"] == "review"]
        for who, record in ((OSLER, told), (PROGRAM, shown))
    )

    assert (of_osler["worked"], of_program["worked"]) == (None, "All")
    assert of_osler["verdicts"][0] == {
        "goal": "g2222", "verdict": "revise", "reason": "Why", "changes": {"by": "2027-01-01"}, "clear": [],
    }  # fmt: skip
    assert [(one["goal"], one["reason"], one["changes"]) for one in of_program["verdicts"]] == [("g3333", None, None)]
    assert "SECRET" not in str((of_osler, of_program))


# What stays of a record that goes


def test_names_of_withheld_records_do_not_come_through() -> None:
    """Not by agenda, parent, links of tasks, people: the link goes, and the point of the agenda with its text."""
    hidden = make_goal(id="g3333", title="SECRET", visibility="private")
    other = make_mentor(id="curie", name="SECRET", visibility="private")
    records = [
        make_mentor(), other, hidden,
        make_goal(id="g2222", parent="g3333", mentors=["osler", "curie"]),
        make_task(id="t2222", goal="g3333", assigned_by="osler"),
        make_meeting(id="m2222", mentors=("osler", "curie"), agenda=(AgendaItem(text="SECRET", goal="g3333"),)),
    ]  # fmt: skip

    found = selection(OSLER, *records)
    by = {one["id"]: one for one in found.views}

    assert "SECRET" not in str((found.views, found.names)) and "curie" not in str((found.views, found.names))
    assert "g3333" not in str(found.views)
    assert (by["g2222"]["parent"], by["t2222"]["goal"], by["m2222"]["agenda"]) == (None, None, [])
    assert found.hidden == {"curie": "mentor", "g3333": "goal"}


def test_another_mentor_is_named_where_they_share_something() -> None:
    """By name only; a mentor with whom nothing is shared is not named."""
    curie, noether = make_mentor(id="curie", name="Marie Curie"), make_mentor(id="noether", name="Emmy Noether")
    meeting = make_meeting(mentors=("osler", "curie"))

    found = selection(OSLER, make_mentor(), curie, noether, meeting)

    assert [one["id"] for one in found.of("mentor")] == ["osler"]
    assert "Marie Curie" in found.names.values() and "Emmy Noether" not in found.names.values()


def test_the_notes_of_a_meeting() -> None:
    """Without why it was moved, without items of tasks that stay, and without the ids of the others."""
    moved = "Moved from Mon 2 Nov 2026: SECRET\nSECRET"
    notes = f"{moved}\n\nThe films\n- [ ] @me Draft (t2222)\n- [ ] @curie SECRET (t3333)\nEnd"
    tasks = [make_task(id="t2222", meeting="m2222"), make_task(id="t3333", owner="curie", meeting="m2222")]

    found = selection(OSLER, make_mentor(), make_meeting(id="m2222", notes=notes), *tasks)

    assert next(one for one in found.views if one["id"] == "m2222")["notes"] == "The films\n- [ ] @me Draft\nEnd"
    assert [one.fields for one in found.withheld if one.id == "m2222"] == [("notes",)]


def test_an_id_behind_an_item_is_no_loss() -> None:
    """Notes from which only the ids of tasks are gone count as whole; a preview calls a meeting by names."""
    meeting = make_meeting(id="m2222", notes="- [ ] @me Draft (t2222)")
    found = selection(OSLER, make_mentor(), meeting, make_task(id="t2222", meeting="m2222"))

    assert "m2222" not in {one.id for one in found.withheld}
    assert found.names["m2222"] == "Meeting with William Osler on Mon 16 Nov 2026"


@pytest.mark.parametrize("status", ["held", "cancelled", "missed"])
@pytest.mark.parametrize("reason", ["Cancelled by them: SECRET", "Cancelled by someone else: SECRET", "Missed: SECRET"])
def test_why_a_meeting_did_not_take_place(reason: str, status: str) -> None:
    """Its first paragraph at least, also if the meeting was held after all; nothing follows where it was not."""
    notes = f"Before\n\n{reason}\nSECRET\n\nAfter"

    found = seen(make_meeting(notes=notes, status=status), OSLER)["notes"]

    assert found == ("Before\n\nAfter" if status == "held" else "Before")


def test_the_reason_of_a_dropped_task() -> None:
    """It is the outcome, which a mentor sees of other tasks."""
    tasks = [make_task(assigned_by="osler", status=status, outcome="Why") for status in ("dropped", "todo")]

    assert [seen(one, OSLER)["outcome"] for one in tasks] == [None, "Why"]


@pytest.mark.parametrize(("audience", "fields"), [(OSLER, ["by", "title"]), (PROGRAM, ["by"])])
def test_the_history_of_a_goal(audience: Audience, fields: list[str]) -> None:
    """A mentor sees changes of by, measure and title with their reasons, the programme dates alone."""
    changes = ("by", "status", "notes", "title")
    history = tuple(HistoryEntry(on=ON, field=name, old="1", new="2", reason="Why") for name in changes)
    goal = make_goal(mentors=["osler"], visibility="open", history=history, progress=(Progress(on=ON, text="Half"),))

    found = seen(goal, audience)

    assert [entry["field"] for entry in found["history"]] == fields
    assert {entry["reason"] for entry in found["history"]} == {"Why" if audience is OSLER else None}
    assert found["progress"][0]["text"] == "Half"


def test_unknown_keys_stay() -> None:
    """What mentorlog does not know goes to no named audience."""
    goal = make_goal(visibility="open", extra={"secret": "SECRET"})

    assert "SECRET" in str(seen(goal, SELF)) and "SECRET" not in str(seen(goal, PROGRAM))


# One record this once


def test_an_added_record_goes_once() -> None:
    """It goes as if anyone might see it; what an audience never gets is refused."""
    note, meeting = make_note(id="n2222"), make_meeting(id="m2222")

    assert [one["id"] for one in selection(PROGRAM, note, meeting, added=("n2222",)).views] == ["n2222"]
    with pytest.raises(BadValue, match="m2222 cannot be added"):
        selection(PROGRAM, note, meeting, added=("m2222",))


# Without a named audience


def test_private_records_stay_at_home() -> None:
    """A private record is left out and counted; notes and reviews are private unless they say otherwise."""
    found = selection(OTHERS, make_note(), make_review(), make_goal(visibility="private"), make_task())

    assert [one["record"] for one in found.views] == ["task"]
    assert left_out(found) == "Left out as private: 1 note, 1 review, 1 goal (use --include-private to include them)"


def test_words_about_withheld_records() -> None:
    """A title also comes through a verdict that changes it, a point of an agenda, an item in notes: none of it goes."""
    private = [make_goal(id="g3333", visibility="private"), make_task(id="t3333", visibility="private")]
    verdict = Verdict(goal="g3333", verdict="revise", reason="SECRET", changes={"title": "SECRET"}, clear=("why",))
    late = TaskVerdict(task="t3333", verdict="defer", due=ON, reason="SECRET")
    agenda = (AgendaItem(text="SECRET", goal="g3333", done=True), AgendaItem(text="Films"))
    review = make_review(visibility="mentor", verdicts=(verdict,), tasks=(late,))
    meeting = make_meeting(notes="The films\n- [ ] @me SECRET (t3333)\n- [ ] @me Draft (t4444)", agenda=agenda)

    found = selection(OTHERS, *private, review, meeting)

    assert "SECRET" not in str((found.views, found.names))
    (of_review,), (of_meeting,) = found.of("review"), found.of("meeting")
    assert of_review["verdicts"] == [
        {"goal": "g3333", "verdict": "revise", "reason": None, "changes": None, "clear": []}
    ]
    assert of_review["tasks"] == [{"task": "t3333", "verdict": "defer", "due": None, "reason": None}]
    assert of_meeting["agenda"][0] == {"text": "a private goal", "goal": "g3333", "done": True}
    assert (of_meeting["agenda"][1]["text"], of_meeting["notes"]) == ("Films", "The films\n- [ ] @me Draft (t4444)")


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

    found = seen(mentor)

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

    found = [seen(one) for one in (make_goal(history=(status, moved)), make_meeting(feeling="SECRET"), review)]

    assert "SECRET" not in str(found)
    assert str(found).count("Kept") == 2
    assert seen(make_meeting(usefulness=1))["usefulness"] is None
    assert found[2]["mentors"] == []


def test_records_with_private_fields_are_counted() -> None:
    """Each record of which something is left out counts once; where nothing is, nothing is said."""
    left = selection(OTHERS, make_meeting(feeling="Tired", usefulness=2), make_meeting())
    none = selection(OTHERS, make_meeting())

    assert left_out(left) == "Left out as private: private fields of 1 record (use --include-private to include them)"
    assert left_out(none) is None
