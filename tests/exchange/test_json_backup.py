"""A journal goes out as one JSON document and comes back the same; what is no export changes nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.errors import MentorlogError, NeedsDoctor
from mentorlog.exchange import json_backup
from mentorlog.export import json_backup as export
from mentorlog.models.fields import spec
from mentorlog.models.goal import Goal, HistoryEntry, Progress
from mentorlog.models.record import Record
from mentorlog.models.review import Verdict
from mentorlog.output.json_document import envelope
from mentorlog.store.format import toml
from mentorlog.store.format.document import checked
from mentorlog.store.journal import Journal
from mentorlog.store.snapshot import Contents, Found

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

Made = Callable[[str], Journal]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """made("a") -> a new journal in a folder of that name."""

    def make(name: str) -> Journal:
        journal = Journal(tmp_path / name, now=NOW)
        journal.create()
        return journal

    return make


def filled(journal: Journal, *records: Record) -> Journal:
    """The journal with these records."""
    journal.change("fill", lambda transaction: [transaction.put(record) for record in records])
    return journal


def sent(journal: Journal) -> str:
    """The export of a journal."""
    return envelope(export.document(journal.contents()))


def files_of(journal: Journal) -> dict[str, bytes]:
    """The bytes of every file but mentorlog's own."""
    paths = (path for path in journal.root.rglob("*.toml") if ".mentorlog" not in path.parts)
    return {path.relative_to(journal.root).as_posix(): path.read_bytes() for path in paths}


def a_bit_of_all(journal: Journal) -> Journal:
    """The journal with a record of each kind, a profile, and keys that nobody knows."""
    strange = {
        "record": "mine", "prefix": 3, "$toml": "date", "$$": {}, "": [], "on": date(2027, 1, 1), "at": time(7, 30),
        "then": datetime(2027, 1, 1, 7, 30), "far": math.inf, "lines": "a\r\nb\rc\n", "rows": [{"prefix": {}}],
        "big": 2**62, "mixed": [1, "1", [date(2027, 1, 2)], {"x y": -math.inf}],
    }  # fmt: skip
    verdict = Verdict(goal="g7k3q", verdict="revise", reason="So", changes={"by": date(2027, 2, 1)}, extra={"z": 1})
    filled(
        journal,
        make_mentor(extra=strange),
        make_goal(id="g7k3q", mentors=["osler"], progress=(Progress(on=date(2026, 10, 1), percent=5, extra=strange),)),
        make_task(goal="g7k3q", notes="```\nopen", tags=("a", "b")),
        make_meeting(notes="# Not ours\n\x1b[31m"),
        make_note(text="é 日本 🩺 \u202e", visibility="private"),
        make_review(verdicts=(verdict,), extra=strange),
    )
    journal.change("profile", lambda transaction: transaction.put_profile(make_profile(extra={"id": 7, "record": 8})))
    return journal


# The identity


def test_into_an_empty_journal_an_import_is_the_identity(made: Made) -> None:
    """Export, import, export: the same bytes, the same files under the same names, one operation."""
    one = a_bit_of_all(made("one"))
    path = one.root / "goals" / "g7k3q-submit-case-report.toml"
    path.rename(path.with_name("g7k3q-née.toml"))
    document = sent(one)
    other = made("other")

    outcome = json_backup.import_backup(other, document.encode())

    assert sent(other) == document
    assert files_of(other) == files_of(one)
    assert [operation.name for operation in other.history.listing().operations] == ["import: 7 records"]
    assert {item.change for item in outcome.items} == {"new"}


def test_a_second_import_changes_nothing(made: Made) -> None:
    """What is here already with the same content is skipped, and no operation is made of it."""
    one = a_bit_of_all(made("one"))
    before = files_of(one)

    outcome = json_backup.import_backup(one, sent(one).encode())

    assert {item.change for item in outcome.items} == {"same"}
    assert files_of(one) == before
    assert len(one.history.listing().operations) == 2


def test_an_import_can_be_undone(made: Made) -> None:
    """One undo takes all of it back, to the bytes."""
    document = sent(a_bit_of_all(made("one")))
    other = made("other")
    before = files_of(other)

    json_backup.import_backup(other, document.encode())
    other.undo()

    assert files_of(other) == before


KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(["record", "prefix", "$toml"])
OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
VALUES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.floats()
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.datetimes(timezones=OFFSETS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
UNKNOWN = st.dictionaries(KEYS, VALUES, max_size=4)
PROSE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(top=UNKNOWN, inner=UNKNOWN, changes=UNKNOWN, notes=PROSE)
@example(top={"a": "\r\n"}, inner={"$a": {"$toml": 1}}, changes={"by": date(2027, 1, 1)}, notes="a\r\nb")
@example(top={"a": [{}], "b": {}}, inner={"c": [[], [{}]]}, changes={}, notes="\x00\ufeff")
def test_unknown_keys_of_any_type_come_back(
    top: dict[str, Any], inner: dict[str, Any], changes: dict[str, Any], notes: str
) -> None:
    """Whatever TOML a file holds below keys that mentorlog does not know, it survives export and import."""
    known = {*spec(Goal), *spec(HistoryEntry)}
    top, inner = ({key: value for key, value in keys.items() if key not in known} for keys in (top, inner))
    goal = make_goal(notes=notes, history=(HistoryEntry(on=date(2026, 1, 1), field="by", extra=inner),), extra=top)
    review = make_review(verdicts=(Verdict(goal=goal.id, verdict="keep", changes=changes),))
    written = {toml.path_of(record): toml.dump(record) for record in (goal, review)}

    document = envelope(export.document(read_back(written)))
    arrived = json_backup.read(document.encode())

    assert {found.path: toml.dump(found.record) for found in arrived.records} == written
    assert envelope(export.document(arrived)) == document


def read_back(written: dict[str, bytes]) -> Contents:
    """What a journal of these files holds."""
    found = (Found(path, checked(path, data)) for path, data in written.items())
    return Contents(None, None, tuple(found))


# Differences


def changed(document: str, **fields: Any) -> bytes:
    """The export with fields of its first record changed."""
    data = json.loads(document)
    data["data"]["records"][0].update(fields)
    return json.dumps(data).encode()


def test_a_difference_refuses_everything(made: Made) -> None:
    """The same id with other content: nothing is imported, and what differs is named."""
    one = filled(made("one"), make_mentor(), make_goal(id="g7k3q"))
    document = changed(sent(one), name="Sir William Osler")
    other = filled(made("other"), make_mentor())

    with pytest.raises(MentorlogError, match=r"1 record differs .*mentor osler") as refused:
        json_backup.import_backup(other, document)

    assert refused.value.exit_code == 1
    assert "goals" not in {path.split("/")[0] for path in files_of(other)}
    assert len(other.history.listing().operations) == 1


def test_replace_takes_theirs(made: Made) -> None:
    """--replace puts the record of the import in place of ours, and keeps the name of our file."""
    one = filled(made("one"), make_goal(id="g7k3q", title="Submit case report"))
    document = changed(sent(one), title="Publish case report")

    outcome = json_backup.import_backup(one, document, replace=True)

    assert [item.change for item in outcome.items] == ["replaced"]
    assert b"Publish" in files_of(one)["goals/g7k3q-submit-case-report.toml"]


def test_a_dry_run_says_what_would_happen(made: Made) -> None:
    """A dry run tells new, same and different records apart and writes nothing."""
    one = filled(made("one"), make_mentor(), make_goal(id="g7k3q"), make_task(id="t4m2x"))
    document = changed(sent(one), name="Sir William Osler")
    other = filled(made("other"), make_mentor(), make_task(id="t4m2x"))
    before = files_of(other)

    outcome = json_backup.import_backup(other, document, dry_run=True)

    assert [(item.id, item.change) for item in outcome.items] == [
        ("osler", "differs"), ("g7k3q", "new"), ("t4m2x", "same"),
    ]  # fmt: skip
    assert files_of(other) == before


def test_an_unreadable_record_of_ours_is_never_written_over(made: Made) -> None:
    """Where our record cannot be read nobody knows what it says: not even --replace touches it."""
    one = filled(made("one"), make_goal(id="g7k3q"))
    document = sent(one).encode()
    path = one.root / "goals" / "g7k3q-submit-case-report.toml"
    path.write_bytes(b"<<<<<<< ours\n")

    with pytest.raises(NeedsDoctor):
        json_backup.import_backup(one, document, replace=True)

    assert path.read_bytes() == b"<<<<<<< ours\n"


def test_a_journal_that_holds_something_keeps_its_own_id(made: Made) -> None:
    """Only an empty journal becomes the one that is imported."""
    document = sent(filled(made("one"), make_mentor()))
    other = filled(made("other"), make_goal())
    before = files_of(other)["journal.toml"]

    json_backup.import_backup(other, document.encode())

    assert files_of(other)["journal.toml"] == before


# What is no export


def document(*records: Any, **parts: Any) -> bytes:
    """A document with these records."""
    whole = {"version": 1, "data": {"journal": None, "profile": None, "records": list(records)}, "problems": []}
    return json.dumps({**whole, **parts}).encode()


GOAL = {"record": "goal", "id": "g7k3q", "title": "T", "created": "2026-11-23T09:00:00+00:00"}

NO_EXPORTS = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8": b'{"version": \xff}',
    "a list": b"[]",
    "nested": b"[" * 100_000,
    "a number without end": b'{"version": ' + b"9" * 5000 + b"}",
    "NaN": b'{"version": 1, "data": NaN}',
    "a key twice": b'{"version": 1, "version": 1, "data": {}}',
    "another program's": b'{"entries": []}',
    "a list of goals": document(data=[GOAL]),
    "a newer version": document(version=2),
    "a version that is a word": document(version="1"),
    "a version that is true": document(version=True),
    "more data": document(data={"journal": None, "profile": None, "records": [], "notes": []}),
    "a journal that is a list": document(data={"journal": [], "profile": None, "records": []}),
    "a newer journal": document(data={"journal": {"format": 2}, "profile": None, "records": []}),
    "a profile that is a word": document(data={"journal": None, "profile": "me", "records": []}),
    "records that are none": document(data={"journal": None, "profile": None, "records": {}}),
    "a record that is a word": document("goal"),
    "a kind that nobody knows": document({**GOAL, "record": "poem"}),
    "no id": document({key: value for key, value in GOAL.items() if key != "id"}),
    "an id that leads away": document({**GOAL, "id": "../g7k3q"}),
    "an absolute id": document({**GOAL, "id": "/etc/passwd"}),
    "a hidden id": document({**GOAL, "id": ".g7k3q"}),
    "an id with a NUL": document({**GOAL, "id": "g7\0k3q"}),
    "an id with words": document({**GOAL, "id": "g7k3q-words"}),
    "an id that is a number": document({**GOAL, "id": 7}),
    "a reserved id": document({"record": "mentor", "id": "me", "name": "Me", "created": GOAL["created"]}),
    "an id twice": document(GOAL, GOAL),
    "an id twice but for its case": document(GOAL, {**GOAL, "id": "G7K3Q"}),
    "no title": document({**GOAL, "title": None}),
    "a title of two lines": document({**GOAL, "title": "a\nb"}),
    "a title that is half a letter": document({**GOAL, "title": "\ud83e"}),
    "half a letter in an unknown key": document({**GOAL, "x": ["\ud83e"]}),
    "a day that is none": document({**GOAL, "by": "2027-02-30"}),
    "a day that is a number": document({**GOAL, "by": 0}),
    "a status that nobody knows": document({**GOAL, "status": "lost"}),
    "null in an unknown key": document({**GOAL, "x": [None]}),
    "a mark that is none": document({**GOAL, "x": {"$toml": "date", "value": "soon"}}),
    "a mark of more": document({**GOAL, "x": {"$toml": "date", "value": "2027-01-01", "y": 1}}),
    "a key of ours under a mask": document({**GOAL, "$title": "other"}),
    "a time with an offset": document({**GOAL, "x": {"$toml": "time", "value": "07:00+01:00"}}),
    "too deep for TOML": document({**GOAL, "x": json.loads('{"a":' * 90 + "1" + "}" * 90)}),
}


@pytest.mark.parametrize("case", NO_EXPORTS)
def test_what_is_no_export_changes_nothing(case: str, made: Made) -> None:
    """A file of any other shape is refused in one sentence with exit status 1, and nothing is changed."""
    journal = filled(made("one"), make_mentor())
    before = files_of(journal)

    with pytest.raises(MentorlogError) as refused:
        json_backup.import_backup(journal, NO_EXPORTS[case])

    assert refused.value.exit_code == 1
    assert refused.value.sentence.endswith(".") and "\n" not in refused.value.sentence
    assert files_of(journal) == before


@pytest.mark.parametrize("name", ["../../evil.toml", "g7k3q/x.toml", "other.toml", ".g7k3q.toml", "g7k3q-\n.toml", 5])
def test_a_name_that_leads_elsewhere_is_not_used(name: Any, made: Made) -> None:
    """The name of a file comes from the import only where it is a plain name of that very record."""
    journal = made("one")

    json_backup.import_backup(journal, document({**GOAL, "$file": name}))

    assert set(files_of(journal)) == {"journal.toml", "goals/g7k3q-t.toml"}


def test_one_id_of_two_kinds_is_refused(made: Made) -> None:
    """An id that is another kind's here is refused, and --replace is no way round it."""
    journal = filled(made("one"), make_goal(id="g7k3q"))

    with pytest.raises(NeedsDoctor, match="g7k3q"):
        json_backup.import_backup(journal, document({**GOAL, "record": "task"}), replace=True)
