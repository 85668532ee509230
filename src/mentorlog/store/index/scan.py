"""Scan of the journal's folders: names and stamps, compared with what the index last saw."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR
from struct import Struct
from struct import error as StructError

from mentorlog.store.disk import syscalls
from mentorlog.store.layout import FOLDERS, JOURNAL, PROFILE, placeholder_of, placeholders
from mentorlog.values import Value

RACY_NS = 2_000_000_000
NO_STAMP = bytes(32)
_PACKED = Struct("3qQ").pack
_HALF = 2**63
_STRANGE = (" ", "(", "conflict")


class DirectoryState(Value):
    """The record files of one folder: names, separated by NUL, and a stamp of four numbers for each."""

    names: bytes
    stamps: bytes

    def stamped(self) -> Iterator[tuple[str, bytes]]:
        """Yield every name with the 32 bytes of its stamp."""
        if self.names:
            names = self.names.decode("utf-8", "surrogateescape").split("\0")
            yield from zip(names, (self.stamps[i : i + 32] for i in range(0, len(self.stamps), 32)), strict=False)

    def with_stamps(self, changes: Mapping[str, bytes | None]) -> DirectoryState:
        """Return the listing with these stamps; None removes a name."""
        stamps = {name: stamp for name, stamp in {**dict(self.stamped()), **changes}.items() if stamp is not None}
        names = sorted(stamps)
        joined = "\0".join(names).encode("utf-8", "surrogateescape")
        return DirectoryState(joined, b"".join(stamps[name] for name in names))


EMPTY = DirectoryState(b"", b"")
NOT_A_DIRECTORY = DirectoryState(b"", NO_STAMP)
"""Something other than a folder in its place (a link, a file): not read, and not treated as empty."""


def scan(folder: Path) -> DirectoryState:
    """List the record files of a folder with one stat each; EMPTY if missing, NOT_A_DIRECTORY for anything else."""
    # The hottest loop: a DirEntry costs more, and so does an array or a list of all numbers.
    try:
        if not S_ISDIR(syscalls.calls.lstat(folder).st_mode):
            return NOT_A_DIRECTORY
        listed = syscalls.calls.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return EMPTY
    names = [name for name in listed if name[-5:] == ".toml" and name[0] != "."]
    if len(names) < len(listed):
        names += placeholders(listed)
    names.sort()
    within = f"{folder}{os.sep}"
    try:
        looks = map(syscalls.calls.lstat, [within + name for name in names])
        stamps = [_PACKED(seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino) for seen in looks]
    except FileNotFoundError:
        return scan(folder)  # a file was deleted after the folder was listed
    except StructError:  # a time after the year 2262
        stamps = [_stamp(syscalls.calls.lstat(within + name)) for name in names]
    joined = "\0".join(names)
    if may_be_copy(joined):
        stamps = _with_copies(names, stamps)
    return DirectoryState(joined.encode("utf-8", "surrogateescape"), b"".join(stamps))


def may_be_copy(name: str) -> bool:
    """Return whether a name, or one of several, has what every copy of a sync program has in its name."""
    return any(mark in name for mark in _STRANGE)


def _with_copies(names: list[str], stamps: list[bytes]) -> list[bytes]:
    """Return the stamps, other ones for copies beside their originals: what they are depends on both files."""
    from mentorlog.store import copies

    found = copies.among(names)
    marked = zip(names, stamps, strict=True)
    return [bytes([*stamp[:-1], stamp[-1] ^ 0x80]) if name in found else stamp for name, stamp in marked]


def _stamp(seen: os.stat_result) -> bytes:
    """Return the 32 bytes of a stamp; of a number beyond 64 bits only the lower ones."""
    times = (((number + _HALF) % (2 * _HALF)) - _HALF for number in (seen.st_mtime_ns, seen.st_ctime_ns))
    return _PACKED(*times, seen.st_size, seen.st_ino)


def scan_root(root: Path) -> DirectoryState:
    """List the two files in the root folder of the journal, or what stands for them."""
    stamps: dict[str, bytes | None] = {}
    for name in (JOURNAL, PROFILE):
        with suppress(FileNotFoundError, NotADirectoryError):
            stamps[name] = _stamp(syscalls.calls.lstat(root / name))
    for name in placeholders_in(root, stamps):
        with suppress(FileNotFoundError):
            stamps[name] = _stamp(syscalls.calls.lstat(root / name))
    return EMPTY.with_stamps(stamps)


def placeholders_in(root: Path, known: Collection[str] = ()) -> list[str]:
    """Return what stands for profile.toml and journal.toml in the root folder, where they are not there (or known)."""
    missing = {JOURNAL, PROFILE}.difference(known)
    if not missing:
        return []
    try:
        names = syscalls.calls.listdir(root)
    except OSError:
        return []
    return [name for name in placeholders(names) if placeholder_of(name) in missing]


def scan_all(root: Path) -> dict[str, DirectoryState]:
    """List the record files of every folder of a journal; the root folder is ""."""
    return {"": scan_root(root), **{folder: scan(root / folder) for folder in FOLDERS.values()}}


def differences(old: DirectoryState, new: DirectoryState) -> tuple[list[str], list[str]]:
    """Return the names that are new or changed, and those that were deleted."""
    before, after = dict(old.stamped()), dict(new.stamped())
    changed = [name for name, stamp in after.items() if before.get(name) != stamp]
    return changed, [name for name in before if name not in after]


def without_racy(listing: DirectoryState, now_ns: int) -> DirectoryState:
    """Return the listing to store: a file younger than two seconds gets no stamp, so it is read again."""
    numbers, stamps = memoryview(listing.stamps).cast("q"), bytearray(listing.stamps)
    racy = [place for place in range(0, len(numbers), 4) if max(numbers[place], numbers[place + 1]) > now_ns - RACY_NS]
    for place in racy:
        stamps[8 * place : 8 * place + 32] = NO_STAMP
    return listing.but(stamps=bytes(stamps)) if racy else listing
