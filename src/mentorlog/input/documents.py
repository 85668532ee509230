"""The files of a folder that the user names, found without following links, in the order of their paths."""

from __future__ import annotations

import os
import stat as modes
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from mentorlog import places
from mentorlog.errors import MentorlogError
from mentorlog.store.disk.os_errors import disk_failure
from mentorlog.values import Value

MOST_FILES = 10_000
MOST_ENTRIES = 100_000
"""How many files are read, and how many names in folders are looked at."""

_STEP = 20  # files between two reports of progress
_MANY = 100

Progress = Callable[[int, int], None]


class Place(Value):
    """A file that was found: its path below the folder, with `/`; its path as the user knows it; where it is."""

    path: str
    shown: str
    full: Path


class Listing(Value):
    """The files of some endings, and how many others there are: `hidden`, `links`, `elsewhere` or `others`."""

    places: tuple[Place, ...]
    left_out: Mapping[str, int]


def find(named: Sequence[str], endings: Collection[str], hint: str) -> Listing:
    """Return the files with these names, and those with an ending in the folders with these names.

    Hidden files and folders are left out, and links, so that there are no loops; a file that is named may be a link.
    """
    found, left_out = dict[str, Place](), Counter[str]()
    for text in named:
        full = places.full(text, "The name of the file or folder", hint)
        mode = _mode(full, text, hint)
        if modes.S_ISDIR(mode):
            for place in _below(full, text, endings, left_out):
                found.setdefault(os.path.realpath(place.full), place)
        elif modes.S_ISREG(mode):
            found.setdefault(os.path.realpath(full), Place(_text(full.name), _text(text), full))
        else:
            raise MentorlogError(f"{text} is not a file or folder.", hint)
        if len(found) > MOST_FILES:
            raise MentorlogError(f"There are more than {MOST_FILES:,} files to import.", "import one folder at a time")
    return Listing(tuple(found.values()), left_out)


def contents(places: Sequence[Place], limit: int, most: int, progress: Progress) -> Iterator[tuple[Place, bytes]]:
    """Yield the files with their bytes, of a larger one those up to the limit and one more; all at most `most`."""
    total = 0
    for count, place in enumerate(places, 1):
        try:
            with place.full.open("rb") as opened:
                data = opened.read(limit + 1)
        except OSError as error:
            raise disk_failure(error, place.full, "read") from error
        total += len(data)
        if total > most:
            raise MentorlogError(f"The files have more than {most >> 20} MiB.", "import one folder at a time")
        if len(places) >= _MANY and (count % _STEP == 0 or count == len(places)):
            progress(count, len(places))
        yield place, data


def _mode(full: Path, text: str, hint: str) -> int:
    try:
        return full.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise MentorlogError(f"File or folder not found: {text}", hint) from None
    except OSError as error:
        raise disk_failure(error, full, "read") from error


def _below(root: Path, text: str, endings: Collection[str], left_out: Counter[str]) -> Iterator[Place]:
    """Yield the files below a folder, and count what is left out."""
    seen, folders = 0, [""]
    while folders:
        folder = folders.pop()
        inner = []
        for entry in _entries(root / folder):
            seen += 1
            if seen > MOST_ENTRIES:
                raise MentorlogError(f"{text} has more than {MOST_ENTRIES:,} files.", "import a folder in it")
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith("."):
                left_out["elsewhere" if entry.name.endswith(".icloud") else "hidden"] += 1
            elif entry.is_symlink():
                left_out["links"] += 1
            elif entry.is_dir(follow_symlinks=False):
                inner.append(path)
            elif entry.is_file(follow_symlinks=False) and entry.name.lower().endswith(tuple(endings)):
                yield Place(_text(path), _text(os.path.join(text, path)), root / path)  # noqa: PTH118
            else:
                left_out["others"] += 1
        folders += reversed(inner)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            few = [entry for entry, _ in zip(entries, range(MOST_ENTRIES + 1), strict=False)]
    except OSError as error:
        raise disk_failure(error, folder, "list") from error
    return sorted(few, key=lambda entry: entry.name)


def _text(path: str) -> str:
    """Return a path as text, with undecodable bytes escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
