"""A journal of a later version: this one reads what it can, names what it cannot, and changes nothing of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from keep_journal import KEPT, copy, kept_files
from mentorlog.store.oplog.operation import VERSION
from world import Ran, World

Invoke = Callable[..., Ran]
LAST = ".mentorlog/operations/000141.json"
CHANGES = (
    ["set", "osler", "phone=1"],
    ["goal", "add", "X"],
    ["delete", "curie", "--yes"],
    ["forget", "curie", "--yes"],
    ["undo"],
    ["undo", "--no", "1"],
    ["redo"],
    ["doctor", "--fix"],
    ["template", "edit", "recap", "--file", "-"],
    ["review", "--answers", "-"],
)
WHOLE = (
    ["export", "json"],
    ["export", "markdown"],
    ["export", "csv", "goals"],
    ["export", "ics"],
    ["backup", "make", "backup.tar"],
)


@pytest.fixture
def later(world: World) -> Path:
    """A journal that a later version is about to have changed."""
    copy(KEPT / "before-chain", world.journal)
    return world.journal


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the data of an operation's file."""
    data = json.loads(path.read_bytes())
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def contents(root: Path) -> dict[str, bytes]:
    """Return the bytes of the journal's files."""
    return {str(path.relative_to(root)): path.read_bytes() for path in kept_files(root)}


def refuse_everything(root: Path, world: World, why: str) -> None:
    """Every change and every complete document is refused for one reason, and nothing is written."""
    before = contents(root)
    for words in (*CHANGES, *WHOLE):
        ran = world.invoke(*words, stdin='worked = "It"\n')
        assert (ran.exit, why in ran.out + ran.err) == (3, True), f"{words}: {ran}"
    assert contents(root) == before


def test_a_later_format(later: Path, world: World) -> None:
    """Lists are shown and name journal.toml; whatever changes the journal or claims to be all of it is refused."""
    file = later / "journal.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("format = 1", "format = 2"), encoding="utf-8")

    refuse_everything(later, world, "its format 2 is from a newer version of mentorlog; this one reads formats up to 1")
    for words in (["goal", "list"], ["show", "osler"], ["status"]):
        ran = world.invoke(*words)
        assert (ran.exit, ran.err) == (0, "1 file cannot be read (run: mentorlog doctor): journal.toml\n"), words


def test_a_change_that_a_later_version_did_not_finish(later: Path, world: World) -> None:
    """What may be half of it is shown and named; only the later version can finish it, and doctor says so."""
    pending = later / ".mentorlog" / "pending.json"
    pending.write_bytes((later / LAST).read_bytes())
    pending.chmod(0o600)
    edit(pending, lambda data: data.update(version=VERSION + 1, seq=142))

    refuse_everything(later, world, "newer version of mentorlog")
    named = "1 file cannot be read (run: mentorlog doctor): .mentorlog/pending.json\n"
    assert [world.invoke(*words).err for words in (["goal", "list"], ["show", "osler"], ["status"])] == [named] * 3
    assert "left a change unfinished; finish it with that version" in world.invoke("doctor").out
    assert pending.exists()


def test_operations_of_a_later_version(later: Path, world: World) -> None:
    """They are named and left alone; undo stops at one, changes go on after it, and nothing can be erased for good."""
    for seq in ("000141", "000100"):
        edit(later / f".mentorlog/operations/{seq}.json", lambda data: data.update(version=VERSION + 1))
    before = contents(later)
    wrote = "it was written by a newer version of mentorlog"

    assert f"{LAST} cannot be read: {wrote}" in world.invoke("undo").err
    assert LAST in world.invoke("history", "--limit", "1").err
    assert world.invoke("doctor").out.count(f"{wrote}; upgrade mentorlog") == 2
    refused = world.invoke("forget", "curie", "--yes")
    assert (refused.exit, refused.err.partition("\n")[0]) == (
        3,
        "error: A newer version of mentorlog wrote part of the log.",
    )
    assert contents(later) == before
    assert (world.invoke("set", "osler", "phone=1").exit, world.invoke("undo").exit) == (0, 0)
    assert before.items() <= contents(later).items()


def test_records_of_a_later_version(later: Path, world: World) -> None:
    """Unknown keys stay; a word that no list has makes a record unreadable: no change touches it, doctor says why."""
    profile, note = later / "profile.toml", next(later.glob("notes/*-a-pearl-*"))
    profile.write_text(profile.read_text(encoding="utf-8").replace('stage = "', 'mood = "calm"\nstage = "', 1))
    note.write_text(note.read_text(encoding="utf-8").replace('kind = "pearl"', 'kind = "gem"'))
    before = contents(later)

    assert world.invoke("profile", "set", "stage=staff").exit == 0
    assert "mood" in profile.read_text(encoding="utf-8")
    assert note.name in world.invoke("note", "list").err
    assert "Unknown kind 'gem'" in world.invoke("export", "json").err
    assert "Unknown kind 'gem'" in world.invoke("note", "tell", note.name[:5], "osler").err
    assert "if a newer version of mentorlog wrote it, upgrade mentorlog" in world.invoke("doctor", "--fix").out
    assert contents(later)[f"notes/{note.name}"] == before[f"notes/{note.name}"]


def test_an_export_of_a_later_version(later: Path, world: World) -> None:
    """It is called what it is, whatever else is new in it, and nothing is imported."""
    exported = json.loads(world.invoke("export", "json").out)
    exported["data"] |= {"journal": {"format": 2, "id": "0"}, "machines": [], "records": [{"record": "paper"}]}
    before = contents(later)

    ran = world.invoke("import", "json", "-", stdin=json.dumps(exported))

    wrong = "The export is of a journal that a newer version of mentorlog writes."
    assert (ran.exit, ran.err) == (1, f"error: {wrong}\nhint: import it with that version\n")
    assert contents(later) == before


def test_a_folder_of_a_later_kind(later: Path, world: World) -> None:
    """Doctor names it and leaves it; a folder of the resident's own files is none."""
    for path in ("papers/pzzzz-x.toml", "pictures/grand-rounds.png"):
        (later / path).parent.mkdir()
        (later / path).write_text('id = "pzzzz"\n')

    said = world.invoke("doctor", "--fix").out

    assert "warning papers: it holds no records and is ignored; if a newer version of mentorlog made it" in said
    assert "pictures" not in said
    assert (later / "papers/pzzzz-x.toml").exists()
