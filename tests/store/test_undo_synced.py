"""Undo and redo of records that two machines write: with the merge of records, no word that came is ever lost."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from faults.inject import injected
from mentorlog.errors import MentorlogError
from mentorlog.models.goal import Goal
from mentorlog.models.note import Note
from mentorlog.models.record import Record
from mentorlog.store.format import document, toml
from mentorlog.store.journal import Journal
from mentorlog.store.oplog.operation import Change, Sync
from world import NOW

AT = datetime.fromisoformat(NOW)
WORD = re.compile(r"\bw\d+\b")
Words = frozenset[tuple[str, str]]


class Desk:
    """A journal with a goal and a note, what is done to it here and by syncs, and the words of each operation."""

    def __init__(self, root: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.journal = Journal(root, now=AT, may_create=True)
        self.words: dict[int, tuple[Words, Words]] = {}
        self.met = Counter[str]()
        self._count = 0
        goal = Goal(id="g7k3q", title="Submit", created=AT, notes="First. Second.\n\nThird.")
        note = Note(
            id="n4m2x", on=AT.date(), kind="reflection", status="closed", text="Alpha. Beta. Gamma.", created=AT
        )
        for record in (goal, note):
            self.journal.add(record, name=f"add {record.id}")

    def word(self) -> str:
        """Return a word that was never used."""
        self._count += 1
        return f"w{self._count}"

    def now(self) -> dict[str, bytes]:
        """Return the files of records."""
        root = self.journal.root
        return {str(path.relative_to(root)): path.read_bytes() for path in root.glob("[gn]*/*.toml")}

    def text_words(self) -> Words:
        """Return every word of ours with its record."""
        return frozenset((path[:11], word) for path, data in self.now().items() for word in WORD.findall(data.decode()))

    def edited(self, record: Record) -> Record:
        """Change a record in one or two fields, each with a new word, or without one of its sentences."""
        for _ in range(self.chance.randint(1, 2)):
            field = "notes" if isinstance(record, Goal) else "text"
            kind = self.chance.choice(["sentence", "sentence", "less", "tags", "title", "day"])
            text = str(getattr(record, field))
            places = [match.end() for match in re.finditer(r"\.", text)]
            if kind == "sentence":
                at = self.chance.choice([0, *places])
                text = f"{text[:at]} Say {self.word()}.{text[at:]}".strip()
                record = replace(record, **{field: text})
            elif kind == "less" and len(places) > 2:
                start, end = sorted(self.chance.sample(places, 2))
                record = replace(record, **{field: text[:start] + text[end:]})
            elif kind == "tags":
                record = replace(record, tags=[*record.tags, self.word()])
            elif kind == "title" and isinstance(record, Goal):
                record = replace(record, title=f"Submit {self.word()}")
            elif kind == "day" and isinstance(record, Goal):
                record = replace(record, by=date(2027, 1, 1) + timedelta(days=self.chance.randint(0, 300)))
        return record

    def edit(self) -> None:
        """Change a record here."""
        kind, id = self.chance.choice([(Goal, "g7k3q"), (Note, "n4m2x")])
        self.journal.update(kind, id, f"set {id}", self.edited)

    def sync(self) -> None:
        """Let a sync bring changes of one record or both."""
        changes = []
        for path, data in self.now().items():
            if self.chance.random() < 0.6:
                part = document.checked(path, data)
                assert isinstance(part, Record)
                changes.append(Change(path, data, toml.dump(self.edited(part))))
        changes = [change for change in changes if change.before != change.after]
        with self.journal._locked():
            sync = Sync("1f" * 20, "git.example.org:journal.git", {})
            self.journal._commit("sync: came", changes, kind="sync", sync=sync)

    def step(self, what: str) -> None:
        """Do one thing, and check what became of the words."""
        before, files_before, last = self.text_words(), self.now(), self.journal.history.last()
        steps = self.chance.randint(1, 3)
        do: dict[str, Callable[[], Any]] = {
            "edit": self.edit,
            "sync": self.sync,
            "undo": lambda: self.journal.undo(steps),
            "redo": lambda: self.journal.undo(steps, "redo"),
            "undo --sync": lambda: self.journal.undo(way="undo --sync"),
            "undo --no": lambda: self.journal.undo(number=self.chance.randint(1, max(last, 1))),
        }
        try:
            result = do[what]()
        except MentorlogError as error:
            assert (self.now(), self.journal.history.last()) == (files_before, last)
            self.met[f"{what} refused: {type(error).__name__}"] += 1
            return
        if self.journal.history.last() > last:
            self.words[last + 1] = before, self.text_words()
        if what.startswith(("undo", "redo")) and not result.unchanged:
            self.met[f"{what} merged" if result.merged else what] += 1
            added, removed = set[tuple[str, str]](), set[tuple[str, str]]()
            for one in result.operations:
                was, became = self.words.get(one.seq, (frozenset(), frozenset()))
                added |= became - was
                removed |= was - became
            gone, back = (removed, added) if what == "redo" else (added, removed)
            assert before - self.text_words() <= gone
            assert self.text_words() - before <= back
            if what == "undo":  # and all of that
                assert not self.text_words() & added - removed
                assert removed - added <= self.text_words()
        if what == "undo":
            count, undone = len(result.operations), self.now()
            self.journal.undo(count, "redo")
            assert self.now() == files_before
            self.words[last + 2] = self.words[last + 1][::-1]
            self.journal.undo(count)
            assert self.now() == undone
            self.words[last + 3] = self.words[last + 1]


@contextmanager
def desk(root: Path, seed: int) -> Iterator[Desk]:
    """Make a journal without waiting for a disk."""
    with injected():
        yield Desk(root, seed)


def lived(root: Path, seed: int, length: int) -> Counter[str]:
    """Do things at random in a new journal; return what was met."""
    with desk(root, seed) as one:
        for _ in range(length):
            kinds = ["edit", "sync", "undo", "redo", "undo --sync", "undo --no"]
            one.step(one.chance.choices(kinds, [6, 5, 3, 2, 1, 2])[0])
        for path, data in one.now().items():
            document.checked(path, data)
        return one.met


def test_no_word_is_lost(tmp_path: Path) -> None:
    """An undo removes only what its own changes brought, and brings only what they removed; redo gives the bytes."""
    met = sum((lived(tmp_path / str(seed), seed, 12) for seed in (4, 9, 10)), Counter[str]())

    assert met["undo merged"]


@pytest.mark.slow
@pytest.mark.exhaustive
def test_no_word_is_lost_in_many_journals(tmp_path: Path) -> None:
    """The same, over and over; every kind of undo is merged and refused somewhere."""
    met = sum((lived(tmp_path / str(seed), seed, 25) for seed in range(1000, 1400)), Counter[str]())

    print(*(f"{count:6} {what}" for what, count in met.most_common()), sep="\n")
    assert all(met[f"{what} merged"] > 20 for what in ("undo", "undo --sync", "undo --no"))
    assert met["redo merged"]
