"""Two machines with real journals and a real remote in one folder: made once, then copied for each test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from copies import Copy
from factories import make_goal, make_mentor, make_note
from mentorlog.domain.reports import SyncReport
from mentorlog.domain.syncing import Remote, SyncRequest
from mentorlog.models.note import Note
from mentorlog.store.journal import Journal
from mentorlog.store.sync.place import Place
from store.sync.exchanged import bare

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
NOTES = 24
"""How many notes both machines have: n2222, n2223 … n222z."""
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"


def note_id(number: int) -> str:
    """The id of one of the notes that both have."""
    return f"n222{ALPHABET[number]}"


class Desk:
    """A machine: its journal, opened anew for every command as the program does, and its state folder."""

    def __init__(self, root: Path, name: str) -> None:
        self.name, self.folder = name, root
        self.root, self.state = root / name, root / f"{name}-state"
        self.url = str(root / "remote.git")

    @property
    def journal(self) -> Journal:
        """The journal, as a command opens it."""
        return Journal(self.root, now=NOW, state=self.state, may_create=True)

    @property
    def place(self) -> Place:
        """Where its sync keeps what it knows."""
        return self.journal.remotes._place()

    def sync(self, **options: Any) -> SyncReport:
        """Sync as a command does; `to=True` names the remote."""
        if options.get("to") is True:
            options["to"] = Remote(self.url)
        return self.journal.sync(SyncRequest(**options))

    def write(self, id: str, text: str) -> None:
        """Change the text of a note."""
        self.journal.update(Note, id, f"note set: {id}", lambda note: replace(note, text=text))

    def append(self, id: str, text: str) -> None:
        """Append a paragraph to a note."""
        self.write(id, f"{self.says(id)}\n\n{text}")

    def add(self, id: str, text: str) -> None:
        """Add a note."""
        self.journal.add(make_note(id=id, text=text), name=f"note add: {text}")

    def delete(self, *ids: str) -> None:
        """Delete records by a command."""
        self.journal.change("delete", lambda transaction: [transaction.delete(id) for id in ids])

    def path(self, id: str) -> Path:
        """The file of a note."""
        return next((self.root / "notes").glob(f"{id}*"))

    @property
    def files(self) -> dict[str, bytes]:
        """All record files."""
        found = (path for path in self.root.rglob("*.toml") if ".mentorlog" not in path.parts)
        return {str(path.relative_to(self.root)): path.read_bytes() for path in found}

    @property
    def last(self) -> int:
        """The number of the last operation."""
        return self.journal.history.last()

    def says(self, id: str) -> str:
        """The text of a note."""
        return str(self.journal.reading.resolve(id)["text"])


class Pair:
    """Two machines and their remote."""

    def __init__(self, root: Path) -> None:
        self.root, self.remote = root, root / "remote.git"
        self.a, self.b = Desk(root, "a"), Desk(root, "b")

    def git(self, *arguments: str, env: Mapping[str, str] | None = None) -> str:
        """What git says of the remote."""
        command = ["git", f"--git-dir={self.remote}", *arguments]
        environment = {**os.environ, **(env or {})}
        return subprocess.run(command, capture_output=True, check=True, text=True, env=environment).stdout.strip()

    @property
    def tip(self) -> str:
        """The commit of the remote's branch."""
        return self.git("rev-parse", "refs/heads/mentorlog")

    def settle(self) -> None:
        """Sync until both hold the same, and one more sync changes nothing on either side."""
        for desk in (self.a, self.b, self.a):
            desk.sync()
        assert self.a.files == self.b.files
        before = self.tip, self.a.last, self.b.last
        for desk in (self.a, self.b):
            report = desk.sync()
            assert not (report.received.count or report.sent.count)
        assert (self.tip, self.a.last, self.b.last) == before


def pair(root: Path) -> Pair:
    """Two machines that have synced: a mentor, a goal and notes."""
    copy, old = _made()
    copy.write(root, moved="/none/")
    new = Pair(root)
    for desk in (new.a, new.b):
        (desk.state / "sync" / old[desk.name]).rename(desk.place.folder)
        desk.place.remember(Remote(desk.url))
    return new


@cache
def _made() -> tuple[Copy, dict[str, str]]:
    with TemporaryDirectory() as folder:
        made = Pair(Path(folder))
        bare(made.remote)

        def fill(transaction: Any) -> None:
            transaction.put(make_mentor(id="osler", name="William Osler"))
            transaction.put(make_goal(id="g2222", title="Submit case report"))
            for number in range(NOTES):
                transaction.put(make_note(id=note_id(number), text=f"Note number{number}."))

        made.a.journal.change("fill", fill)
        made.a.sync(to=True)
        made.b.sync(to=True, begin=True)
        return Copy(made.root), {desk.name: desk.place.folder.name for desk in (made.a, made.b)}
