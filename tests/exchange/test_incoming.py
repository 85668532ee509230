"""Records of other programs come in once: unknown ones as new, known ones left alone or replaced where they differ."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import make_mentor
from mentorlog.domain.reports import IncomingItem
from mentorlog.errors import MentorlogError, NeedsDoctor
from mentorlog.exchange.incoming import MOST, Batch, Incoming, save
from mentorlog.models.goal import Goal, Share
from mentorlog.models.meeting import Meeting
from mentorlog.models.mentor import Mentor
from mentorlog.models.note import Note
from mentorlog.models.record import Record
from mentorlog.models.task import Task
from mentorlog.store.journal import Journal, Query

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
THEN = NOW - timedelta(days=9)
OSLER = make_mentor()


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with one mentor."""
    journal = Journal(tmp_path / "journal", now=NOW)
    journal.create()
    journal.add(OSLER, name="add")
    return journal


def batch(*records: Incoming) -> Batch:
    """A file of another program."""
    return Batch("Abacus", "abacus", "record", records)


def task(key: str = "1", kept: Any = None, **fields: Any) -> Incoming:
    """A task with all fields that the format maps."""
    every = {"title": "Order slides", "status": "todo", "due": None, "done_on": None, "tags": (), "notes": None}
    return Incoming(Task, f"abacus:{key}", {**every, **fields}, kept or {}, THEN)


def come(journal: Journal, *records: Incoming, **more: Any) -> list[IncomingItem]:
    """Import the records as one operation."""
    again = Journal(journal.root, now=NOW)
    done = again.change(
        lambda saved: saved.name,
        lambda one: save(one, batch(*records), now=NOW, resolve=again.reading.resolve, **more),
    )
    return list(done.items)


def found(journal: Journal, kind: type[Record], id: str) -> Any:
    """A record from its file."""
    return Journal(journal.root, now=NOW).preview(lambda transaction: transaction.get(kind, id))


def bytes_of(journal: Journal) -> dict[str, bytes]:
    """Every file of the records."""
    return {path.name: path.read_bytes() for path in journal.root.rglob("*.toml") if ".mentorlog" not in path.parts}


def names(journal: Journal) -> list[str]:
    """The names of the operations."""
    history = Journal(journal.root, now=NOW).history
    return [history.entry(number).operation.name for number in sorted(history.numbers())]


def test_a_new_record_has_its_source_and_what_has_no_field(journal: Journal) -> None:
    """Both are kept by later changes; it was created when it was made there."""
    [item] = come(journal, task(kept={"wait": "2027", "é.x": [1, {"deep": True}]}, due=date(2026, 12, 6)))
    record = found(journal, Task, item.id)

    assert (item.change, item.kept) == ("new", ("wait", "é.x"))
    assert (record.source, record.created, record.due) == ("abacus:1", THEN, date(2026, 12, 6))
    assert record.extra == {"abacus": {"wait": "2027", "é.x": [1, {"deep": True}]}}
    journal.update(Task, item.id, "start", lambda now: now.moved_to("doing", on=NOW.date()))
    later = found(journal, Task, item.id)
    assert (later.source, later.extra) == (record.source, record.extra)


def test_twice_is_once(journal: Journal) -> None:
    """The second import changes no byte and adds no operation."""
    records = [
        task(status="done", done_on=date(2026, 11, 20), tags=("a", "b"), notes="x\r\ny"),
        Incoming(Goal, "abacus:g", {"title": "Publish", "mentors": (Share(mentor="osler"),), "by": None}),
        Incoming(Note, "abacus:n", {"on": date(2026, 11, 2), "text": "é 日本 🩺 \u202e", "mentors": ("osler",)}),
        Incoming(Meeting, "abacus:m", {"on": date(2026, 11, 2), "status": "held", "mentors": ("osler",)}),
        Incoming(Mentor, "abacus:p", {"name": "Rudolf Virchow", "status": "declined", "email": None}),
    ]
    first = come(journal, *records)
    before = bytes_of(journal)
    second = come(journal, *records)

    assert [one.change for one in first] == ["new"] * 5
    assert [one.change for one in second] == ["same"] * 5
    assert [one.id for one in first] == [one.id for one in second]
    assert bytes_of(journal) == before
    assert names(journal) == ["add", "import: 5 records from Abacus"]


def test_what_differs_is_left_alone(journal: Journal) -> None:
    """The fields that differ are named; what the user changed in others is no difference."""
    [item] = come(journal, task())
    Journal(journal.root, now=NOW).update(Task, item.id, "edit", lambda now: now.deferred(NOW.date(), on=NOW.date()))
    before = bytes_of(journal)
    [again] = come(journal, task(title="Order more slides", tags=("lab",)))

    assert (again.change, again.id, again.fields) == ("differs", item.id, ("title", "due", "tags"))
    assert bytes_of(journal) == before


def test_replacing_takes_the_mapped_fields_only(journal: Journal) -> None:
    """The status is reached by a step of the record, the table is that of the file, all else stays; one undo undoes."""
    [item] = come(journal, task(kept={"wait": "soon"}))

    def changed(now: Task) -> Task:
        return now.moved_to("doing", on=NOW.date(), fields={"outcome": "Mine", "priority": "high"})

    Journal(journal.root, now=NOW).update(Task, item.id, "start", changed)
    before = bytes_of(journal)
    done = task(kept={"until": "then"}, title="Slides", status="done", done_on=date(2026, 11, 20))
    [again] = come(journal, done, replace=True)
    record = found(journal, Task, item.id)

    assert (again.change, again.fields) == ("replaced", ("title", "status", "done_on"))
    assert (record.title, record.status, record.done_on) == ("Slides", "done", date(2026, 11, 20))
    assert (record.outcome, record.priority, record.extra) == ("Mine", "high", {"abacus": {"until": "then"}})
    assert come(journal, done, replace=True)[0].change == "same"
    [reopened] = come(journal, task(title="Slides", status="waiting"), replace=True)
    assert (reopened.fields, found(journal, Task, item.id).status) == (("status", "done_on"), "waiting")
    for _ in range(2):
        Journal(journal.root, now=NOW).undo()
    assert bytes_of(journal) == before


def test_a_goal_that_is_replaced_has_a_history_and_keeps_who_was_told(journal: Journal) -> None:
    """As if it had been revised by a command."""

    def goal(**fields: Any) -> Incoming:
        every = {"title": "Publish", "mentors": (Share(mentor="osler"),), "status": "active", "closed_on": None}
        return Incoming(Goal, "abacus:g", {**every, **fields})

    [item] = come(journal, goal())
    Journal(journal.root, now=NOW).update(Goal, item.id, "tell", lambda now: now.told("osler", on=NOW.date()))
    assert come(journal, goal())[0].change == "same"
    come(journal, goal(title="Publish twice", status="dropped", closed_on=date(2026, 11, 20)), replace=True)
    record = found(journal, Goal, item.id)

    assert [(one.field, one.old, one.new) for one in record.history] == [
        ("title", "Publish", "Publish twice"),
        ("status", "active", "dropped"),
    ]
    assert (record.mentors[0].told_on, record.closed_on) == (NOW.date(), date(2026, 11, 20))


def test_records_refer_to_each_other_by_their_sources(journal: Journal) -> None:
    """Within the file, and to what was imported before; what is nowhere is left out."""
    goal = Incoming(Goal, "abacus:g", {"title": "Publish"})
    one = task().but(refers={"goal": "abacus:g"})
    first, second = come(journal, one, goal)
    [third] = come(journal, task("2").but(refers={"goal": "abacus:g"}))
    [fourth] = come(journal, task("3").but(refers={"goal": "abacus:nowhere"}))

    goals = [found(journal, Task, item.id).goal for item in (first, third, fourth)]
    assert goals == [second.id, second.id, None]


def test_a_mentor_of_the_same_name_is_that_mentor(journal: Journal) -> None:
    """Nobody is there twice: the fields are compared, and a source of its own is not given."""
    come_in = Incoming(Mentor, "abacus:p", {"name": "Osler, William", "department": "Medicine"})
    [item] = come(journal, come_in.but(fields={"name": "William Osler", "department": "Medicine"}), replace=True)

    assert (item.change, item.id, item.fields) == ("replaced", "osler", ("department",))
    assert come(journal, come_in)[0].id == "osler"


def test_people_who_are_added_come_with_the_import(journal: Journal) -> None:
    """As prospective mentors, in the same operation."""
    note = Incoming(Note, "abacus:n", {"on": date(2026, 11, 2), "text": "Thanked him", "mentors": ("virchow",)})
    come(journal, note, added={"virchow": "Rudolf Virchow"})
    mentor = found(journal, Mentor, "virchow")

    assert (mentor.name, mentor.status, mentor.status_log[0].on) == ("Rudolf Virchow", "candidate", NOW.date())
    assert names(journal) == ["add", "import: 2 records from Abacus"]


WRONG: dict[str, tuple[list[Incoming], str]] = {
    "a key twice": ([task(), task()], "Task 'Order slides' is in the file twice"),
    "an empty title": ([task(title=" ")], "title is empty"),
    "two lines": ([task(title="a\x85b")], "title has more than one line"),
    "half a character": ([task(title="\ud800")], "not valid UTF-8"),
    "a number too long": ([task(kept={"n": 2**70})], "cannot be saved as TOML"),
    "half a character kept": ([task(kept={"n": "\ud800"})], "cannot be saved as TOML"),
    "a year too far": ([task(due=date(9999, 1, 1))], "due is after the year 9000"),
    "a day in the future": (
        [Incoming(Meeting, "abacus:m", {"on": date(2027, 1, 1), "status": "held", "mentors": ()})],
        "cannot have been held",
    ),
    "a nickname of another": (
        [Incoming(Mentor, "abacus:p", {"name": "Marie Curie", "nickname": "osler"})],
        "is the id of William Osler",
    ),
    "another kind": ([task().but(id="osler")], "is a task in the import and a mentor (osler)"),
}


@pytest.mark.parametrize("case", WRONG)
def test_one_wrong_record_keeps_all_out(case: str, journal: Journal) -> None:
    """The error names the record, nothing is saved, and the next command works."""
    records, said = WRONG[case]
    before = bytes_of(journal)
    with pytest.raises((MentorlogError, NeedsDoctor)) as caught:
        come(journal, task("0"), *records)

    assert said in caught.value.sentence
    assert "\n" not in caught.value.sentence and caught.value.hint
    assert bytes_of(journal) == before
    assert len(Journal(journal.root, now=NOW).reading.find(Query("mentor"))) == 1


def test_too_many_records_are_refused(journal: Journal) -> None:
    """An import that nobody has is counted, before anything is made of it."""
    with pytest.raises(MentorlogError, match="The file has 20,001 records; an import takes at most 20,000"):
        come(journal, *[task()] * (MOST + 1))


def test_what_only_a_new_record_gets_is_the_journals_from_then_on(journal: Journal) -> None:
    """It is neither compared nor replaced; a title that is kept besides is not named as kept."""
    meeting = Incoming(
        Meeting,
        "abacus:m",
        {"on": date(2026, 11, 2), "place": "Ward"},
        {"summary": "Films", "url": "x"},
        at_first={"status": "held", "mentors": ("osler",)},
        title="Films",
        how="by name",
    )
    [item] = come(journal, meeting)
    Journal(journal.root, now=NOW).update(Meeting, item.id, "edit", lambda now: now.moved_to("planned", on=NOW.date()))
    [again] = come(journal, meeting.but(fields={"on": date(2026, 11, 2), "place": "Office"}), replace=True)

    assert (item.view["status"], item.kept, item.title, item.how) == ("held", ("url",), "Films", "by name")
    assert (again.change, again.fields) == ("replaced", ("place",))
    assert (again.view["status"], again.view["mentors"]) == ("planned", ["osler"])
