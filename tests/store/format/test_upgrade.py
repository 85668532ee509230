"""A journal that an older version wrote opens as it is, and is written in today's shape as it changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal
from mentorlog.domain.query import Query
from mentorlog.errors import Unreadable
from mentorlog.exchange import json_backup
from mentorlog.export import json_backup as export
from mentorlog.models.goal import Goal
from mentorlog.store.format import toml, upgrade
from mentorlog.store.format.upgrade import FORMAT, check_format
from mentorlog.store.journal import Journal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PATH = "goals/g7k3q-rays.toml"


def renamed(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read `reason` of the old shape as `why`."""
    if "reason" not in plain:
        return plain
    return {("why" if key == "reason" else key): value for key, value in plain.items()}


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Journal:
    """A journal with one goal of the old shape, written by nobody yet."""
    monkeypatch.setitem(upgrade.STEPS, "goal", (renamed,))
    journal = Journal(tmp_path / "journal", now=NOW)
    journal.create()
    data = toml.dump(make_goal(id="g7k3q", title="Rays", why="Röntgen asked"))
    (journal.root / PATH).write_bytes(data.replace(b"why =", b"reason ="))
    (journal.root / PATH).chmod(0o600)
    return journal


def test_a_record_of_an_older_shape_is_read(old: Journal) -> None:
    """Reading upgrades what it shows and leaves the file alone."""
    before = (old.root / PATH).read_bytes()

    (goal,) = old.reading.find(Query("goal"))

    assert (goal["why"], "reason" in goal) == ("Röntgen asked", False)
    assert (old.root / PATH).read_bytes() == before
    assert old.examine().findings == ()
    assert old.contents().records[0].record.extra is None


def test_a_change_writes_todays_shape(old: Journal) -> None:
    """A record keeps its old shape until something else in it changes; undo brings that shape back."""
    before = (old.root / PATH).read_bytes()
    old.update(Goal, "g7k3q", name="nothing", change=lambda goal: goal)
    assert (old.root / PATH).read_bytes() == before

    old.update(Goal, "g7k3q", name="retitle", change=lambda goal: replace(goal, title="X rays"))

    assert toml.parse(PATH, (old.root / PATH).read_bytes())["why"] == "Röntgen asked"
    old.undo()
    assert (old.root / PATH).read_bytes() == before


def test_a_trusted_file_is_upgraded_too(old: Journal) -> None:
    """A file whose fingerprint the index knows skips validation, never the upgrade."""
    old.reading.find(Query("goal"))

    changed, _ = old.update(Goal, "g7k3q", name="retitle", change=lambda goal: replace(goal, title="X rays"))

    assert (changed["why"], "reason" in changed) == ("Röntgen asked", False)


def test_an_export_of_an_older_shape_is_imported(old: Journal, tmp_path: Path) -> None:
    """An import passes through the same steps as a file."""
    document = json.loads(export.make(old.contents()).text)
    (record,) = document["data"]["records"]
    record["reason"] = record.pop("why")
    new = Journal(tmp_path / "new", now=NOW)
    new.create()

    json_backup.import_backup(new, json.dumps(document).encode())

    assert new.reading.view("g7k3q")["why"] == "Röntgen asked"


def test_a_newer_format_is_refused() -> None:
    """The error names both formats; today's passes."""
    check_format("journal.toml", {"format": FORMAT})

    with pytest.raises(Unreadable, match=f"format {FORMAT + 1} is from a newer version.*up to {FORMAT}"):
        check_format("journal.toml", {"format": FORMAT + 1})


@pytest.mark.parametrize("wrong", [0, True, "1", 1.0, None])
def test_a_format_that_is_no_number(wrong: Any) -> None:
    """A format is a whole number from 1, and nothing that looks like one."""
    with pytest.raises(Unreadable, match="not a positive whole number"):
        check_format("journal.toml", {"format": wrong})
