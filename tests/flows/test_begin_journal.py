"""Beginning a journal, or choosing one that is there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mentorlog import places
from mentorlog.app import App
from mentorlog.errors import MentorlogError
from mentorlog.flows import begin_journal
from world import World


def test_a_journal_is_begun_once(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """It is remembered where that is wanted, and only a new one says what does not belong into it."""
    app = App(datetime(2026, 11, 23, 9, tzinfo=UTC))
    journal = begin_journal.choose(app, str(world.root / "mine"))

    assert begin_journal.begin(app, journal, remember=True)
    assert places.remembered() == world.root / "mine"
    assert capsys.readouterr().err.count("not legally privileged") == 1
    assert not begin_journal.begin(app, journal, remember=False)
    assert capsys.readouterr().err == ""
    assert app.journal is journal


def test_a_folder_that_holds_other_things_is_refused(world: World) -> None:
    """A journal is begun in a folder of its own, or in an empty one."""
    (world.work / "thesis.txt").write_text("x")

    with pytest.raises(MentorlogError, match="holds other things and no journal"):
        begin_journal.choose(App(datetime(2026, 11, 23, 9, tzinfo=UTC)), str(world.work))
