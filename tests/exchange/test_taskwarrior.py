"""Tasks come from what Taskwarrior exports, in every form of it; what is none is refused in one sentence."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mentorlog.domain.people import Person
from mentorlog.errors import MentorlogError
from mentorlog.exchange import taskwarrior
from mentorlog.exchange.directory import Directory
from mentorlog.exchange.incoming import Batch, Incoming, Stay

SAMPLE = (Path(__file__).resolve().parent.parent / "data" / "imports" / "taskwarrior-2.6.json").read_bytes()
PEOPLE = [Person("osler", "William Osler"), Person("curie", "Marie Curie")]


def read(data: Any, people: Directory | None = None, zone: str = "UTC", **more: Any) -> Batch:
    """What the tasks of a file become; a dict is one task, with the least that it needs."""
    if isinstance(data, dict):
        data = [{"uuid": "04119b97-ace2-4ffe-8c9f-73a3704d40ca", "description": "x", "status": "pending", **data}]
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return taskwarrior.read(data, people or Directory(PEOPLE), zone=ZoneInfo(zone), **more)


def one(data: Any, zone: str = "UTC", **more: Any) -> Incoming:
    """The only record of a file."""
    [record] = read(data, zone=zone, **more).records
    return record


def test_the_sample() -> None:
    """Every field of the export has its place, the template of the series stays, the unknown person is counted."""
    people = Directory(PEOPLE)
    batch = read(SAMPLE, people)
    cv, protocol, abstract, *_, note, reading, thanks = batch.records

    assert len(batch.records) == 8
    assert batch.stays == (
        Stay("Weekly note to Florence Nightingale", "a template of a series; its open instance comes"),
    )
    assert people.strangers == {"Virchow": 1}
    assert cv == Incoming(
        taskwarrior.Task,
        "taskwarrior:04119b97-ace2-4ffe-8c9f-73a3704d40ca",
        {
            **{"title": "Revise the CV, one page", "status": "todo", "done_on": None, "assigned_by": "osler"},
            **{"due": date(2026, 12, 6), "priority": "high", "tags": ("cv", "mentoring")},
            "links": ("https://example.org/cv",),
            "notes": "- 2026-11-29: He wants it on one page\n- 2026-11-29: See https://example.org/cv",
        },
        created=datetime(2026, 11, 29, 16, 13, 58, tzinfo=UTC),
    )
    assert (protocol.fields["assigned_by"], protocol.fields["status"]) == ("curie", "doing")
    times = {"scheduled": "20261201T000000Z", "wait": "20261130T000000Z", "due": "20261208T170000Z"}
    assert protocol.kept == times
    assert (abstract.fields["notes"], abstract.kept) == ("- after: Revise the CV, one page", {"estimate": "PT3H"})
    assert set(note.kept) == {"imask", "parent", "recur", "rtype", "until"}
    assert (reading.fields["status"], reading.fields["done_on"]) == ("done", date(2026, 11, 29))
    assert (thanks.fields["tags"], thanks.fields["assigned_by"]) == (("mentoring", "virchow"), "me")


def test_one_object_a_line_and_old_dependencies() -> None:
    """Both forms of 2.x give the same records; 2.5 joined dependencies with commas."""
    tasks = json.loads(SAMPLE)
    for task in tasks:
        if "depends" in task:
            task["depends"] = ",".join(task["depends"])
    lines = "\n".join(json.dumps(task) for task in tasks).encode()

    assert read(lines) == read(SAMPLE) == read(b"\xef\xbb\xbf" + SAMPLE) == read(lines.replace(b"\n", b",\r\n"))


@pytest.mark.parametrize(
    ("due", "zone", "day", "kept"),
    [
        ("20261205T220000Z", "Europe/Athens", date(2026, 12, 6), False),
        ("20261206T000000Z", "America/Los_Angeles", date(2026, 12, 5), True),
        ("20261206T215959Z", "Europe/Athens", date(2026, 12, 6), False),
        ("20270328T010000Z", "Europe/Berlin", date(2027, 3, 28), True),  # the hour that does not exist
        ("20261025T003000Z", "Europe/Berlin", date(2026, 10, 25), True),  # the hour that comes twice
        ("20261205T120000Z", "Pacific/Kiritimati", date(2026, 12, 6), True),
    ],
)
def test_a_due_date_is_that_of_the_zone(due: str, zone: str, day: date, kept: bool) -> None:
    """An hour that says something is kept as it was written."""
    record = one({"due": due}, zone)

    assert record.fields["due"] == day
    assert ("due" in record.kept) == (record.kept.get("due") == due) == kept


@pytest.mark.parametrize(
    ("task", "mentor", "tags"),
    [
        ({"tags": ["osler", "cv"]}, "osler", ("cv",)),
        ({"tags": ["@osler", "CV", "cv"]}, "osler", ("CV",)),
        ({"project": "osler.papers"}, "osler", ("papers",)),
        ({"project": "mentoring.osler", "tags": ["curie"]}, "osler", ("curie", "mentoring")),
        ({"mentor": "Curie, Marie", "tags": ["curie"], "project": "x"}, "curie", ("x",)),
        ({"project": "career"}, "me", ("career",)),
        ({}, "me", ()),
    ],
)
def test_whoever_is_named_assigned_it(task: Any, mentor: str, tags: tuple[str, ...]) -> None:
    """Of a field of the user's, the project and the tags, the first that names a mentor; all else are tags."""
    record = one(task)

    assert (record.fields["assigned_by"], record.fields["tags"]) == (mentor, tags)
    assert "mentor" not in record.kept


def test_nothing_of_the_user_is_lost() -> None:
    """Every value that has no field is kept as TOML can hold it."""
    odd = {"__proto__": {"a": [1, None, {"b": None}]}, "n": 2**70, "e": [], "f": 1.5, "yes": True, "é x": "\x1b[31m"}
    record = one({**odd, "priority": "URGENT", "modified": "20261201T000000Z", "urgency": 3.2, "id": 7, "gone": None})
    kept = {"__proto__": {"a": [1, {}]}, "n": str(2**70), "e": [], "f": 1.5, "yes": True, "é x": "\x1b[31m"}

    assert record.kept == kept | {"priority": "URGENT"}
    assert record.fields["priority"] == "normal"


def test_a_project_can_be_a_goal() -> None:
    """Each once, without the mentors in its name; its words are then no tags."""
    batch = read(SAMPLE, project_as_goal=True)
    goals = [one for one in batch.records if one.kind is taskwarrior.Goal]
    refers = [dict(one.refers).get("goal") for one in batch.records if one.kind is taskwarrior.Task]

    assert [goal.fields["title"] for goal in goals] == ["mentoring", "career", "reading", "mentoring virchow"]
    assert refers.count("taskwarrior:project:mentoring") == 3 and batch.noun == "record"
    assert all("mentoring" not in one.fields.get("tags", ()) for one in batch.records)


def test_what_stays() -> None:
    """Deleted tasks are counted and not named; a template without an instance is only a template."""
    tasks = [{"uuid": f"{number}", "description": "x", "status": "deleted"} for number in range(3)]
    template = {"uuid": "t", "description": "Weekly", "status": "recurring"}

    assert read([*tasks, template]).stays == (
        Stay("Weekly", "a template of a series"),
        Stay("", "deleted in Taskwarrior", 3),
    )


def test_a_task_twice_in_joined_exports_is_one() -> None:
    """Unless the two differ."""
    task = {"uuid": "A", "description": "x", "status": "pending"}

    assert len(read([task, dict(task)]).records) == 1
    with pytest.raises(MentorlogError, match="is in the file twice, and the two differ"):
        read([task, {**task, "uuid": "a", "description": "y"}])


NO_EXPORTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "it is empty"),
    "blanks": (b" \n\n", "it is empty"),
    "brackets": (b"[" * 10_000, "nested too deeply"),
    "brackets within": (b'[{"uuid":"1","description":"x","status":"pending","u":' + b"[" * 10_000, "too deeply"),
    "NUL": (SAMPLE.replace(b"CV", b"\0V"), "NUL"),
    "UTF-16": (SAMPLE.decode().encode("utf-16"), "UTF-16"),
    "Latin-1": (SAMPLE.decode().encode("latin-1"), "it is not UTF-8 text (line 9)"),
    "a long number": (b'[{"uuid":"1","description":"x","u":' + b"9" * 10_000 + b"}]", "a number that is too long"),
    "no number": (b'[{"uuid":"1","description":"x","u":NaN}]', "it has the number NaN"),
    "half a character": (b'[{"uuid":"1","description":"\\ud800","status":"pending"}]', "half of a character"),
    "cut off": (SAMPLE[:600], "it is not valid JSON (line 3"),
    "a table": (b'{"data": []}', "its item 1 is not a task"),
    "a text": (b'"x"', "it is not a list of tasks"),
    "numbers": (b"[1, 2]", "its item 1 is not a task"),
    "no key": (b'[{"description":"x","status":"pending"}]', "its item 1 has no uuid"),
    "a key with ESC": (b'[{"uuid":"\\u001b[31m","description":"x","status":"pending"}]', "its item 1 has no uuid"),
    "a database": (b"SQLite format 3\0" + b"\0" * 90, "it is Taskwarrior's database"),
    "a data file": (b'[description:"x" entry:"1764432838" status:"pending" uuid:"0"]\n', "Taskwarrior's database"),
    "a data file with a dependency": (b'[dep_0f-1:"x" uuid:"0"]\n', "Taskwarrior's database"),
    "a status": (b'[{"uuid":"1","description":"x\\u001b","status":"[b]"}]', "has the unknown status '[b]'"),
    "a time": (b'[{"uuid":"1","description":"x","status":"pending","due":"soon"}]', "has no valid time in due"),
    "a year": (b'[{"uuid":"1","description":"x","status":"pending","due":"00010101T000000Z"}]', "valid time in due"),
    "no text": (b'[{"uuid":"1","description":"x","status":"pending","due":[1]}]', "has no text in due"),
    "no list": (b'[{"uuid":"1","description":"x","status":"pending","tags":{"a":1}}]', "has no list of texts in tags"),
    "no notes": (b'[{"uuid":"1","description":"x","status":"pending","annotations":[1]}]', "has annotations that"),
}


@pytest.mark.parametrize("case", NO_EXPORTS)
def test_what_is_no_export_is_refused(case: str) -> None:
    """In one sentence that says why, with a hint."""
    data, said = NO_EXPORTS[case]
    with pytest.raises(MentorlogError) as caught:
        read(data, zone="America/Los_Angeles")

    assert said in caught.value.sentence
    assert caught.value.sentence.isprintable() and caught.value.hint
