"""What a forgetting removes besides the record, what it leaves, and when."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import make_goal
from faults.inject import HALF_FULL, injected
from mentorlog.errors import MentorlogError
from mentorlog.output.messages.forget import not_reached
from mentorlog.store.journal import Journal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TITLE = "Case report"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with one goal."""
    made = Journal(tmp_path / "journal", now=NOW, may_create=True)
    made.add(make_goal(id="g7k3q", title=TITLE), name=f"goal add: {TITLE}")
    return made


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of drafts outside the journal."""
    (tmp_path / "drafts").mkdir()
    return tmp_path / "drafts"


def snapshot(root: Path) -> dict[Path, bytes]:
    """Every file below a folder, but the lock and the index."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.suffix in (".toml", ".json", ".md")}


@pytest.mark.parametrize("within", [True, False])
def test_a_text_of_something_else_is_named_and_never_removed(within: bool, journal: Journal, outside: Path) -> None:
    """The answers of an interrupted review that repeat a title stop the forgetting, before anything is asked."""
    text = f'[[goals]]\ngoal = "g7k3q" # {TITLE}\nreason = "The wards were short of hands"\n'
    draft = journal.drafts.put("review.toml", text) if within else outside / "review.toml"
    draft.write_text(text)
    before = snapshot(journal.root.parent)

    for attempt in (lambda: journal.forget_plan("g7k3q", outside), lambda: journal.forget("goal", "g7k3q", outside)):
        with pytest.raises(MentorlogError, match=r"repeats its words: .*review\.toml") as refused:
            attempt()
        assert refused.value.hint == "save or delete the unsaved text first, then run the command again"
    assert snapshot(journal.root.parent) == before

    draft.unlink()
    journal.forget("goal", "g7k3q", outside)
    assert not list((journal.root / "goals").iterdir())


def test_drafts_of_the_record_itself_go(journal: Journal, outside: Path) -> None:
    """What an editor was to save in the record is known by its name, and removed with it."""
    journal.drafts.put("g7k3q-notes.md", "Something new")
    journal.drafts.put("g7k3c-notes.md", "Of another one")
    (outside / "g7k3q.toml").write_text("Something new")

    plan = journal.forget("goal", "g7k3q", outside)

    assert plan.other_files == (".mentorlog/drafts/g7k3q-notes.md", str(outside / "g7k3q.toml"))
    assert journal.drafts.list() == ("g7k3c-notes.md",)
    assert not list(outside.iterdir())


def test_a_forgetting_that_fails_removes_no_draft(journal: Journal, outside: Path, tmp_path: Path) -> None:
    """On a disk that is full from any call on, what is not committed leaves the record and every draft of it."""
    journal.drafts.put("g7k3q-notes.md", "Something new")
    (outside / "g7k3q-notes.md").write_text("Something new")
    failed = 0
    for at in range(1, 10_000, 9):
        copy = shutil.copytree(journal.root.parent, tmp_path / f"copy-{at}", ignore=shutil.ignore_patterns("copy-*"))
        tried = Journal(copy / "journal", now=NOW)
        with injected(at, HALF_FULL):
            try:
                tried.forget("goal", "g7k3q", copy / "drafts")
                break
            except MentorlogError:
                failed += 1
        if not tried.layout.pending.exists():
            assert (copy / "drafts" / "g7k3q-notes.md").exists()
            assert tried.drafts.list() == ("g7k3q-notes.md",)

    assert failed > 3
    assert not list((copy / "journal" / "goals").iterdir())
    assert not list((copy / "drafts").iterdir())


LEFT = ["~syncthing~{}.tmp", ".syncthing.{}.tmp", ".{}.~5dd1f2a0", "{}.part", ".{}.Xa81bc", ".{}.swp", "{}~", "#{}#"]


@pytest.mark.parametrize("form", LEFT)
def test_what_a_sync_program_left_beside_it_is_named_and_goes(form: str, journal: Journal, outside: Path) -> None:
    """A temporary copy of the record holds its text: it is named before, and erased with it; another's stays.

    The kind: what Syncthing, Nextcloud, browsers, rsync, vim, emacs and nano put beside a file.
    """
    (record,) = (journal.root / "goals").iterdir()
    copy = record.with_name(form.format(record.name))
    other = record.with_name(form.format("g7k3c-another.toml"))
    for path in (copy, other):
        path.write_text(TITLE)

    plan = journal.forget("goal", "g7k3q", outside)

    assert plan.other_files == (f"goals/{copy.name}",)
    assert [path.name for path in (journal.root / "goals").iterdir()] == [other.name]


def test_old_versions_of_a_sync_program_are_named(journal: Journal, outside: Path) -> None:
    """They are not ours to remove: the report says where they are."""
    (journal.root / ".stversions").mkdir()
    (journal.root.parent / ".dropbox.cache").mkdir()

    plan = journal.forget_plan("g7k3q", outside)

    assert plan.versions == (journal.root / ".stversions", journal.root.parent / ".dropbox.cache")
    assert f"old versions that a sync program keeps in {journal.root / '.stversions'}" in not_reached(plan)
