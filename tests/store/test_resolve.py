"""What a journal is asked: records by what people type, and what is said of those that cannot be read."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.domain.query import Query
from mentorlog.errors import NeedsDoctor, Reason, SeveralMatch, UnknownId, Unreadable
from mentorlog.models.record import Record
from mentorlog.store.format import toml
from mentorlog.store.journal import Journal
from world import NOW

NEW, OLD = make_goal(id="g7k3q", title="Case report"), make_goal(id="g7k9z", title="Poster")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with two goals, two mentors and a task."""
    found = Journal(tmp_path / "journal", now=datetime.fromisoformat(NOW))
    found.create()
    people = make_mentor(id="osler", name="William Osler"), make_mentor(id="curie", name="Marie Curie")
    for record in (NEW, OLD, *people, make_task(id="t4m2x", goal="g7k3q")):
        write(found, record)
    return found


def write(journal: Journal, record: Record, data: bytes | None = None) -> None:
    """Put the file of a record into the journal, as an editor does."""
    (journal.root / toml.path_of(record)).write_bytes(toml.dump(record) if data is None else data)


@pytest.mark.parametrize(
    ("text", "id"),
    [("g7k3q", "g7k3q"), ("G7K3Q", "g7k3q"), ("g7k3", "g7k3q"), ("t4", "t4m2x"), ("os", "osler"), ("osler", "osler")],
)
def test_resolve(text: str, id: str, journal: Journal) -> None:
    """A whole id or a unique beginning of two or more letters, in any case."""
    assert journal.reading.resolve(text)["id"] == id


def test_resolve_a_name(journal: Journal) -> None:
    """Where mentors are asked for, a word of the name or its beginning will do."""
    assert journal.reading.resolve("william", "mentor", by_name=True)["id"] == "osler"
    assert journal.reading.resolve("Marie Cur", "mentor", by_name=True)["id"] == "curie"
    with pytest.raises(UnknownId):
        journal.reading.resolve("william", "mentor")


@pytest.mark.parametrize("text", ["g", "gz", "", "goal", "osler2", "caf\udce9"])
def test_nothing_answers(text: str, journal: Journal) -> None:
    """One letter is too short; what is no text is no id."""
    with pytest.raises(UnknownId):
        journal.reading.resolve(text)


def test_several_answer(journal: Journal) -> None:
    """The candidates are named."""
    with pytest.raises(SeveralMatch, match=r"g7k3q \(Case report\); g7k9z \(Poster\)"):
        journal.reading.resolve("g7k")


def test_an_unreadable_record_is_not_unknown(journal: Journal) -> None:
    """It is refused with its path and the way to repair it, and has no title."""
    write(journal, NEW, b"title = ")

    with pytest.raises(Unreadable) as refused:
        journal.reading.resolve("g7k3")

    assert (refused.value.path, refused.value.line) == (toml.path_of(NEW), 1)
    assert refused.value.hint == "repair it with: mentorlog edit g7k3q"
    assert journal.reading.titles(["g7k3q", "g7k9z", "gzzzz"]) == {"g7k3q": "(unreadable)", "g7k9z": "Poster"}


def test_what_no_editor_can_open_is_left_to_doctor(journal: Journal) -> None:
    """A link is no text to edit."""
    path = journal.root / toml.path_of(NEW)
    path.unlink()
    path.symlink_to(journal.root / toml.path_of(OLD))

    with pytest.raises(Unreadable) as refused:
        journal.reading.resolve("g7k3q")

    assert refused.value.reason == Reason.NOT_A_FILE
    assert refused.value.hint == "run: mentorlog doctor"


def test_two_files_of_one_id_are_shown_and_reported(journal: Journal) -> None:
    """Both are listed, neither is taken for the record."""
    (journal.root / "goals" / "g7k3q.toml").write_bytes(toml.dump(NEW))

    assert [view["id"] for view in journal.reading.find(Query("goal"))] == ["g7k3q", "g7k3q", "g7k9z"]
    assert [(problem.path, problem.reason) for problem in journal.reading.problems] == [
        ("goals/g7k3q-case-report.toml", Reason.SHARED_ID),
        ("goals/g7k3q.toml", Reason.SHARED_ID),
    ]
    with pytest.raises(NeedsDoctor, match="Several files have the id g7k3q"):
        journal.reading.resolve("g7k3q")


def test_a_view_is_the_record_and_nothing_more(journal: Journal) -> None:
    """No key of ours stands among those of the user."""
    write(journal, NEW, b'prefix = "Dr."\n' + toml.dump(NEW))

    (found,) = journal.reading.find(Query("goal", ids=("g7k3q",)))

    assert found["prefix"] == "Dr."
    assert journal.reading.prefixes(["g7k3q", "osler"]) == {"g7k3q": 4, "osler": 2}


def test_days_are_counted_from_today(journal: Journal) -> None:
    """Evidence of a later day is none yet; a meeting of today is still to come."""
    for id, on, status in (
        ("m2222", "2026-11-22", "planned"),
        ("m3333", "2026-11-23", "planned"),
        ("m4444", "2026-11-16", "held"),
    ):
        write(journal, make_meeting(id=id, on=date.fromisoformat(on), status=status))
    write(journal, make_note(id="n2222", goal="g7k3q", on=date(2026, 11, 30)))
    today = date(2026, 11, 23)

    assert journal.reading.meeting_days(["osler"], today) == {"osler": ("2026-11-16", "2026-11-23")}
    assert journal.reading.last_evidence(["g7k3q"], today) == {}


def test_a_search_ranks_titles_first(journal: Journal) -> None:
    """Every word must be there, or a word that begins so; all are counted, the best are read."""
    write(journal, make_note(id="n2222", text="Osler says\n\nA poster needs few words"))

    hits, total = journal.reading.search("post", limit=1)

    assert ([hit.view["id"] for hit in hits], total) == (["g7k9z"], 2)
    assert journal.reading.search("poster", ("note",))[0][0].snippet == "A \x02poster\x03 needs few words"
