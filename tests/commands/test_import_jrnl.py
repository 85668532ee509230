"""`import jrnl`: the entries of a diary become notes as one change, and what was edited here stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran, World

JOURNAL = Path(__file__).parents[1] / "data" / "imports" / "jrnl-4.6.txt"

Invoke = Callable[..., Ran]


@pytest.fixture
def file(world: World, invoke: Invoke) -> Path:
    """The sample as the file of a journal, and two of the three mentors that it names."""
    for name in ("William Osler", "Marie Curie"):
        invoke("mentor", "add", name)
    path = world.work / "journal.txt"
    path.write_bytes(JOURNAL.read_bytes())
    return path


def test_a_dry_run_shows_every_note(file: Path, invoke: Invoke) -> None:
    """Each with its day and its mentors, and above them the tags that are nobody's; nothing changes."""
    assert invoke("import", "jrnl", str(file), "--dry-run").out == (
        "These match no single mentor and become tags: @research, @roentgen.\n"
        "Would import 4 notes.\n"
        "  new       First talk with @curie. (Tue 11 Aug 2026, with Marie Curie)\n"
        "  new       Met @osler, half an hour. Annals first. (Fri 23 Oct 2026, with William Osler)\n"
        "  new       Ten films in a row, none missed. @roentgen shook my hand. (Tue 17 Nov 2026)\n"
        "  new       The protocol frightens me more than the case report did. (Sat 21 Nov 2026)\n"
    )
    assert invoke("note", "list", "--json").data == []


def test_an_import_is_one_change(file: Path, invoke: Invoke, journal_root: Path) -> None:
    """Private notes of their days; the second import finds them; one undo takes all of it back, to the bytes."""

    def files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in journal_root.glob("*/*.toml")}

    before = files()
    assert invoke("import", "jrnl", str(file)).out.splitlines()[-1] == "Imported 4 notes from jrnl."
    notes = invoke("note", "list", "--json").data
    assert {(note["kind"], note["visibility"], note["status"]) for note in notes} == {("note", "private", "closed")}
    assert [note["mentors"] for note in notes if note["on"] == "2026-10-23"] == [["osler"]]
    assert invoke("import", "jrnl", str(file)).out.splitlines()[-1] == "Nothing to import; 4 notes already exist."

    assert "import: 4 records from jrnl" in invoke("undo").out
    assert files() == before


def test_what_was_edited_here_stays(file: Path, invoke: Invoke) -> None:
    """An entry that changed in jrnl is listed; --replace takes its text and leaves the kind and who may see it."""
    invoke("import", "jrnl", str(file), "--kind", "reflection")
    note = next(one for one in invoke("note", "list", "--json").data if one["on"] == "2026-11-17")
    assert note["kind"] == "reflection"
    invoke("set", note["id"], "kind=win", "visibility=mentor")
    assert invoke("import", "jrnl", str(file), "--json").data["differs"] == []

    file.write_text(file.read_text().replace("shook my hand", "shook my hand twice"))
    differs = invoke("import", "jrnl", str(file), "--json").data["differs"]
    assert differs == [{"id": note["id"], "source": note["source"], "fields": ["text"]}]
    assert invoke("import", "jrnl", str(file), "--replace", "--json").data["replaced"] == [note["id"]]
    (now,) = (one for one in invoke("note", "list", "--json").data if one["id"] == note["id"])
    assert now == note | {
        "text": "Ten films in a row, none missed. @roentgen shook my hand twice.",
        "kind": "win",
        "visibility": "mentor",
    }


def test_a_mentor_who_came_later_is_found(file: Path, invoke: Invoke) -> None:
    """A tag that has become a mentor's name is listed, and taken with --replace."""
    invoke("import", "jrnl", str(file))
    invoke("mentor", "add", "Wilhelm Röntgen")
    (differs,) = invoke("import", "jrnl", str(file), "--json").data["differs"]
    assert differs["fields"] == ["mentors", "tags"]
    invoke("import", "jrnl", str(file), "--replace")
    (note,) = (one for one in invoke("note", "list", "--json").data if one["id"] == differs["id"])
    assert (note["mentors"], note["tags"]) == (["rontgen"], ["starred"])
