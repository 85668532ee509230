"""Item 7: keys that a kind does not have, and days written as texts: all commands go on."""

from __future__ import annotations

import time

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from figures import Counted
from mentorlog.models.fields import spec
from mentorlog.models.goal import Goal
from mentorlog.models.meeting import Meeting
from mentorlog.models.mentor import Mentor
from mentorlog.models.note import Note
from mentorlog.models.profile import Profile
from mentorlog.models.record import Part, Record
from mentorlog.models.review import Review
from mentorlog.models.task import Task
from mentorlog.store.format import toml
from mentorlog.store.layout import PROFILE
from trust.screens import written
from world import World

KINDS: tuple[type[Part], ...] = (Mentor, Goal, Task, Meeting, Note, Review, Profile)
EVERY = sorted({name for kind in KINDS for name in spec(kind)} | {"record", "prefix", "path", "with", "late"})
VALUES = ["true", "3", '"x"', '["a"]', "2027-02-03", "[{a = 1}]", "{b = 2}", "[]"]
READS = [
    ("status",),
    ("due",),
    ("doctor",),
    ("timeline",),
    ("search", "case"),
    ("export", "markdown"),
    ("export", "json"),
    ("task", "owed"),
    ("waiting",),
    ("mentor", "lessons"),
    ("mentor", "lineage"),
    ("review", "--print-form"),
    ("meeting", "prep", "osler"),
    *((kind, "list", "--json") for kind in ("mentor", "goal", "task", "meeting", "note", "review")),
]


def sample() -> list[Record | Profile]:
    """One record of each kind."""
    return [
        make_mentor(id="osler", every=28),
        make_goal(id="g7k3q", mentors=["osler"]),
        make_task(id="t4m2x", goal="g7k3q"),
        make_meeting(id="m4k2p", mentors=("osler",)),
        make_note(id="n2222"),
        make_review(id="r2222"),
        make_profile(name="Elizabeth Blackwell"),
    ]


@pytest.mark.parametrize(
    "value", [pytest.param(value, marks=pytest.mark.slow if number else []) for number, value in enumerate(VALUES)]
)
def test_a_key_of_another_kind(world: World, counted: Counted, value: str) -> None:
    """A key that other kinds have is unknown here: it stands for nothing, whatever it holds, and stays."""
    start, made = time.perf_counter(), sample()
    written(world.journal, made)
    strange: dict[str, str] = {}
    for record in made:
        path = PROFILE if isinstance(record, Profile) else toml.path_of(record)
        keys = [name for name in EVERY if name not in spec(type(record))]
        strange[path] = "".join(f"{key} = {value}\n" for key in keys) + toml.dump(record).decode()
        (world.journal / path).write_text(strange[path])
    shows = [("show", record.id if isinstance(record, Record) else "profile") for record in made]
    ran = {words: world.invoke(*words) for words in [*READS, *shows, ("task", "done", "t4m2x"), ("undo",)]}
    counted("7 rubbish in", len(ran), 0, time.perf_counter() - start)

    assert {words: one for words, one in ran.items() if one.exit != 0} == {}
    assert {path: (world.journal / path).read_text() for path in strange} == strange


@pytest.mark.parametrize("value", VALUES)
def test_strange_keys_in_the_file_of_the_journal(world: World, value: str) -> None:
    """journal.toml may say more than a format and an id."""
    written(world.journal, sample())
    file = world.journal / "journal.toml"
    file.write_text(file.read_text() + "".join(f"{key} = {value}\n" for key in EVERY if key not in ("id", "format")))

    assert [world.invoke(*words).exit for words in READS] == [0] * len(READS)


GOAL = "goals/g7k3q-submit-case-report.toml"
MEETING = toml.path_of(make_meeting(id="m4k2p", mentors=("osler",)))
DAYS = [
    (GOAL, 'by = "2027-03-01"', ("goal", "progress", "g7k3q", "40")),
    (GOAL, "by = 2027-03-01T00:00:00", ("goal", "revise", "g7k3q", "by=fri", "-m", "x")),
    (GOAL, 'created = "2026-09-01T09:00:00+00:00"', ("goal", "pause", "g7k3q", "-m", "x")),
    (GOAL, "title = 2027-02-03", ("goal", "progress", "g7k3q", "40")),
    (GOAL, "why = nan", ("goal", "progress", "g7k3q", "40")),
    (GOAL, '[[progress]]\non = "2026-10-01"', ("goal", "progress", "g7k3q", "40")),
    ("tasks/t4m2x-draft-abstract.toml", 'due = "2027-02-03"', ("task", "defer", "t4m2x", "2027-03-01")),
    ("tasks/t4m2x-draft-abstract.toml", '[[rounds]]\nsent = "2026-10-01"', ("task", "return", "t4m2x")),
    (MEETING, "at = 14:00:00", ("meeting", "move", "m4k2p", "fri")),
    ("mentors/osler.toml", 'started = "2026-10-01"', ("mentor", "fit", "osler", "good")),
]


@pytest.mark.parametrize(("path", "line", "words"), DAYS)
def test_a_day_written_as_a_text(world: World, path: str, line: str, words: tuple[str, ...]) -> None:
    """Where the gate takes one for the other the record is changed as any; where not it is named, with its line."""
    written(world.journal, sample())
    file, (key, _, _) = world.journal / path, line.partition(" = ")
    kept = [one for one in file.read_text().splitlines() if not one.startswith(f"{key} = ")]
    at = len(kept) if key.startswith("[[") else 0
    file.write_text("\n".join([*kept[:at], line, *kept[at:], ""]))
    seen, ran = world.invoke("doctor"), world.invoke(*words)

    if seen.exit == 0:
        assert (ran.exit, ran.err) == (0, "")
    else:
        assert f"{path}, line 1" in seen.out + seen.err
    assert world.invoke("status").exit == 0
