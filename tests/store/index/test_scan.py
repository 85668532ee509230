"""A look at a folder: which names are records, and that each has its own stamp."""

from __future__ import annotations

import os
from array import array
from pathlib import Path

import pytest

from mentorlog.store.index.scan import EMPTY, NOT_A_DIRECTORY, scan

OTHERS = ("notes.txt", "a.toml~", ".b.toml", ".toml", "c.toml.bak", "d.TOML", "toml", "e.tom")


@pytest.mark.parametrize("others", [(), *((name,) for name in OTHERS), OTHERS], ids=" ".join)
def test_records_are_the_visible_toml_files(tmp_path: Path, others: tuple[str, ...]) -> None:
    """Whatever else lies in a folder, the names that end in .toml and do not begin with a dot are listed in order."""
    for name in ("t9k3w-b.toml", "t4m2x-a.toml", "-.toml", *others):
        (tmp_path / name).write_text("x")

    listing = scan(tmp_path)

    assert listing.names == b"-.toml\0t4m2x-a.toml\0t9k3w-b.toml"
    assert len(list(listing.stamped())) == 3


def test_a_stamp_is_four_numbers(tmp_path: Path) -> None:
    """The times, the size and the inode of each file, as the disk says them."""
    for name in ("t4m2x.toml", "t9k3w.toml"):
        (tmp_path / name).write_text(name * 3)

    for name, stamp in scan(tmp_path).stamped():
        seen = os.lstat(tmp_path / name)
        assert list(array("q", stamp)) == [seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino]


def test_what_is_no_folder_holds_no_records(tmp_path: Path) -> None:
    """An empty folder and none are alike; a file or a link in its place is strange."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "readme.md").write_text("x")

    assert scan(tmp_path / "notes") == scan(tmp_path / "nothing") == EMPTY
    assert scan(tmp_path / "file") == scan(tmp_path / "link") == NOT_A_DIRECTORY
