"""Machines with a real journal each, which meet at a real repository.

As a program, one of them adds, edits and syncs again and again: python machines.py ROOT NAME ROUNDS
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from factories import make_note
from mentorlog.domain.reports import SyncReport
from mentorlog.domain.syncing import Remote, SyncRequest
from mentorlog.errors import Busy
from mentorlog.models.note import Note
from mentorlog.store.journal import Journal
from mentorlog.store.transaction import Transaction
from mentorlog.values import Value

START = datetime(2026, 11, 30, 9, tzinfo=UTC)
SHARED = "n2222"


class Machine:
    """One machine of a user: a journal and a state folder of its own."""

    def __init__(self, root: Path, name: str) -> None:
        self.name = name
        self.folder = root / name / "journal"
        self.state = root / name / "state"
        self.remote = Remote(str(root / "remote.git"))
        self._changes = 0
        self.state.mkdir(parents=True, exist_ok=True)

    def journal(self) -> Journal:
        """The journal as a new command finds it."""
        self._changes += 1
        now = START + timedelta(minutes=self._changes)
        return Journal(self.folder, now=now, state=self.state, may_create=True)

    def begin(self) -> None:
        """Make the journal from the remote's."""
        self.journal().sync(SyncRequest(to=self.remote, begin=True))

    def sync(self) -> SyncReport:
        """Exchange with the remote, which is new to the first sync."""
        return self.journal().sync(SyncRequest(to=self.remote))

    def rejoin(self) -> SyncReport:
        """Put together what has no common history."""
        return self.journal().sync(SyncRequest(rejoin=True))

    def add(self, id: str, text: str) -> None:
        """Add a note."""
        self.journal().change("note add", lambda transaction: transaction.put_new(make_note(id=id, text=text)))

    def append(self, text: str, id: str = SHARED) -> None:
        """Append a paragraph to a note that every machine edits."""

        def work(transaction: Transaction) -> None:
            note = transaction.get(Note, id)
            transaction.put(replace(note, text=f"{note.text}\n\n{text}"))

        self.journal().change("note edit", work)

    @property
    def files(self) -> dict[str, bytes]:
        """The records, by path."""
        found = (path for path in self.folder.rglob("*.toml") if ".mentorlog" not in path.parts)
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}

    @property
    def git(self) -> Path:
        """The git directory of its sync."""
        return next(self.state.glob("sync/*/git"))


class Raced(Value):
    """What one machine saw: how often it gave up, and its longest sync in seconds."""

    gave_up: int
    longest: float


def race(machine: Machine, rounds: int) -> Raced:
    """Add a note, edit the one of all machines, and sync, as fast as it goes."""
    gave_up, longest = 0, 0.0
    for number in range(rounds):
        word = f"{machine.name}{number}"
        machine.add(f"n{_letters(machine.name, number)}", f"Own {word}.")
        machine.append(f"Shared {word}.")
        start = time.monotonic()
        try:
            machine.sync()
        except Busy:
            gave_up += 1
        longest = max(longest, time.monotonic() - start)
    return Raced(gave_up, longest)


def _letters(name: str, number: int) -> str:
    """Four letters of an id that no other machine makes."""
    alphabet = "3456789bcd"
    return f"{alphabet[ord(name) - ord('a')]}z{alphabet[number // 10]}{alphabet[number % 10]}"


if __name__ == "__main__":
    ended = race(Machine(Path(sys.argv[1]), sys.argv[2]), int(sys.argv[3]))
    print(ended.gave_up, ended.longest)
