"""What the index is asked, and that it answers from the records as they are."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.domain.query import Query
from mentorlog.ids import ALPHABET
from mentorlog.models.record import Conflict, Record
from mentorlog.store.format import toml
from mentorlog.store.index import query
from mentorlog.store.index.index import Index
from mentorlog.store.journal import Journal
from world import NOW


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """The index of a small journal."""
    return indexed(
        tmp_path / "journal",
        make_mentor(id="osler", name="William Osler"),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g7k3q", title="Case report", by=date(2027, 1, 4), mentors=["osler"], tags=("writing",)),
        make_goal(id="g7k9z", title="Poster", parent="g7k3q"),
        make_goal(id="g2222", title="Fellowship", by=date(2026, 12, 1), status="dropped", closed_on=date(2026, 11, 1)),
        make_task(id="t4m2x", title="Draft", goal="g7k3q", due=date(2026, 12, 1)),
        make_task(id="t5m2x", title="Template", owner="osler", status="done", done_on=date(2026, 11, 10), goal="g7k3q"),
        make_task(id="t6m2x", title="Read", due=date(2026, 11, 1), goal="g7k3q"),
        make_meeting(id="m4k2p", on=date(2026, 11, 2)),
        make_meeting(id="m5k2p", on=date(2026, 11, 16)),
        make_meeting(id="m6k2p", on=date(2026, 12, 7), status="planned"),
        make_note(id="n2b3c", on=date(2026, 11, 5), text="Osler draws first", goal="g7k3q", kind="advice"),
    )


def indexed(root: Path, *records: Record) -> Index:
    """The index of a journal with these records."""
    journal = Journal(root, now=datetime.fromisoformat(NOW))
    journal.create()
    for record in records:
        (root / toml.path_of(record)).write_bytes(toml.dump(record))
    return journal.reading.index


def ids(index: Index, asked: Query) -> list[str]:
    """The ids that a query finds, in their order."""
    return [view["id"] for view in query.find(index, asked)]


FOUND = [
    (Query("goal"), ["g2222", "g7k3q", "g7k9z"]),
    (Query("goal", statuses=("active",)), ["g7k3q", "g7k9z"]),
    (Query("goal", mentors=("osler", "curie")), ["g7k3q"]),
    (Query("goal", tags=("writing",)), ["g7k3q"]),
    (Query("goal", tags=("writing", "other")), []),
    (Query("goal", ids=("g7k9z", "g2222", "gzzzz")), ["g2222", "g7k9z"]),
    (Query("task"), ["t6m2x", "t4m2x", "t5m2x"]),
    (Query("task", limit=1), ["t6m2x"]),
    (Query("task", owners=("osler",)), ["t5m2x"]),
    (Query("task", concerning=("osler",)), ["t6m2x", "t4m2x", "t5m2x"]),
    (Query("task", since=date(2026, 11, 1), until="2026-11-30"), ["t6m2x"]),
    (Query("meeting"), ["m6k2p", "m5k2p", "m4k2p"]),
    (Query("meeting", statuses=("held",), limit=1), ["m5k2p"]),
    (Query("note", kinds=("advice",), goals=("g7k3q",)), ["n2b3c"]),
    (Query("note", kinds=("win",)), []),
    (Query("review"), []),
]


@pytest.mark.parametrize(("asked", "found"), FOUND, ids=[str(number) for number in range(len(FOUND))])
def test_find(asked: Query, found: list[str], index: Index) -> None:
    """Every condition narrows, lists of them widen; by day, then by id, meetings and notes newest first."""
    assert ids(index, asked) == found


def test_a_view_has_every_field(index: Index) -> None:
    """Rows leave out what is as in a new record; views have it again, in the order of the kind."""
    (goal,) = query.by_id(index, "g7k9z")
    other = make_goal(id="g7k9z", title="Poster", parent="g7k3q")

    assert list(goal)[:2] == ["record", "id"]
    assert goal == toml_view(other)


def toml_view(record: Record) -> dict[str, object]:
    """A record as scripts see it."""
    from mentorlog.store.format.document import view_of

    return view_of(record)


def test_records_by_their_ids(index: Index) -> None:
    """Exact ids, beginnings, titles, files, references; journal.toml is none of them."""
    assert [view["title"] for view in query.by_id(index, "g7k3q")] == ["Case report"]
    assert query.by_id(index, "g7k") == query.by_id(index, "journal") == []
    assert query.starting_with(index, "g7", ()) == [("g7k3q", "Case report"), ("g7k9z", "Poster")]
    assert query.starting_with(index, "g7", ("task",)) == query.starting_with(index, "journal", ()) == []
    assert query.completions(index, "osl", ("mentor",)) == [("osler", "William Osler")]
    assert query.titles(index, ["osler", "g2222", "gzzzz"]) == {"osler": "William Osler", "g2222": "Fellowship"}
    people = [(one.id, one.name, one.nickname) for one in query.people(index)]
    assert people == [("curie", "Marie Curie", None), ("osler", "William Osler", None)]
    assert query.paths_of(index, "osler") == ["mentors/osler.toml"]
    assert query.named(index, ["t4m2x", "osler"]) == {"t4m2x": {"g7k3q", "me"}}
    assert {view["id"] for view in query.references(index, "g7k3q")} == {"g7k9z", "t4m2x", "t5m2x", "t6m2x", "n2b3c"}


@pytest.mark.parametrize(
    ("id", "kind", "most", "statuses", "found", "count"),
    [
        ("g7k3q", "goal", 5, (), ["g7k9z"], 1),
        ("g7k3q", "task", 2, (), ["t4m2x", "t5m2x"], 3),
        ("g7k3q", "task", 9, (), ["t6m2x", "t4m2x", "t5m2x"], 3),
        ("g7k3q", "task", 9, ("todo",), ["t6m2x", "t4m2x"], 2),
        ("g7k3q", "note", 5, (), ["n2b3c"], 1),
        ("g7k3q", "meeting", 5, (), [], 0),
        ("osler", "meeting", 2, (), ["m6k2p", "m5k2p"], 3),
        ("osler", "task", 2, (), ["t5m2x"], 1),
        ("osler", "goal", 2, ("active",), ["g7k3q"], 1),
    ],
)
def test_what_belongs_to_a_record(
    id: str, kind: str, most: int, statuses: tuple[str, ...], found: list[str], count: int, index: Index
) -> None:
    """The newest in the order of the kind, each once whatever its links are called; all are counted."""
    (view,) = query.by_id(index, id)

    linked = query.belonging_to(index, view, kind, most, statuses)

    assert ([one["id"] for one in linked.records], linked.count) == (found, count)


def test_days(index: Index) -> None:
    """The last evidence up to a day, the meetings around today, the first day of all."""
    assert query.last_evidence(index, ["g7k3q"], date(2026, 11, 4)) == {}
    assert query.last_evidence(index, ["g7k3q", "g2222"], date(2026, 11, 20)) == {"g7k3q": "2026-11-10"}
    assert query.meeting_days(index, ["osler", "curie"], date(2026, 11, 23)) == {"osler": ("2026-11-16", "2026-12-07")}
    assert query.meeting_days(index, ["osler"], date(2026, 12, 8)) == {"osler": ("2026-11-16", None)}
    assert query.days_and_mentors(index, ["m4k2p", "g7k3q", "g7k9z", "t4m2x"]) == {
        "m4k2p": ("2026-11-02", ("osler",)),
        "g7k3q": ("2027-01-04", ("osler",)),
        "g7k9z": (None, ()),
    }
    assert query.first_day(index) == "2026-09-01"


def test_counts_are_of_what_can_be_read(tmp_path: Path) -> None:
    """An unreadable file is no record; kinds without records are left out, those that wait for a choice counted."""
    root = tmp_path / "journal"
    conflict = Conflict(other={"title": "Publish"})
    indexed(root, make_goal(id="g7k3q", conflicts=(conflict,)), make_review(id="r7k3q"))
    (root / "goals" / "g8k3q.toml").write_text("x")
    index = Journal(root, now=datetime.fromisoformat(NOW)).reading.index

    assert query.counts(index) == ({"goal": 1, "review": 1}, 1)
    assert [view["id"] for view in query.undecided(index)] == ["g7k3q"]
    assert [(problem.path, problem.line) for problem in index.problems()] == [("goals/g8k3q.toml", 1)]


def test_files_of_one_id(tmp_path: Path) -> None:
    """Both are named, and both are found."""
    root = tmp_path / "journal"
    goal = make_goal(id="g7k3q")
    indexed(root, goal)
    (root / "goals" / "g7k3q-other.toml").write_bytes(toml.dump(goal))
    index = Journal(root, now=datetime.fromisoformat(NOW)).reading.index

    assert query.shared_ids(index) == [
        (path, "g7k3q") for path in sorted(("goals/g7k3q-other.toml", toml.path_of(goal)))
    ]
    assert len(query.by_id(index, "g7k3q")) == 2


def test_prefixes(tmp_path: Path) -> None:
    """The shortest beginning of two or more that no other id has, whatever ids are asked for."""
    chance = Random(7)
    many = {"g" + "".join(chance.choices(ALPHABET[:4], k=4)) for _ in range(60)}
    index = indexed(tmp_path / "journal", *(make_goal(id=id) for id in many))

    found = query.prefixes(index, sorted(many)[::2])

    assert found.keys() == set(sorted(many)[::2])
    for id, length in found.items():
        assert length == next(n for n in range(2, 6) if not any(other.startswith(id[:n]) for other in many - {id}))


def test_prefixes_of_nothing(index: Index) -> None:
    """An id that is not there has none."""
    assert query.prefixes(index, []) == query.prefixes(index, ["gzzzz"]) == {}
    assert query.prefixes(index, ["g7k3q", "osler"]) == {"g7k3q": 4, "osler": 2}
