"""What anybody on this computer or at a host can see of git while a journal is exchanged: no word of the journal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from mentorlog.store.disk.files import is_open_to_others
from store.sync.exchanged import bare, git
from world import Ran, World

SECRET = "Quecksilber"
"""A word in every text, title, name and tag."""
# What two machines do one after the other: `a` and `b`; ID is the goal of both.
WORKFLOWS: Sequence[tuple[str, ...]] = [
    ("a", "init", "JOURNAL-a", "--name", f"Mary {SECRET}"),
    ("a", "mentor", "add", f"William {SECRET}", "--every", "4 weeks", "--institution", SECRET),
    ("a", "goal", "add", f"Submit {SECRET}", "--with", f"William {SECRET}", "--tag", SECRET),
    ("a", "note", "add", f"He draws {SECRET} first."),
    ("a", "sync", "--to", "REMOTE", "--plain"),
    ("b", "init", "JOURNAL-b", "--from", "REMOTE"),
    ("a", "set", "ID", f"title=Present {SECRET}"),
    ("b", "set", "ID", f"title=Publish {SECRET}"),
    ("b", "sync", "--dry-run"),
    ("b", "sync"),
    ("a", "sync", "--status"),
    ("a", "sync"),
    ("a", "undo", "--sync", "--yes"),
    ("a", "undo"),
    ("a", "sync", "--json"),
    ("b", "task", "add", f"Call {SECRET}"),
    ("b", "sync", "--quiet", "--no-input"),
    ("b", "delete", "ID", "--yes"),
    ("b", "sync"),
    ("a", "note", "add", f"Again {SECRET}."),
    ("a", "sync"),
    ("BREAK", "b"),
    ("b", "sync"),
    ("a", "sync", "--to", "/nowhere/journal.git", "--plain"),
    ("LOSE", "a"),
    ("a", "sync"),
    ("b", "note", "add", f"Late {SECRET}."),
    ("RIVAL", "b"),
    ("b", "sync"),
    ("b", "sync", "--json"),
    ("FREE", "b"),
    ("b", "sync"),
    ("a", "mentor", "edit", SECRET.lower(), "--nothing"),
    ("a", "profile", "set", f"specialty={SECRET}"),
    ("a", "sync", "--deleted", "keep", "--yes"),
    ("b", "sync", "--status", "--json"),
    ("a", "forget", "ID", "--yes"),
    ("a", "sync"),
    ("a", "sync", "--leave"),
    ("a", "sync", "--to", "REMOTE", "--plain", "--join"),
    ("b", "sync", "--rejoin"),
]


class Watched:
    """Two machines whose git is watched: its words, its variables, and what it prints as an error."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self._world = world
        self.remote = bare(world.root / "remote.git")
        self._seen, self._errors = world.root / "seen", world.root / "errors"
        real = shutil.which("git")
        program = world.root / "watching" / "git"
        program.parent.mkdir()
        program.write_text(
            f'#!/bin/sh\n(echo "$@"; env; pwd) >> {self._seen}\n{real} "$@" 2> {self._errors}.$$\n'
            f"status=$?\ncat {self._errors}.$$ >> {self._errors}\ncat {self._errors}.$$ >&2\n"
            f"rm {self._errors}.$$\nexit $status\n"
        )
        program.chmod(0o700)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    def run(self, machine: str, *words: str) -> Ran:
        """Run mentorlog on a machine."""
        home = self._world.root / machine
        places = {f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "state", "data")}
        return self._world.invoke(*words, env={**places, "MENTORLOG_JOURNAL": str(self.journal(machine))})

    def journal(self, machine: str) -> Path:
        """The journal of a machine."""
        return self._world.root / machine / "journal"

    @property
    def everything(self) -> str:
        """All that could be seen, and the names in the folders of the state."""
        found = self._seen.read_text() + self._errors.read_text()
        directories = [*self._world.root.glob("*/state/mentorlog/sync/*/git"), self.remote]
        assert len(directories) > 1
        for one in directories:
            found += git(one, "for-each-ref") + git(one, "log", "--all", "--format=%B %an %ae %cn %ce")
            found += "".join(f"{path}\n" for path in one.rglob("*")) + (one / "config").read_text()
        return found


@pytest.mark.slow
def test_no_word_of_a_journal_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is synced, and whatever goes wrong with it."""
    watched = Watched(world, monkeypatch)
    id, exits = "", set[int]()
    for machine, *words in WORKFLOWS:
        if machine == "BREAK":
            next((watched.journal("b") / "tasks").iterdir()).write_text(f"text = {SECRET}\n")
        elif machine == "LOSE":
            shutil.rmtree(next(world.root.glob("a/state/mentorlog/sync/*/git")) / "objects")
        elif machine == "RIVAL":
            (watched.remote / "refs" / "heads" / "mentorlog.lock").touch()
            monkeypatch.setattr("mentorlog.store.sync.exchange.TRIES", 1)
            monkeypatch.setattr("mentorlog.store.sync.exchange._PAUSE", 0)
        elif machine == "FREE":
            (watched.remote / "refs" / "heads" / "mentorlog.lock").unlink()
        else:
            filled = [word.replace("REMOTE", str(watched.remote)).replace("ID", id) for word in words]
            filled = [word.replace(f"JOURNAL-{machine}", str(watched.journal(machine))) for word in filled]
            ran = watched.run(machine, *filled)
            exits.add(ran.exit)
            if words[:2] == ["goal", "add"]:
                id = next((watched.journal("a") / "goals").iterdir()).name.partition("-")[0]

    everything = watched.everything.casefold()
    assert "fast-import" in everything
    assert everything.count("mentorlog sync") > 5
    assert SECRET.casefold() not in everything
    assert {0, 3, 4, 5} <= exits
    for folder in world.root.glob("*/state/mentorlog/sync/*"):
        assert not is_open_to_others(folder)
