"""What goes on the screen before a meeting: only what concerns this mentor, and what they do not know yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from answers import Answers
from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.domain import computed
from mentorlog.domain.preparing import Records, gather
from mentorlog.models.goal import HistoryEntry, Progress, Share
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.mentor import Cadence, Expectations
from mentorlog.models.note import Told
from mentorlog.models.record import Record, view
from mentorlog.models.task import Round

OSLER = make_mentor()


def day(ago: int) -> date:
    """So many days ago."""
    return TODAY - timedelta(ago)


def prepared(*records: Record, mentor: Record = OSLER) -> dict[str, Any]:
    """What there is to prepare for a meeting with Osler today."""
    kinds = {kind: [view(one) for one in records if kind == one.KIND] for kind in ("meeting", "goal", "task", "note")}
    tasks = computed.tasks(kinds["task"], Answers(*records), TODAY)
    return gather(view(mentor), Records(kinds["meeting"], kinds["goal"], tasks, kinds["note"]), TODAY)


def ids(found: list[dict[str, Any]]) -> list[str]:
    """The ids of what was found."""
    return [one["id"] for one in found]


def agenda(found: dict[str, Any]) -> list[str]:
    """The words of the suggested agenda."""
    return [point["text"] for point in found["agenda"]]


def test_an_empty_journal() -> None:
    """Where nothing is known there is still something to talk about."""
    found = prepared()

    assert (found["meeting"], found["last_meeting"], found["minutes"]) == (None, None, None)
    assert agenda(found) == ["What they expect of me", "The next meeting"]


def test_which_meetings_count() -> None:
    """The next planned meeting, else one that has passed unlogged; the last one that was held."""
    passed, ahead, later = (
        make_meeting(status="planned", on=day(ago), id=id) for ago, id in ((3, "mbbbb"), (-2, "mcccc"), (-9, "mdddd"))
    )
    old, last = make_meeting(on=day(40)), make_meeting(on=day(12), id="mffff")
    called_off = make_meeting(on=day(1), status="cancelled")

    found = prepared(later, ahead, passed, last, old, called_off)

    assert (found["meeting"]["id"], found["last_meeting"]["id"]) == ("mcccc", "mffff")
    assert prepared(passed)["meeting"]["id"] == "mbbbb"


def test_assignments_and_promises() -> None:
    """What I owe to this mentor and what they promised, with whether it is late and since when."""
    meeting = make_meeting(id="m4k2p", on=day(20))
    mine = make_task(id="tbbbb", assigned_by="osler", meeting="m4k2p", due=day(1), status="doing")
    theirs = make_task(id="tcccc", owner="osler")
    others = [
        make_task(owner="curie"),
        make_task(assigned_by="curie"),
        make_task(),
        make_task(owner="osler", status="dropped"),
    ]

    found = prepared(meeting, mine, theirs, *others)

    assert (ids(found["assignments"]), ids(found["promises"])) == (["tbbbb"], ["tcccc"])
    assert found["assignments"][0]["late"] is True
    assert agenda(found)[:2] == ["My task (late): Draft abstract", "Their promise: Draft abstract"]


def test_drafts_with_them() -> None:
    """A round that was sent and has not come back is a draft with them, and no assignment any more."""
    rounds = (Round(sent=day(30), returned=day(25)), Round(sent=day(9)))
    out = make_task(id="tbbbb", title="Protocol", assigned_by="osler", status="submitted", rounds=rounds)
    back = make_task(id="tcccc", assigned_by="osler", status="doing", rounds=rounds[:1])

    found = prepared(out, back)

    assert [(one["id"], one["sent_on"]) for one in found["drafts"]] == [("tbbbb", day(9).isoformat())]
    assert ids(found["assignments"]) == ["tcccc"]
    assert "Get a draft back: Protocol" in agenda(found)


def test_what_was_done_since_last_time() -> None:
    """Done on the day of the last meeting or after it: mine for them, and theirs."""
    last = make_meeting(on=day(10))
    done = {"status": "done", "done_on": day(5)}
    mine, kept = make_task(id="tbbbb", assigned_by="osler", **done), make_task(id="tcccc", owner="osler", **done)
    old = make_task(assigned_by="osler", status="done", done_on=day(11))
    found = prepared(last, mine, kept, old, make_task(**done))

    assert (ids(found["assignments_done"]), ids(found["promises_kept"])) == (["tbbbb"], ["tcccc"])
    assert prepared(mine)["assignments_done"] == []


def test_what_was_done_of_a_meeting_or_a_goal_with_them() -> None:
    """It was owed to them, so they hear that it is done: through a meeting or a goal as by name."""
    last, goal = make_meeting(id="m4k2p", on=day(10)), make_goal(id="g7k3q", mentors=["osler"])
    done = {"status": "done", "done_on": day(5)}
    tasks = make_task(id="tbbbb", meeting="m4k2p", **done), make_task(id="tcccc", goal="g7k3q", **done)

    assert ids(prepared(last, goal, *tasks)["assignments_done"]) == ["tbbbb", "tcccc"]


def test_parked_questions() -> None:
    """Open questions for this mentor, the oldest first."""
    new = make_note(kind="question", mentors=("osler",), id="nbbbb")
    old = make_note(kind="question", mentors=("curie", "osler"), on=day(3), id="ncccc")
    others = [
        make_note(kind="question", mentors=("curie",)),
        make_note(kind="question"),
        make_note(kind="question", status="closed", mentors=("osler",)),
    ]

    found = prepared(new, old, *others)  # the journal gives notes newest first

    assert ids(found["questions"]) == ["ncccc", "nbbbb"]
    assert "My 2 questions" in agenda(found)


def test_goals_not_yet_told() -> None:
    """Open goals that are shared with the mentor and that they have not been told of."""
    untold = make_goal(id="gbbbb", mentors=["osler"])
    told = make_goal(mentors=[Share(mentor="osler", told_on=day(9))])
    closed, not_theirs = make_goal(mentors=["osler"], status="dropped"), make_goal(mentors=["curie"])

    found = prepared(untold, told, closed, not_theirs)

    assert ids(found["goals_untold"]) == ["gbbbb"]
    assert "Tell them about a goal: Submit case report" in agenda(found)


def test_changes_not_yet_told() -> None:
    """Open notes of change that they were not told, unless they are for others or older than the mentorship."""
    change = {"kind": "change", "text": "Moved to nights\nfor a month"}
    fresh, named = (
        make_note(id="nbbbb", on=day(3), **change),
        make_note(id="ncccc", on=day(2), mentors=("osler",), **change),
    )
    others = [
        make_note(told=(Told(mentor="osler", on=day(1)),), **change),
        make_note(mentors=("curie",), **change),
        make_note(on=date(2026, 8, 31), **change),
        make_note(status="closed", **change),
    ]

    found = prepared(named, fresh, *others)

    assert ids(found["changes"]) == ["nbbbb", "ncccc"]
    assert found["changes"][0]["title"] == "Moved to nights"
    assert "Tell them about 2 changes" in agenda(found)


def test_changes_of_goals_they_know() -> None:
    """What became of a goal after the day they were told of it; never of a goal that they do not know."""
    history = tuple(
        HistoryEntry(on=day(ago), field=field, old="a", new="b")
        for ago, field in ((30, "why"), (20, "by"), (10, "tags"), (5, "status"))
    )
    known = make_goal(id="gbbbb", status="achieved", history=history, mentors=[Share(mentor="osler", told_on=day(20))])
    unknown = make_goal(history=history, mentors=["osler"])

    found = prepared(known, unknown)

    assert [(one["id"], one["field"], one["on"]) for one in found["changes"]] == [
        ("gbbbb", "status", day(5).isoformat())
    ]


def test_what_is_new_of_each_goal() -> None:
    """Untold, revised or moved on since last time, each goal once; a change that is about one of them is with it."""
    told = Share(mentor="osler", told_on=day(20))
    moved = HistoryEntry(on=day(5), field="by", old="2027-01-03", new="2027-02-01")
    progress = (Progress(on=day(30), percent=10), Progress(on=day(9), percent=40))
    known = make_goal(id="gbbbb", mentors=[told], history=(moved,), progress=progress)
    untold, quiet = make_goal(id="gcccc", mentors=["osler"]), make_goal(mentors=[told], progress=progress[:1])
    change = {"kind": "change", "on": day(3)}
    notes = make_note(id="nbbbb", goal="gbbbb", **change), make_note(id="ncccc", goal="gzzzz", **change)

    found = prepared(make_meeting(on=day(10)), known, untold, quiet, *notes)["news"]

    assert [(one["id"], one["untold"], ids(one["changes"]), len(one["progress"])) for one in found] == [
        ("gbbbb", False, ["gbbbb", "nbbbb"], 1),
        ("gcccc", True, [], 0),
        ("ncccc", False, ["ncccc"], 0),
    ]
    assert prepared(known)["news"][0]["progress"] == []  # before the first meeting, all of it would be


def test_when_they_want_material() -> None:
    """So many days before the planned meeting."""
    mentor = make_mentor(expectations=Expectations(prep_days=2))

    assert prepared(mentor=mentor)["material_by"] is None
    assert prepared(make_meeting(status="planned", on=TODAY), mentor=mentor)["material_by"] == day(2).isoformat()


def test_what_is_agreed() -> None:
    """Off-limits, conflict of interest, length and mode; those of the planned meeting come first."""
    mentor = make_mentor(
        conflict_of_interest="Evaluates me",
        expectations=Expectations(off_limits=("pay",), theirs=("drafts",)),
        cadence=Cadence(every_days=28, minutes=30),
    )
    agreed = prepared(mentor=mentor)
    planned = prepared(make_meeting(status="planned", on=TODAY, minutes=20, mode="phone"), mentor=mentor)

    assert (agreed["off_limits"], agreed["conflict_of_interest"], agreed["mode"]) == (["pay"], "Evaluates me", None)
    assert (planned["minutes"], planned["minutes_agreed"], planned["mode"]) == (20, 30, "phone")
    assert agreed["expected_of_me"] == ["drafts"]
    assert agenda(agreed) == ["The next meeting"]


def test_what_was_planned_comes_first() -> None:
    """The agenda of the planned meeting, without what is done, before what is suggested."""
    items = (AgendaItem(text="Journal", goal="g7k3q"), AgendaItem(text="CV", done=True))
    found = prepared(make_meeting(status="planned", on=TODAY, agenda=items))

    assert found["agenda"][0] == {"text": "Journal", "planned": True, "about": ["g7k3q"]}
    assert "CV" not in agenda(found)
