"""One run of the program: the journal on first use, and the editor."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentorlog.app import App
from mentorlog.errors import MentorlogError, NoJournal, Usage
from mentorlog.models.profile import Profile
from world import World

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday


@pytest.fixture
def app() -> App:
    """A context without options."""
    return App(NOW)


def test_a_journal_is_opened_once(app: App, journal_root: Path) -> None:
    """Two questions of one command read through the same door."""
    app.set_option("journal", str(journal_root))

    assert app.journal is app.journal
    assert app.journal.root == journal_root


def test_a_journal_that_was_named_must_be_there(app: App, tmp_path: Path) -> None:
    """Opening a named journal that is gone is an error at once, not an empty list."""
    app.set_option("journal", str(tmp_path / "gone"))

    with pytest.raises(NoJournal):
        _ = app.journal


def test_a_journal_that_lost_its_first_file_is_no_empty_one(app: App, journal_root: Path) -> None:
    """Records without journal.toml are a journal still: whatever is said of it, not that it is not there."""
    (journal_root / "journal.toml").unlink()
    app.set_option("journal", str(journal_root))

    try:
        _ = app.journal
    except MentorlogError as told:
        assert not isinstance(told, NoJournal)


def test_the_default_journal_is_empty_until_the_first_change(world: World) -> None:
    """Where nobody named a journal reading finds nothing, says where the first change makes one, and makes nothing."""
    ran = world.invoke("goal", "list", env={"MENTORLOG_JOURNAL": None})

    assert ran.exit == 0
    default = world.home / ".local/share/mentorlog/journal"
    assert f"No journal yet; the first change creates one in {default}" in ran.err
    assert not default.exists()


def test_the_first_change_makes_the_default_journal(app: App, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """The first change says where the new journal is, and once what does not belong into it."""
    for name in ("Nightingale", "Curie"):
        app.journal.change("init", lambda transaction, name=name: transaction.put_profile(Profile(name=name)))

    err = capsys.readouterr().err
    assert err.count(f"Created a journal in {world.home / '.local/share/mentorlog/journal'}\n") == 1
    assert err.count("not legally privileged") == 1


def test_no_input_opens_no_editor(app: App) -> None:
    """--edit with --no-input is a contradiction."""
    app.set_option("no_input", True)

    with pytest.raises(Usage):
        app.texts.prose(None, edit=True)
