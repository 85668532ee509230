"""The files of a folder are found as they lie there; links are never followed, and too many are said."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from mentorlog.errors import DiskFailure, MentorlogError
from mentorlog.input import documents
from mentorlog.input.documents import Listing, contents, find

ENDINGS, HINT = (".md", ".markdown"), "pass Markdown files"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder `notes` in the current one."""
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "notes"
    made.mkdir()
    return made


def write(folder: Path, *paths: str) -> None:
    """Write a file at each of the paths."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)


def named(listing: Listing) -> list[str]:
    """The paths of what was found."""
    return [place.path for place in listing.places]


def test_a_folder(folder: Path) -> None:
    """Files of the endings come in the order of their names, those of inner folders after them; others are counted."""
    write(folder, "b.md", "a.MD", "c.markdown", "scan.pdf", "plain", "in/z.md", "in/deep/y.md", "in/x.png", "a b/é.md")
    listing = find(["notes"], ENDINGS, HINT)

    assert named(listing) == ["a.MD", "b.md", "c.markdown", "a b/é.md", "in/z.md", "in/deep/y.md"]
    assert [place.shown for place in listing.places][-1] == "notes/in/deep/y.md"
    assert listing.left_out == {"others": 3}
    assert find([str(folder)], ENDINGS, HINT).places[0].path == "a.MD"


def test_what_is_hidden(folder: Path) -> None:
    """Hidden files and folders are left out with all that is in them, and what iCloud has not brought is named."""
    write(folder, ".obsidian/a.md", ".git/b.md", ".trash/c.md", "._d.md", ".e.md.icloud", "f.md")

    assert find(["notes"], ENDINGS, HINT) == find(["notes/f.md"], ENDINGS, HINT).but(
        left_out={"hidden": 4, "elsewhere": 1}
    )


def test_links(folder: Path) -> None:
    """A link to a file, to a folder, to nowhere or in a loop is counted and not followed; one that is named is."""
    write(folder, "a.md", "in/b.md")
    (folder / "link.md").symlink_to("a.md")
    (folder / "nowhere.md").symlink_to("none")
    (folder / "in" / "loop").symlink_to("..")
    (folder.parent / "vault").symlink_to("notes")

    assert named(find(["notes"], ENDINGS, HINT)) == ["a.md", "in/b.md"]
    assert find(["notes"], ENDINGS, HINT).left_out == {"links": 3}
    assert named(find(["vault"], ENDINGS, HINT)) == ["a.md", "in/b.md"]
    assert named(find(["notes/link.md"], ENDINGS, HINT)) == ["link.md"]


def test_one_file_named_twice(folder: Path) -> None:
    """A file that several arguments reach is one file; a named one needs no ending."""
    write(folder, "a.md", "in/b.md", "c.txt")

    assert named(find(["notes", "notes/a.md", "notes/in", "notes/../notes"], ENDINGS, HINT)) == ["a.md", "in/b.md"]
    assert named(find(["notes/c.txt"], ENDINGS, HINT)) == ["c.txt"]


def test_pipes_and_sockets(folder: Path) -> None:
    """A pipe or socket in a folder is counted and never opened; one that is named is refused."""
    os.mkfifo(folder / "pipe.md")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("notes/socket.md")

    assert find(["notes"], ENDINGS, HINT) == Listing((), {"others": 2})
    with pytest.raises(MentorlogError, match=r"notes/pipe\.md is not a file or folder"):
        find(["notes/pipe.md"], ENDINGS, HINT)


def test_names_of_any_bytes(folder: Path) -> None:
    """A name that is not UTF-8 is read and shown with escapes."""
    try:
        (folder / os.fsdecode(b"a\xff.md")).write_text("Text")
    except OSError:
        pytest.skip("this file system takes only names in Unicode")
    listing = find(["notes"], ENDINGS, HINT)

    assert named(listing) == ["a\\xff.md"]
    assert [data for _, data in contents(listing.places, 100, 100, lambda done, total: None)] == [b"Text"]


@pytest.mark.parametrize("text", ["none", "none/a.md", "notes/a.md/b", ""])
def test_nothing_there(folder: Path, text: str) -> None:
    """A name of nothing is named, with the hint."""
    write(folder, "a.md")
    with pytest.raises(MentorlogError) as error:
        find([text], ENDINGS, HINT)
    assert error.value.hint == HINT


def test_a_link_to_itself(folder: Path) -> None:
    """A link to itself is an error that says so, not a crash."""
    (folder / "a.md").symlink_to("a.md")
    with pytest.raises(MentorlogError, match="Cannot read"):
        find(["notes/a.md"], ENDINGS, HINT)


def test_too_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of very many files is refused when the limit is reached, with the limit."""
    write(folder, *(f"{number}.md" for number in range(12)), *(f"{number}.pdf" for number in range(10)))
    monkeypatch.setattr(documents, "MOST_ENTRIES", 20)
    with pytest.raises(MentorlogError, match=r"^notes has more than 20 files\.$"):
        find(["notes"], ENDINGS, HINT)
    monkeypatch.setattr(documents, "MOST_ENTRIES", 100)
    monkeypatch.setattr(documents, "MOST_FILES", 11)
    with pytest.raises(MentorlogError, match=r"more than 11 files to import"):
        find(["notes"], ENDINGS, HINT)


def test_contents(folder: Path) -> None:
    """A large file is read one byte beyond its limit; too much together is refused; many files show a bar."""
    write(folder, *(f"{number:03}.md" for number in range(100)))
    (folder / "000.md").write_bytes(b"x" * 50)
    (folder / "050.md").unlink()
    places, seen = find(["notes"], ENDINGS, HINT).places, list[tuple[int, int]]()
    write(folder, "050.md")
    places = (*places, places[0].but(full=folder / "050.md"))

    read = list(contents(places, 20, 10_000, lambda done, total: seen.append((done, total))))
    assert read[0][1] == b"x" * 21 and read[1] == (places[1], b"001.md")
    assert seen == [(20, 100), (40, 100), (60, 100), (80, 100), (100, 100)]
    with pytest.raises(MentorlogError, match="more than 0 MiB"):
        list(contents(places, 20, 30, lambda done, total: None))
    (folder / "001.md").unlink()
    with pytest.raises(DiskFailure, match="Cannot read"):
        list(contents(places, 20, 10_000, lambda done, total: None))
