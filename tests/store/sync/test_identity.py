"""What is one record on two machines: ids, slugs, names of files, the profile, journal.toml; with git and journals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import CREATED, make_meeting, make_mentor, make_note, make_profile, make_task
from mentorlog.domain.reports import Renamed, SyncedRecords
from mentorlog.errors import ConflictError, NeedsDoctor
from mentorlog.models.profile import Profile
from mentorlog.store.oplog.operation import SYNC
from sync_machines import Desk, Pair, note_id, pair

FIRST, SECOND, THIRD = (note_id(number) for number in range(3))

pytestmark = pytest.mark.slow


@pytest.fixture
def two(tmp_path: Path) -> Pair:
    """Two machines that have synced."""
    return pair(tmp_path)


def test_an_id_that_was_made_twice(two: Pair) -> None:
    """What was sent first keeps it; ours gets another, in one operation with every mention, and no third is made."""
    two.b.journal.add(make_task(id="t2222", title="Call the ward"), name="task add")
    two.b.sync()

    def write(transaction: Any) -> None:
        transaction.put(make_task(id="t2222", title="Draft abstract", created=CREATED + timedelta(1)))
        notes = "- [ ] @me Draft abstract (t2222)"
        transaction.put(make_meeting(id="m2222", mentors=("osler",), notes=notes, links=["t2222"]))

    two.a.journal.change("write", write)
    last = two.a.last

    report = two.a.sync()

    new = report.renamed[0].new
    assert report.renamed == (Renamed("t2222", new),)
    assert report.received == SyncedRecords(new=("t2222",))
    assert set(report.sent.new) == {new, "m2222"}
    assert two.a.last == last + 1
    meeting = two.a.journal.reading.resolve("m2222")
    assert (meeting["notes"], meeting["links"]) == (f"- [ ] @me Draft abstract ({new})", [new])
    assert two.a.journal.reading.resolve(new)["title"] == "Draft abstract"
    two.settle()
    assert two.b.journal.reading.resolve("t2222")["title"] == "Call the ward"
    assert not two.a.journal.examine().errors


def test_half_given_answers_follow_a_meeting_with_a_new_id(two: Pair) -> None:
    """The draft of a walk through one meeting is not taken for one of another; its ids follow, too."""
    two.b.journal.add(make_meeting(id="m2222"), name="meeting log")
    two.b.journal.add(make_note(id="n2b3c", text="Whose is it?"), name="note add")
    two.b.sync()
    later = CREATED + timedelta(1)
    two.a.journal.add(make_meeting(id="m2222", created=later), name="meeting log")
    two.a.journal.add(make_note(id="n2b3c", text="Mine?", created=later), name="note add")
    drafts = two.a.journal.drafts
    drafts.put("after-m2222.toml", 'asked = ["questions"]\nanswered = ["n2b3c=Yes. See m2222."]\n')
    drafts.put("after-m2222-2.toml", "set aside: n2b3c")
    drafts.put("m2222-notes.md", "open in an editor: m2222")

    new = {one.old: one.new for one in two.a.sync().renamed}

    assert new.keys() == {"m2222", "n2b3c"}
    assert drafts.list() == tuple(sorted(["after-m2222-2.toml", f"after-{new['m2222']}.toml", "m2222-notes.md"]))
    answered = f'answered = ["{new["n2b3c"]}=Yes. See {new["m2222"]}."]'
    assert answered in (drafts.get(f"after-{new['m2222']}.toml") or "")
    assert drafts.get("m2222-notes.md") == "open in an editor: m2222"


def test_a_slug_that_was_made_twice(two: Pair) -> None:
    """One name is one person, whose records are merged; another person gets a number."""
    later = CREATED + timedelta(1)
    two.b.journal.add(make_mentor(id="curie", name="Marie Curie", notes="Radium."), name="add")
    two.b.journal.add(make_mentor(id="noether", name="Emmy Noether"), name="add")
    two.a.journal.add(make_mentor(id="curie", name="MARIE CURIE", notes="Polonium.", created=later), name="add")
    two.a.journal.add(make_mentor(id="noether", name="Fritz Noether", created=later), name="add")
    two.a.journal.add(make_note(id="n9999", mentors=("noether", "curie")), name="add")
    two.b.sync()

    report = two.a.sync()

    assert report.renamed == (Renamed("noether", "noether-2"),)
    assert report.merged == ("curie",)
    assert two.a.journal.reading.resolve("n9999")["mentors"] == ["noether-2", "curie"]
    assert {"Radium.", "Polonium."} <= set(two.a.journal.reading.resolve("curie")["notes"].split())
    two.settle()


def test_a_folder_that_was_copied_before_it_was_synced(two: Pair) -> None:
    """The same id and the same instant is one record: both texts are in it, and none gets another id."""
    c = Desk(two.root, "c")
    c.journal.create((two.a.root / "journal.toml").read_bytes())
    for path in (two.a.root / "notes").iterdir():
        (c.root / "notes" / path.name).write_bytes(path.read_bytes())
    c.write(FIRST, "Note number0. And c.")
    two.a.write(FIRST, "Note number0. And a.")
    two.a.sync()

    report = c.sync(to=True)

    assert (report.renamed, report.merged, report.received.deleted, report.sent.deleted) == ((), (FIRST,), (), ())
    assert {"c.", "a."} <= set(c.says(FIRST).split())
    two.settle()


@pytest.mark.parametrize("both", [False, True])
def test_a_file_with_another_name(two: Pair, both: bool) -> None:
    """The name that one side gave is taken, of two the greater; what the other changed in it is not lost."""
    here, there = two.a.path(FIRST), two.b.path(FIRST)
    here.rename(here.with_name(f"{FIRST}-other.toml"))
    if both:
        there.rename(there.with_name(f"{FIRST}-words.toml"))
    two.b.write(FIRST, "Changed by b.")
    two.a.sync()
    two.b.sync()
    two.settle()
    assert two.a.path(FIRST).name == (f"{FIRST}-words.toml" if both else f"{FIRST}-other.toml")
    assert two.a.says(FIRST) == "Changed by b."
    assert len([*(two.b.root / "notes").glob(f"{FIRST}*")]) == 1


def test_two_files_of_one_id_are_held(two: Pair) -> None:
    """Neither is sent or replaced until one of them is gone; everything else travels."""
    path = two.a.path(FIRST)
    copy = path.with_name(f"{FIRST}-twice.toml")
    copy.write_bytes(path.read_bytes())
    two.b.write(FIRST, "Changed by b.")
    two.b.write(SECOND, "Also changed.")
    two.b.sync()

    report = two.a.sync()

    assert [problem.reason for problem in report.held] == ["shared id"]
    assert report.received.changed == (SECOND,) and copy.exists()
    copy.unlink()
    assert two.a.sync().received.changed == (FIRST,)
    two.settle()


def test_a_copy_beside_a_record_is_named_and_not_sent(two: Pair) -> None:
    """What a sync program of another kind leaves has a name that no record has."""
    path = two.a.path(FIRST)
    path.with_name(f"{FIRST} (conflict 2027).toml").write_bytes(path.read_bytes())
    two.b.write(SECOND, "Changed.")
    two.b.sync()
    report = two.a.sync()
    assert [problem.path for problem in report.held] == [f"notes/{FIRST} (conflict 2027).toml"]
    assert "conflict" not in two.git("ls-tree", "-r", "--name-only", "mentorlog")
    assert two.a.journal.history.last_sync() is not None  # what was held is no record, so the log names none


def test_what_both_deleted_is_gone(two: Pair) -> None:
    """No trace of it comes back."""
    for desk in (two.a, two.b):
        desk.delete(FIRST)
    two.settle()
    assert not [*two.a.root.glob(f"notes/{FIRST}*")]


def test_the_profile_is_one_record_without_an_id(two: Pair) -> None:
    """It is merged like any other, also when both made it first."""
    two.a.journal.change("profile", lambda one: one.put_profile(make_profile(name="Mary Putnam")))
    two.b.journal.change("profile", lambda one: one.put_profile(make_profile(name="Mary Putnam", aims="From b.")))
    two.a.sync()
    assert two.b.sync().merged == ("profile",)
    two.settle()

    def named(one: Any) -> None:
        profile: Profile = one.profile()
        one.put_profile(replace(profile, aims="From b. From a."))

    two.a.journal.change("profile", named)
    assert two.a.sync().sent.changed == ("profile",)
    assert two.b.sync().received.changed == ("profile",)
    assert b"From a." in two.b.files["profile.toml"]


def test_unknown_keys_of_journal_toml_travel(two: Pair) -> None:
    """They are a newer version's; a key that both set takes one value on both."""
    for desk, word in ((two.a, "one"), (two.b, "two")):
        path = desk.root / "journal.toml"
        path.write_bytes(path.read_bytes() + f'new_{desk.name} = 1\nboth = "{word}"\n'.encode())
    two.settle()
    data = two.a.files["journal.toml"].decode()
    assert "new_a = 1" in data and "new_b = 1" in data and 'both = "two"' in data


def test_a_newer_kind_of_record_stays_on_the_remote_and_is_named(two: Pair) -> None:
    """This version neither reads nor deletes it; what is no record at all is not even named."""
    for path in ("visions/v2222-see.toml", "notes.txt", "other/deep/x.toml"):
        blob = two.git("hash-object", "-w", str(two.a.root / "journal.toml"))
        env = {"GIT_INDEX_FILE": str(two.root / "index")}
        two.git("read-tree", "mentorlog", env=env)
        two.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", env=env)
        tree = two.git("write-tree", env=env)
        who = ("-c", "user.name=x", "-c", "user.email=x")
        two.git("update-ref", "refs/heads/mentorlog", two.git(*who, "commit-tree", "-p", two.tip, "-m", "x", tree))
    two.a.write(FIRST, "Changed.")

    report = two.a.sync()

    assert [problem.path for problem in report.held] == ["visions/v2222-see.toml"]
    assert report.sent.changed == (FIRST,)
    left = two.git("ls-tree", "-r", "--name-only", "mentorlog").splitlines()
    assert {"visions/v2222-see.toml", "notes.txt", "other/deep/x.toml"} <= set(left)
    assert not (two.a.root / "visions").exists()


def test_several_records_arrive_in_one_operation(two: Pair) -> None:
    """What belongs together travels in one commit and is one operation, which names the commit."""
    two.a.write(FIRST, "One.")
    two.a.add("n9999", "Two.")
    two.a.delete(SECOND)
    two.a.sync()
    last = two.b.last

    two.b.sync()

    entry = two.b.journal.history.entry(last + 1)
    assert (two.b.last, entry.operation.kind, entry.operation.name) == (last + 1, SYNC, "sync: 3 records received")
    assert entry.sync is not None and (entry.sync.commit, entry.sync.remote) == (two.tip, two.b.url)


def test_a_folder_that_is_a_link_is_no_deletion(two: Pair) -> None:
    """What stands in the place of a folder is not taken for an empty one."""
    folder = two.a.root / "goals"
    folder.rename(two.root / "elsewhere")
    folder.symlink_to(two.root / "elsewhere")
    tip = two.tip
    with pytest.raises((NeedsDoctor, ConflictError)):
        two.a.sync()
    assert two.tip == tip
