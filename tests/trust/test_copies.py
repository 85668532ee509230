"""A record and the copy that a sync program made of it are one record, marked, until `doctor --fix` merges them."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories import make_goal, make_mentor, make_note, make_profile, make_task
from mentorlog.store.copies import original_of
from trust.screens import written
from world import World

FORMS = [
    "{}.sync-conflict-20261101-120000-ABCDEFG.toml",
    "{} (Osler's conflicted copy 2026-11-01).toml",
    "{} (1).toml",
    "{} 2.toml",
    "{}_conflict-20261101-120000.toml",
    "{} - Copy.toml",
]
RECORDS = {"mentor": "osler", "goal": "g7k3q", "task": "t4m2x", "note": "n2222"}


@pytest.fixture
def root(world: World) -> Path:
    """A journal with a record of several kinds."""
    goal, task = make_goal(id="g7k3q", mentors=["osler"]), make_task(id="t4m2x", goal="g7k3q")
    records = [make_mentor(), goal, task, make_note(id="n2222", goal="g7k3q"), make_profile()]
    world.filled("copies", lambda: written(world.journal, records))
    return world.journal


def copied(root: Path, kind: str, form: str) -> Path:
    """Put the copy of a record beside it, with something else in it."""
    (path,) = (root / f"{kind}s").glob(f"{RECORDS[kind]}*.toml")
    copy = path.with_name(form.format(path.stem))
    copy.write_text(path.read_text() + 'mine = "x"\n')
    copy.chmod(0o600)
    return copy


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_and_its_copy_are_listed_as_one(kind: str, form: str, world: World, root: Path) -> None:
    """Lists show it once, marked; the copy is named with what to do; what needs the record stops with 3.

    The kind: what Syncthing, Dropbox, Nextcloud, iCloud, Google Drive and file managers make, of records of every kind,
    on every screen that counts or lists.
    """
    id = RECORDS[kind]
    counts = world.invoke("status", "--json").data["counts"]
    copy = copied(root, kind, form)
    name = f"{kind}s/{copy.name}"

    listed = world.invoke(kind, "list")
    assert (listed.exit, listed.out.count(id), f"{id}*" in listed.out) == (0, 1, True), listed
    assert f"1 record needs repair (run: mentorlog doctor): {name}" in " ".join(listed.err.split())
    data = world.invoke(kind, "list", "--json")
    assert [view["id"] for view in data.data] == [id]
    status = world.invoke("status", "--json")
    assert status.data["counts"] == counts
    for words in (["show", id], ["set", id, "notes=x"], ["edit", id], ["delete", id, "--yes"], ["export", "json"]):
        ran = world.invoke(*words, env={"EDITOR": "true"})
        assert (ran.exit, ran.out) == (3, ""), (words, ran)
    doctor = world.invoke("doctor", "--json")
    (error,) = (one for one in doctor.data["findings"] if one["level"] == "error")
    assert error["path"] == name
    assert error["remedy"].startswith(f"--fix merges it into {kind}s/{id}")

    assert f"Merged {name} into {kind}s/{id}" in " ".join(world.invoke("doctor", "--fix").out.split())
    assert not copy.exists()
    assert world.invoke("show", id).exit == 0
    again = world.invoke(kind, "list")
    assert (f"{id}*" in again.out, again.err) == (False, "")


@pytest.mark.parametrize("form", FORMS)
def test_a_copy_without_its_original_is_the_record(form: str, world: World, root: Path) -> None:
    """Where the original is gone the copy is all there is, and it is read again at once."""
    copy = copied(root, "goal", form)
    assert "g7k3q*" in world.invoke("goal", "list").out
    (root / "goals" / "g7k3q-submit-case-report.toml").unlink()

    listed = world.invoke("goal", "list")

    assert ("g7k3q" in listed.out, "g7k3q*" in listed.out, copy.exists()) == (True, False, True), listed


def test_words_of_a_title_are_no_copy(world: World, root: Path) -> None:
    """A title may speak of conflicts and copies."""
    for title in ("Resolve a conflict of interest", "Copy edit the report", "Report 2"):
        world.invoke("goal", "add", title)

    ran = world.invoke("goal", "list")

    assert (ran.err, ran.out.count("onflict"), "*" in ran.out) == ("", 1, False)
    assert world.invoke("doctor").exit == 0
    assert original_of("goals/g7k3q-copy-edit-the-report.toml") is None
