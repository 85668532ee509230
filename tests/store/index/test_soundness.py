"""One flipped bit anywhere in the index is named, or changes no row and no answer; a sound index is never suspected."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

import rich_journal
from mentorlog.store import snapshot
from mentorlog.store.disk import files, syscalls
from mentorlog.store.index import scan
from mentorlog.store.index.database import transaction
from mentorlog.store.index.rows import TABLES
from mentorlog.store.index.soundness import Inspection, Soundness, leads_to_every_word
from mentorlog.store.layout import INDEX, Layout
from mentorlog.store.oplog.history import History
from world import World

FLIPS = 300
SOUND = Soundness(None)
OURS = ["records", "links", "evidence", "defaults", "problems", "used", "log", "folders"]
OF_FTS5 = ["words_content", "words_data", "words_idx", "words_docsize", "words_config"]
UNNOTICED = [
    "UPDATE records SET title = 'Lies' WHERE kind = 'goal'",
    "UPDATE records SET data = replace(data, 'Noether', 'Joliot')",
    "UPDATE records SET fingerprint = 'x' WHERE kind = 'note'",
    "UPDATE records SET alias = '' WHERE alias IS NULL",
    "UPDATE records SET data = CAST(data AS BLOB) WHERE kind = 'task'",
    "UPDATE records SET checksum = 'x' WHERE kind = 'review'",
    "DELETE FROM records WHERE kind = 'note'",
    "DELETE FROM words WHERE rowid = 7",
    "UPDATE words SET body = upper(body)",
    "UPDATE words_content SET c1 = replace(c1, 'a', 'b')",
    "UPDATE words_idx SET term = x'306c' WHERE term != x''",
    "DELETE FROM words_docsize WHERE id = 7",
    "UPDATE words_config SET v = 5",
    "UPDATE defaults SET defaults = replace(defaults, 'normal', 'high')",
    "UPDATE defaults SET kind = 'goat' WHERE kind = 'goal'",
    "UPDATE folders SET names = replace(names, 't', 'u') WHERE folder = 'tasks'",
    "UPDATE folders SET names = 1.5 WHERE folder = 'tasks'",
    "UPDATE log SET seq = 'x'",
    "DELETE FROM problems",
    "CREATE TABLE more (x)",
    "DROP INDEX record_id",
]
UNREADABLE = ("g2222", "g3333")
TOUCHED = "it is not as mentorlog left it"


@pytest.fixture
def root(world: World, journal_root: Path) -> Path:
    """The rich journal, with records that cannot be read, texts of many scripts, and an index of all."""

    def fill() -> None:
        rich_journal.keep(journal_root)
        world.invoke("goal", "add", 'Noether [/b] =1+1 "x" \\ é 日本 🩺')
        for name in UNREADABLE:
            (journal_root / "goals" / f"{name}.toml").write_text("title = = 1\n")

    world.filled("rich and unreadable", fill)
    world.invoke("goal", "list")
    settle(journal_root)
    return journal_root


def settle(root: Path) -> None:
    """Have the index keep the stamp of every file, as it does when it reads them two seconds later."""
    with closing(sqlite3.connect(root / INDEX, isolation_level=None)) as db:
        for folder, one in scan.scan_all(root).items():
            db.execute("UPDATE folders SET stamps = ? WHERE folder = ? AND names = ?", (one.stamps, folder, one.names))
    seal(root)


def hashes(root: Path) -> dict[str, str]:
    """Return the sha256 of every file that can be read."""
    read = snapshot.read(root, History(Layout(root)))
    read |= {f"templates/{path.name}": path.read_bytes() for path in root.glob("templates/*.txt")}
    return {path: files.fingerprint(data) for path, data in read.items() if isinstance(data, bytes)}


def inspected(root: Path) -> Soundness:
    return Inspection(root).result(hashes(root))


def seal(root: Path) -> None:
    """Make the index one that mentorlog left: a disk that rots changes no stamp."""
    path = root / INDEX
    path.with_suffix(".seal").write_bytes(repr(files.stamp(path.lstat())).encode())


def changed(root: Path, statement: str, *values: Any) -> None:
    """Change the index unseen."""
    with closing(sqlite3.connect(root / INDEX, isolation_level=None)) as db:
        db.execute(statement, values)
    seal(root)


def held(root: Path) -> Mapping[str, list[str]]:
    """Return every row of the index, in the order of its tables."""
    with closing(sqlite3.connect(root / INDEX)) as db:
        return {table: list(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in [*OURS, *OF_FTS5]}


@pytest.mark.slow
def test_three_hundred_flipped_bits(root: Path) -> None:
    """Each is named; or else nothing has changed but bytes that nobody reads, and SQLite's own checks say so too."""
    chance, path = Random(13), root / INDEX
    data, rows, read = path.read_bytes(), held(root), hashes(root)
    seal(root)
    assert inspected(root) == SOUND
    named = 0
    for _ in range(FLIPS):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        rotten = bytearray(data)
        rotten[at] ^= bit
        path.write_bytes(rotten)
        seal(root)

        if Inspection(root).result(read).message is None:
            assert held(root) == rows, f"byte {at}, bit {bit}"
        else:
            named += 1
    path.write_bytes(data)
    seal(root)

    assert FLIPS * 0.4 < named < FLIPS
    assert inspected(root) == SOUND


@pytest.mark.parametrize("text", ["Noether", "日本", "active", "kept"])
def test_a_letter_of_a_record(root: Path, text: str) -> None:
    """A bit that flips in a letter is named wherever the letter stands, with its record where it is a row's."""
    path = root / INDEX
    data = path.read_bytes()
    found = [at.start() for at in re.finditer(re.escape(text.encode()), data)]
    for at in found:
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        seal(root)
        state = inspected(root)

        assert state.message, f"{text} at {at}"
        assert state.message.startswith("the index is damaged")
        assert not state.heals
    assert found


def test_rows_that_were_not_written_so(root: Path) -> None:
    """Whatever SQLite itself would never notice is named."""
    data = (root / INDEX).read_bytes()
    for statement in UNNOTICED:
        (root / INDEX).write_bytes(data)
        changed(root, statement)
        state = inspected(root)

        assert state.message, statement
        assert state.message.startswith("the index is damaged"), statement


def test_the_entries_of_the_search() -> None:
    """A bit that flips in the way to a page of words is noticed, or changes no answer; in the midst of a merge, too."""
    chance = Random(3)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(TABLES)
        for _ in range(5):
            text = (" ".join("".join(chance.choices("abcdefghij", k=5)) for _ in range(60)) for _ in range(150))
            with transaction(db):
                db.executemany("INSERT INTO words VALUES ('', ?, '', '', '')", ((one,) for one in text))
        db.execute("INSERT INTO words (words, rank) VALUES ('merge', 12)")
        entries = db.execute("SELECT segid, term, pgno FROM words_idx").fetchall()
        data, wanted = db.serialize(), answers(db)
        assert leads_to_every_word(db)
        assert any(page >> 1 == 1 for _, _, page in entries)
        assert db.execute("SELECT min(id & 0xffff) FROM words_data WHERE id >> 37 = 1").fetchone()[0] > 1
    for segment, term, page in chance.choices([one for one in entries if one[1]], k=150):
        rotten = bytearray(term)
        rotten[chance.randrange(1, len(term))] ^= 1 << chance.randrange(8)
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
            db.deserialize(data)
            with suppress(sqlite3.IntegrityError):
                values = rotten, page ^ chance.choice([0, 2, 4, 1024]), segment, term
                db.execute("UPDATE words_idx SET term = ?, pgno = ? WHERE segid = ? AND term = ?", values)
                with suppress(sqlite3.DatabaseError):
                    db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
                    assert not leads_to_every_word(db) or answers(db) == wanted, (segment, term, rotten)


def answers(db: sqlite3.Connection) -> list[Any]:
    """Return what a search finds, for many words and their beginnings."""
    words = ["".join(letters) for letters in product("abcdefghij", repeat=3)]
    return [db.execute("SELECT rowid FROM words WHERE words MATCH ?", (f'"{word}" *',)).fetchall() for word in words]


def test_what_has_no_checksum_is_in_an_index_too() -> None:
    """SQLite compares every column of these tables with a second copy of it."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(TABLES)
        for table in ("links", "evidence", "problems", "used"):
            names = [row[1] for row in db.execute(f"PRAGMA index_list({table})")]
            indexed = {row[2] for name in names for row in db.execute(f"PRAGMA index_info({name})")}
            columns = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}

            assert columns == indexed, table


def as_it_is(world: World, root: Path) -> None:
    """Nothing."""


def with_changes(world: World, root: Path) -> None:
    """Changes of a moment ago, the last one undone."""
    for words in (("goal", "add", "Teach"), ("set", "osler", "email=o@example.org"), ("undo", "--yes")):
        assert world.invoke(*words).exit == 0


def without_index(world: World, root: Path) -> None:
    """Made anew by a list."""
    for path in (root / ".mentorlog").glob("index*"):
        path.unlink()
    world.invoke("task", "list")


def deleted(world: World, root: Path) -> None:
    """A record was deleted, and another one by hand."""
    assert world.invoke("delete", "osler", "--yes").exit == 0
    next(iter(root.glob("notes/*.toml"))).unlink()
    world.invoke("note", "list")


def no_folder(world: World, root: Path) -> None:
    """In the place of a folder of records is a file."""
    for path in (root / "reviews").glob("*"):
        path.unlink()
    (root / "reviews").rmdir()
    (root / "reviews").write_text("")
    world.invoke("goal", "list")


def strange_names(world: World, root: Path) -> None:
    """Names that are no text, and a file that the cloud keeps."""
    Path(os.fsdecode(os.fsencode(root) + b"/goals/\xff.toml")).write_bytes(b"")
    (root / "goals" / "日本.toml").write_text("title = 1\n")
    (root / "goals" / ".g7k3q.toml.icloud").write_text("")
    world.invoke("goal", "list")


def imported(world: World, root: Path) -> None:
    """All records can be read; some come from a file, one has a new stamp, and there is a template."""
    for name in UNREADABLE:
        (root / "goals" / f"{name}.toml").unlink()
    assert world.invoke("export", "json", "-o", str(root.parent / "all.json")).exit == 0
    for path in root.glob("tasks/*.toml"):
        path.unlink()
    assert world.invoke("import", "json", str(root.parent / "all.json")).exit == 0
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / "agenda.txt").write_text("Subject: Agenda\n\nDear {mentor}\n")
    os.utime(next(iter(root.glob("notes/*.toml"))))


STATES: list[Callable[[World, Path], None]] = [
    as_it_is, with_changes, without_index, deleted, no_folder, strange_names, imported
]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("age", ["young", "old"])
def test_a_sound_index(world: World, root: Path, state: Callable[[World, Path], None], age: str) -> None:
    """Nothing is said of an index that is as it was written."""
    state(world, root)
    if age == "old":
        settle(root)

    assert inspected(root) == SOUND


def test_an_index_that_is_behind(world: World, root: Path) -> None:
    """A file that an editor changed, and one that was deleted, are no damage."""
    goal, note = next(iter(root.glob("goals/g*.toml"))), next(iter(root.glob("notes/*.toml")))
    goal.write_bytes(goal.read_bytes() + b"# by hand\n")
    note.unlink()

    assert inspected(root) == Soundness("2 files changed since the index was written")
    world.invoke("goal", "list")
    assert inspected(root) == SOUND


@pytest.mark.parametrize("name", ["index.sqlite-wal", "index.sqlite-journal", "index.seal"])
def test_an_index_that_the_next_command_makes_anew(world: World, root: Path, name: str) -> None:
    """What a killed command or another program leaves is named as that."""
    (root / ".mentorlog" / name).write_bytes(b"x" * 600)

    assert inspected(root) == Soundness(TOUCHED)
    world.invoke("goal", "list")
    assert inspected(root) == SOUND


def test_another_version_and_none(root: Path) -> None:
    """The index of another version, rubbish and a missing index are what they are."""
    changed(root, "PRAGMA user_version = 7")
    assert inspected(root) == Soundness("the index was made by another version of mentorlog")
    (root / INDEX).write_bytes(b"rubbish")
    seal(root)
    assert inspected(root) == Soundness("the index is damaged", heals=False)
    (root / INDEX).unlink()
    assert inspected(root) == Soundness("there is no index yet")


def test_a_file_that_changed_without_a_new_stamp(root: Path) -> None:
    """Rows as they were written, but another file: its own bytes have rotted, and the index still answers."""
    path = next(iter(root.glob("tasks/*.toml")))
    path.write_bytes(path.read_bytes().replace(b"e", b"a", 1))
    settle(root)

    assert inspected(root) == Soundness(None, silent=(f"tasks/{path.name}",))


def test_an_index_that_is_written_meanwhile(world: World, root: Path) -> None:
    """What was seen before another command wrote the index is looked at again."""
    inspection = Inspection(root)
    world.invoke("goal", "add", "Teach")

    assert inspection.result(hashes(root)) == SOUND


def test_a_rotten_index_is_discarded(world: World, root: Path) -> None:
    """The next list would not notice; doctor --fix does, and all answers are those of the files again."""
    wanted = world.invoke("goal", "list", "--all", "--json").out
    changed(root, "UPDATE records SET data = replace(data, 'Noether', 'Joliot')")
    assert world.invoke("goal", "list", "--all", "--json").out != wanted

    assert "Rebuilt the index." in world.invoke("doctor", "--fix").out
    assert world.invoke("goal", "list", "--all", "--json").out == wanted
    assert inspected(root) == SOUND


def test_a_folder_that_cannot_be_listed(world: World, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops neither the check of the index nor the other repairs."""

    class Refusing(syscalls.Calls):
        @staticmethod
        def listdir(folder: Path) -> list[str]:
            if folder == root / "notes":
                raise PermissionError(errno.EACCES, "Permission denied")
            return syscalls.Calls.listdir(folder)

    changed(root, "UPDATE records SET data = replace(data, 'Noether', 'Joliot')")
    monkeypatch.setattr(syscalls, "calls", Refusing())

    assert "Rebuilt the index." in world.invoke("doctor", "--fix").out
