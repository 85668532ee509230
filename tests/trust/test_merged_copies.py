"""Copies of sync programs, generated: `doctor --fix` merges them, no word is lost, and one undo takes it back."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_task
from figures import Counted
from mentorlog.models.goal import Share
from mentorlog.models.record import Part, Record, as_data
from mentorlog.store.format import exact, toml
from mentorlog.store.journal import Journal
from world import NOW

ITEM = "32 copies of sync programs merged"
FORMS = {
    "Syncthing": ".sync-conflict-202611{:02}-120000-ABCDEFG.toml",
    "Dropbox": " (Osler's conflicted copy 2026-11-{:02}).toml",
    "iCloud": " {}.toml",
}
WORD = re.compile(r"\bw\d+w\b")
ODD = ["", " [/b]", " =1+1", ' "x"', " \\", " é", " 日本", " 🩺"]


class Writer:
    """Makes versions of a record in which every text has a word that no other text has."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._last = 0

    def word(self) -> str:
        """Return a word that is nowhere else."""
        self._last += 1
        return f"w{self._last}w"

    def sentence(self) -> str:
        """Return a sentence, sometimes a hostile one."""
        return f"The {self.word()} of {self.chance.choice(['Osler', 'Curie'])}{self.chance.choice(ODD)}."

    def prose(self) -> str:
        """Return some paragraphs."""
        parts = [[self.sentence() for _ in range(self.chance.randint(1, 3))] for _ in range(self.chance.randint(1, 3))]
        return "\n\n".join(" ".join(part) for part in parts)

    def edited(self, text: str) -> str:
        """Return a text in which sentences were added, replaced, moved or removed."""
        sentences = re.split(r"(?<=\.)(\s+)", text)
        for _ in range(self.chance.randint(1, 3)):
            at = 2 * self.chance.randrange((len(sentences) + 1) // 2)
            how = self.chance.choice(["add", "replace", "remove", "first"])
            if how == "add":
                sentences[at] += " " + self.sentence()
            elif how == "replace":
                sentences[at] = self.sentence()
            elif how == "remove" and len(sentences) > 2:
                del sentences[at : at + 2]
            else:
                sentences[0:0] = [self.sentence(), "\n"]
        return "".join(sentences).strip()

    def record(self, kind: str) -> Part:
        """Return a record of a kind with texts, lists and days."""
        tags = tuple(self.word() for _ in range(self.chance.randint(0, 3)))
        if kind == "mentor":
            return make_mentor(id="osler", notes=self.prose(), tags=tags, email="w0w@example.org")
        if kind == "goal":
            shares = [Share(mentor="osler", told_on=date(2026, 11, 2))]
            return make_goal(id="g7k3q", title=self.sentence(), why=self.prose(), tags=tags, mentors=shares)
        if kind == "task":
            return make_task(id="t4m2x", title=self.sentence(), notes=self.prose(), tags=tags)
        if kind == "meeting":
            return make_meeting(id="m4k2p", notes=self.prose(), decisions=(self.sentence(),), tags=tags)
        if kind == "note":
            return make_note(id="n2222", text=self.prose(), tags=tags)
        return make_profile(name="Mary Blackwell", strengths=tags, aims=self.prose())

    def changed(self, part: Part) -> Part:
        """Return a version of a record that another machine may have written."""
        data = as_data(part, full=False)
        for key, value in list(data.items()):
            if key in ("id", "created", "name", "status", "email") or self.chance.random() < 0.4:
                continue
            if key in ("notes", "why", "text", "aims"):
                data[key] = self.edited(value)
            elif key == "title":
                data[key] = self.sentence()
            elif isinstance(value, list) and all(isinstance(one, str) for one in value):
                data[key] = [*value[self.chance.randint(0, 1) :], self.word()]
        more: dict[str, Any] = {"tags" if part.KIND != "profile" else "strengths": [self.word()]}
        more |= {"mine": {"text": self.word(), "number": self.chance.randint(0, 2)}}
        if part.KIND == "goal":
            more |= {"by": date(2027, self.chance.randint(1, 12), 1)}
            more |= {"progress": [{"on": date(2026, 11, self.chance.randint(1, 9)), "text": self.sentence()}]}
        if part.KIND == "task":
            more |= {"due": date(2027, self.chance.randint(1, 12), 1)}
        for key, value in more.items():
            if self.chance.random() < 0.5:
                data[key] = [*data.get(key, []), *value] if isinstance(value, list) else value
        return exact.validated(type(part), data)


def path_of(part: Part) -> str:
    """Return the path of a record or the profile."""
    return toml.path_of(part) if isinstance(part, Record) else "profile.toml"


def laid_out(root: Path, seed: int) -> Iterator[str]:
    """Write one to three records with one to three copies each; yield the paths of the copies."""
    chance = Random(seed)
    writer = Writer(chance)
    for kind in chance.sample(["mentor", "goal", "task", "meeting", "note", "profile"], chance.randint(1, 3)):
        first = writer.record(kind)
        original = path_of(first)
        (root / original).write_bytes(toml.dump(writer.changed(first)))
        for number in range(2, chance.randint(3, 5)):
            copy = original.replace(".toml", FORMS[chance.choice([*FORMS])].format(number))
            (root / copy).write_bytes(toml.dump(writer.changed(first)))
            yield copy


def words_in(root: Path) -> set[str]:
    """Return the words of all records."""
    return {word for path in root.rglob("*.toml") for word in WORD.findall(path.read_text("utf-8"))}


def tree(root: Path) -> dict[str, bytes]:
    """Return the records of a journal."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.toml")}


def wrong(root: Path, seed: int) -> list[str]:
    """Return what is wrong after the copies of one case were merged."""
    journal = Journal(root, now=datetime.fromisoformat(NOW))
    journal.create()
    copies = {*laid_out(root, seed)}
    for path in root.rglob("*.toml"):
        path.chmod(0o600)
    words, before = words_in(root), tree(root)
    found = []
    journal.repair()
    if left := copies & tree(root).keys():
        found.append(f"{sorted(left)} were not merged: {journal.notices}")
    if lost := words - words_in(root):
        found.append(f"lost {sorted(lost)}")
    if errors := [one for one in journal.examine().findings if one.level == "error"]:
        found.append(f"doctor finds {errors}")
    names = [one.name for one in journal.history.listing().operations]
    if len(names) != 1 or not re.fullmatch(rf"doctor: merge {len(copies)} cop(y|ies)", names[0]):
        found.append(f"the operations are {names}")
    after = tree(root)
    if journal.repair() or tree(root) != after:
        found.append("a second repair changes something")
    journal.undo()
    if tree(root) != before:
        found.append("one undo does not bring back the bytes")
    return [f"seed {seed}: {one}" for one in found]


@pytest.mark.parametrize(
    "first, count",
    [(0, 8), pytest.param(8, 292, marks=[pytest.mark.slow, pytest.mark.exhaustive])],
    ids=["a few", "many"],
)
def test_no_word_of_a_copy_is_lost(first: int, count: int, tmp_path: Path, counted: Counted) -> None:
    """Whatever several machines wrote into a record: all of it is in the one file, by one change that undo reverts."""
    start = time.perf_counter()
    found = [one for seed in range(first, first + count) for one in wrong(tmp_path / str(seed), seed)]
    counted(ITEM, count, len(found), time.perf_counter() - start)

    assert not found, "\n".join(found[:20])
