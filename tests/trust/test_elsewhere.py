"""What stands for a record that is elsewhere is a record that cannot be read: named, never treated as absent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factories import make_goal, make_mentor, make_profile, make_task
from mentorlog.store.layout import id_of, placeholder_of
from trust.screens import written
from world import World

GOAL = "g7k3q-submit-case-report.toml"
FORMS = {
    "iCloud": ".{}.icloud",
    "iCloud, older": "{}.icloud",
    "Syncthing": "~syncthing~{}.tmp",
    "Syncthing on Windows": ".syncthing.{}.tmp",
    "Nextcloud": ".{}.~5dd1f2a0",
    "rclone": "{}.1a2b3c4d.partial",
    "a browser": "{}.crdownload",
    "another browser": "{}.part",
}


@pytest.fixture
def root(world: World) -> Path:
    """A journal with a mentor, a goal, a task for it and a profile."""
    records = [make_mentor(), make_goal(id="g7k3q", mentors=["osler"]), make_task(id="t4m2x", goal="g7k3q")]
    world.filled("elsewhere", lambda: written(world.journal, [*records, make_profile()]))
    return world.journal


def take_away(path: Path, form: str) -> Path:
    """Put the placeholder of a sync program in the place of a file."""
    placeholder = path.with_name(FORMS[form].format(path.name))
    path.unlink()
    placeholder.write_bytes(b"bplist00")
    placeholder.chmod(0o600)
    return placeholder


@pytest.mark.parametrize("form", FORMS)
def test_a_goal_that_is_elsewhere(form: str, world: World, root: Path) -> None:
    """Lists and doctor name it, exports and changes of it stop with 3, and a link to it does not say "deleted".

    The kind: placeholders of iCloud, Syncthing, Nextcloud, rclone and browsers; for records of every kind, the profile
    and journal.toml; files with no bytes; and every road on which a missing record would be made a second time.
    """
    placeholder = take_away(root / "goals" / GOAL, form)

    listed = world.invoke("goal", "list")
    assert (listed.exit, f"goals/{placeholder.name}" in listed.err) == (0, True), listed
    assert listed.out == "No open goals.\n"  # no advice to add it again
    for words in (["show", "g7k3q"], ["set", "g7k3q", "why=x"], ["goal", "achieve", "g7k3q"], ["export", "json"],
                  ["export", "markdown"], ["delete", "g7k3q", "--yes"], ["forget", "g7k3q", "--yes"],
                  ["edit", "g7k3q"], ["task", "add", "Draft", "--goal", "g7k3q"]):  # fmt: skip
        ran = world.invoke(*words, env={"EDITOR": "true"})
        assert (ran.exit, ran.out) == (3, ""), (words, ran)
        assert "its content is not on this machine" in ran.err, (words, ran)
    assert "(deleted)" not in world.invoke("show", "t4m2x").out
    assert "(unreadable)" in world.invoke("show", "t4m2x").out
    doctor = world.invoke("doctor", "--json")
    (error,) = (one for one in doctor.data["findings"] if one["level"] == "error")
    assert error["path"] == f"goals/{placeholder.name}"
    assert error["remedy"] == "let the sync program download it, or restore it from a backup"
    assert world.invoke("goal", "add", "Another one").exit == 0
    assert placeholder.read_bytes() == b"bplist00"


@pytest.mark.parametrize("form", FORMS)
def test_no_second_mentor_and_no_second_profile(form: str, world: World, root: Path) -> None:
    """Whoever is elsewhere is not added again, and what is said of me is not begun again."""
    take_away(root / "mentors" / "osler.toml", form)
    take_away(root / "profile.toml", form)

    for words in (["mentor", "add", "William Osler"], ["mentor", "scout", "William Osler"],
                  ["profile", "set", "stage=fellow"], ["profile", "assess", "teaching", "3"],
                  ["meeting", "log", "osler"], ["export", "json"]):  # fmt: skip
        ran = world.invoke(*words)
        assert (ran.exit, "its content is not on this machine" in ran.err) == (3, True), (words, ran)
    assert world.invoke("init", str(root), "--name", "Mary").exit == 3
    assert not (root / "profile.toml").exists()
    assert len(list((root / "mentors").iterdir())) == 1
    assert world.invoke("mentor", "add", "Marie Curie").exit == 0


@pytest.mark.parametrize("form", FORMS)
def test_no_second_journal(form: str, world: World, root: Path) -> None:
    """Where journal.toml is elsewhere no command creates another one."""
    placeholder = take_away(root / "journal.toml", form)

    for words in (["init", str(root)], ["goal", "add", "Another one"], ["export", "json"]):
        ran = world.invoke(*words)
        assert (ran.exit, placeholder.name in ran.err) == (3, True), (words, ran)
    assert "g7k3q" in world.invoke("goal", "list").out
    assert placeholder.name in world.invoke("doctor").out
    assert not (root / "journal.toml").exists()


def test_what_arrives_is_read_and_what_goes_is_named(world: World, root: Path) -> None:
    """The index follows: a file that comes back is listed again; a download beside the old version is no matter."""
    path = root / "goals" / GOAL
    data = path.read_bytes()
    for form in FORMS:
        placeholder = take_away(path, form)
        assert "cannot be read" in world.invoke("goal", "list").err, form
        path.write_bytes(data)
        path.chmod(0o600)
        ran = world.invoke("goal", "list")
        assert ("g7k3q" in ran.out, ran.err) == (True, ""), form
        assert world.invoke("doctor").exit == 0, form
        assert world.invoke("export", "json").exit == 0, form
        placeholder.unlink()


def test_the_imported_record_that_is_elsewhere(world: World, root: Path) -> None:
    """An import that holds it is refused: whether it is the same cannot be said."""
    whole = world.invoke("export", "json").out
    take_away(root / "goals" / GOAL, "iCloud")

    for words in ([], ["--replace"], ["--dry-run"]):
        ran = world.invoke("import", "json", "-", *words, stdin=whole)
        assert (ran.exit, "its content is not on this machine" in ran.err) == (3, True), (words, ran)
    assert json.loads(whole)["data"]["records"]


@pytest.mark.parametrize("data", [b"", b"\n", b"\0" * 4096])
def test_a_file_without_bytes(data: bytes, world: World, root: Path) -> None:
    """A record with nothing in it, as some sync programs and crashes leave it, may be elsewhere too."""
    (root / "goals" / GOAL).write_bytes(data)

    assert world.invoke("show", "g7k3q").exit == 3
    doctor = " ".join(world.invoke("doctor").out.split())
    assert f"goals/{GOAL}: it is empty; let the sync program download it" in doctor
    assert world.invoke("export", "json").exit == 3


NAMES: list[tuple[str, str | None]] = [
    (".g2xrh-a.toml.icloud", "g2xrh-a.toml"),
    ("profile.toml.icloud", "profile.toml"),
    ("g2xrh-a.toml.part", "g2xrh-a.toml"),
    ("notes.txt.icloud", None),
    (".icloud", None),
    (".toml.icloud", None),
    ("..toml.icloud", None),
    ("g2xrh-a.toml", None),
    ("g2xrh-a.toml~", None),
    (".~lock.g2xrh-a.toml#", None),
    (".g2xrh-a.toml.swp", None),
    (".g2xrh-a.toml.0123abcd.new", None),
    ("~syncthing~notes.txt.tmp", None),
    ("README.md", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "stands_for"), NAMES)
def test_which_names_are_placeholders(name: str, stands_for: str | None) -> None:
    """An editor's lock, a backup and a staged file stand for nothing."""
    assert placeholder_of(name) == stands_for
    if stands_for:
        assert id_of(f"goals/{name}") == id_of(f"goals/{stands_for}")
