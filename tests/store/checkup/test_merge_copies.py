"""`doctor --fix` merges the copies of a record as one operation; what is not the same record is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_mentor, make_profile
from mentorlog.models.goal import Goal
from mentorlog.models.record import Part
from mentorlog.store.format import toml
from mentorlog.store.journal import Journal
from world import NOW

GOAL, MENTOR = "goals/g7k3q-submit-case-report.toml", "mentors/osler.toml"
SYNCTHING = ".sync-conflict-20261101-120000-ABCDEFG.toml"
DROPBOX = " (Osler's conflicted copy 2026-11-01).toml"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with a mentor, a goal and the profile."""
    made = Journal(tmp_path / "journal", now=datetime.fromisoformat(NOW))
    made.create()

    def fill(transaction) -> None:  # type: ignore[no-untyped-def]
        transaction.put(make_mentor())
        transaction.put(make_goal(id="g7k3q", why="Osler asked.", tags=("cv",)))
        transaction.put_profile(make_profile(name="Mary Blackwell"))

    made.change("fill", fill)
    return made


@pytest.fixture
def copied(journal: Journal) -> Callable[[str, str, Part | bytes], str]:
    """copied(GOAL, DROPBOX, goal) -> the path of a copy with another content."""

    def write(path: str, ending: str, content: Part | bytes) -> str:
        copy = path.replace(".toml", ending)
        (journal.root / copy).write_bytes(content if isinstance(content, bytes) else toml.dump(content))
        (journal.root / copy).chmod(0o600)
        return copy

    return write


def repaired(journal: Journal) -> list[str]:
    """What a repair did, but for the index, which does not know the files that a test wrote."""
    return [line for line in journal.repair() if line != "Rebuilt the index."]


def names(journal: Journal) -> list[str]:
    """The names of all operations, newest first."""
    return [one.name for one in journal.history.listing().operations]


def goal(journal: Journal) -> Goal:
    """The goal as it is now."""
    return journal.change("look", lambda now: now.get(Goal, "g7k3q"))


def test_several_copies_of_one_record(journal: Journal, copied: Callable[[str, str, Part | bytes], str]) -> None:
    """All of them go into the record, in one operation, which one undo takes back."""
    one = copied(GOAL, DROPBOX, make_goal(id="g7k3q", why="Osler asked. So did Curie.", tags=("cv", "writing")))
    two = copied(GOAL, SYNCTHING, make_goal(id="g7k3q", why="Osler asked.\n\nBy spring.", tags=("cv", "case")))
    before = {path: (journal.root / path).read_bytes() for path in (GOAL, one, two)}
    finding = next(one for one in journal.examine().findings if one.path == two)
    assert (finding.fix, finding.remedy) == (True, f"--fix merges it into {GOAL} (mentorlog undo restores it)")

    done = repaired(journal)

    assert done[:2] == [f"Merged {one} into {GOAL}.", f"Merged {two} into {GOAL}."]
    assert names(journal) == ["doctor: merge 2 copies", "fill"]
    assert {*goal(journal).tags} == {"cv", "writing", "case"}
    for words in ("Osler asked.", "So did Curie.", "By spring."):
        assert goal(journal).why.count(words) == 1  # type: ignore[union-attr]
    assert journal.examine().findings == () and repaired(journal) == []
    journal.undo()
    assert {path: (journal.root / path).read_bytes() for path in before} == before


def test_what_is_to_choose_is_said(journal: Journal, copied: Callable[[str, str, Part | bytes], str]) -> None:
    """Two titles cannot both stand: one is shown, the other kept, and the command that ends it is named."""
    copied(GOAL, DROPBOX, make_goal(id="g7k3q", title="Submit the case", why="Osler asked.", tags=("cv",)))

    done = repaired(journal)

    assert done[1:] == ["Two values for title of g7k3q; choose with: mentorlog resolve g7k3q"]
    assert {goal(journal).title, *(one.other["title"] for one in goal(journal).conflicts)} == {  # type: ignore[index]
        "Submit the case",
        "Submit case report",
    }


def test_a_mentor_and_the_profile(journal: Journal, copied: Callable[[str, str, Part | bytes], str]) -> None:
    """The name of a mentor's file is its id, and the profile has none: their copies are merged, too."""
    mentor = copied(MENTOR, " 2.toml", make_mentor(email="osler@example.org"))
    profile = copied("profile.toml", DROPBOX, make_profile(name="Mary Blackwell", strengths=("listening",)))

    done = repaired(journal)

    assert done == [f"Merged {mentor} into {MENTOR}.", f"Merged {profile} into profile.toml."]
    assert names(journal)[0] == "doctor: merge 2 copies"
    assert "osler@example.org" in (journal.root / MENTOR).read_text()
    assert "listening" in (journal.root / "profile.toml").read_text()


@pytest.mark.parametrize("path", [GOAL, MENTOR])
def test_a_copy_whose_original_is_gone(
    path: str, journal: Journal, copied: Callable[[str, str, Part | bytes], str]
) -> None:
    """It takes the name of the original; a second one is merged into it."""
    data = (journal.root / path).read_bytes()
    one, two = copied(path, DROPBOX, data), copied(path, SYNCTHING, data + b'mine = "x"\n')
    (journal.root / path).unlink()

    done = repaired(journal)

    assert done == [f"Renamed {one} to {path}, which was gone.", f"Merged {two} into {path}."]
    assert names(journal)[0] == "doctor: merge 2 copies"
    assert b'mine = "x"' in (journal.root / path).read_bytes()
    assert journal.examine().findings == ()


def test_an_original_that_has_another_name(journal: Journal, copied: Callable[[str, str, Part | bytes], str]) -> None:
    """If only the words in its name were changed, the copy is merged into the file of its id."""
    copy = copied(GOAL, DROPBOX, (journal.root / GOAL).read_bytes() + b'mine = "x"\n')
    (journal.root / GOAL).rename(journal.root / "goals/g7k3q-write.toml")

    assert repaired(journal) == [f"Merged {copy} into goals/g7k3q-write.toml."]


@pytest.mark.parametrize(
    "content",
    [
        b"broken",
        b"",
        toml.dump(make_goal(id="g7k3q", created=datetime(2026, 9, 2, tzinfo=UTC))),
        toml.dump(make_goal(id="g9k9q")),
        toml.dump(make_goal(id="g7k3q")).replace(b'"normal"', b'"someday"'),
    ],
    ids=["broken", "empty", "made at another time", "another id", "a newer word"],
)
def test_what_is_not_the_same_record_is_left(
    content: bytes, journal: Journal, copied: Callable[[str, str, Part | bytes], str]
) -> None:
    """A copy that cannot be read, or is of another record, is named, as before, and stays."""
    copy = copied(GOAL, DROPBOX, content)
    before = (journal.root / GOAL).read_bytes()

    assert repaired(journal) == []

    finding = next(one for one in journal.examine().findings if one.path == copy)
    assert (finding.fix, finding.remedy) == (False, "copy what you need from it, then delete it")
    assert ((journal.root / copy).read_bytes(), (journal.root / GOAL).read_bytes()) == (content, before)


@pytest.mark.parametrize("content", [b"broken", None], ids=["unreadable", "elsewhere"])
def test_an_original_that_cannot_be_read(
    content: bytes | None, journal: Journal, copied: Callable[[str, str, Part | bytes], str]
) -> None:
    """A copy never takes the place of an original that is damaged, or not on this machine yet."""
    copy = copied(MENTOR, DROPBOX, (journal.root / MENTOR).read_bytes() + b'mine = "x"\n')
    if content is None:
        (journal.root / MENTOR).rename(journal.root / "mentors/.osler.toml.icloud")
    else:
        (journal.root / MENTOR).write_bytes(content)

    journal.repair()

    assert (journal.root / copy).exists()
    assert names(journal) == ["fill"]


@pytest.mark.slow
def test_a_merge_that_would_be_too_large(journal: Journal, copied: Callable[[str, str, Part | bytes], str]) -> None:
    """It is named with its reason and stays; the other copies are merged."""
    texts = [" ".join(f"{letter}{number} is here." for number in range(38_000)) for letter in "ab"]
    journal.change("longer", lambda now: now.put(make_goal(id="g7k3q", why=texts[0], tags=("cv",))))
    large = copied(GOAL, DROPBOX, make_goal(id="g7k3q", why=texts[1], tags=("cv",)))
    small = copied(MENTOR, DROPBOX, make_mentor(email="osler@example.org"))

    assert repaired(journal) == [f"Merged {small} into {MENTOR}."]

    assert journal.notices == [f"{GOAL} would be larger than 1 MiB with what both sides wrote."]
    assert (journal.root / large).exists()
    assert names(journal)[0] == "doctor: merge 1 copy"


def test_comments(journal: Journal, copied: Callable[[str, str, Part | bytes], str]) -> None:
    """Comments of the original stay if the copy says nothing more; others are dropped, and that is said."""
    original = (journal.root / GOAL).read_bytes()
    (journal.root / GOAL).write_bytes(original + b"# by hand\n")
    copied(GOAL, DROPBOX, original)
    assert len(repaired(journal)) == 1
    assert (journal.root / GOAL).read_bytes() == original + b"# by hand\n"

    copied(GOAL, DROPBOX, make_goal(id="g7k3q", why="Osler asked.", tags=("cv", "case")))
    (journal.root / GOAL).write_bytes((journal.root / GOAL).read_bytes() + b'mine = "x"\n')
    assert repaired(journal)[1:] == [f"Comments in {GOAL} were removed."]


def test_a_copy_of_an_operation(journal: Journal) -> None:
    """A sync program that copies the change history is an error, said as such; a stray file is one, too."""
    operation = journal.root / ".mentorlog/operations/000001.sync-conflict-20261101-120000-ABCDEFG.json"
    operation.write_bytes((journal.root / ".mentorlog/operations/000001.json").read_bytes())
    operation.chmod(0o600)

    (finding,) = journal.examine().findings

    assert (finding.level, finding.category) == ("error", "log")
    assert "a sync program made this copy of a change" in finding.message
    assert ".mentorlog" in finding.remedy
