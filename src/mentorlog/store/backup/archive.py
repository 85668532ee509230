"""A backup as the bytes of one tar, and back: written in one way, and nothing else is read.

It is a POSIX tar, which `tar` unpacks and `sha256sum -c SHA256SUMS` checks. Reading it compares every header and every
padding with what would have been written, so that no bit of it can change unseen, and a link, a device or a second
name is no case of its own. The tarfile of Python ignores padding and much of the headers, and would bind old backups to
how a version of Python writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from mentorlog.domain.backups import Backup, Manifest
from mentorlog.errors import MentorlogError, shortened
from mentorlog.store.backup import manifest as manifests
from mentorlog.store.disk import files
from mentorlog.store.layout import (
    JOURNAL,
    KINDS,
    OPERATIONS,
    PROFILE,
    TEMPLATES,
    operation_number,
    operation_path,
)
from mentorlog.store.oplog import operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.snapshot import Progress


SUMS = "SHA256SUMS"
BLOCK = 512
END = 2 * BLOCK
"""How many zeros are the end of a tar."""

_FIELDS = re.compile(rb"(.{100})0000600\0(?:0000000\0){2}([0-7]{11})\0([0-7]{11})\0([0-7]{6})\0 (.)", re.DOTALL)
_SUM = slice(148, 156)
_PLAIN = re.compile(r"[^\x00-\x1f\x7f\\\ud800-\udfff]+")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_LONGEST_PAX = 1024
_STEP = 500  # files between two reports of progress
_LONG = b"x"
_FILE = b"0"
_TYPES = {
    b"1": "a hard link",
    b"2": "a symbolic link",
    b"3": "a device",
    b"4": "a device",
    b"5": "a folder",
    b"6": "a named pipe",
    b"S": "a sparse file",
    **dict.fromkeys((b"L", b"K", b"g", _LONG), "an extended header"),
}
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"7z\xbc\xaf")
_LIMITS = {manifests.NAME: manifests.LIMIT, SUMS: 128 * 1024 * 1024}


class BadBackup(MentorlogError):
    """A file that is not a backup, is damaged, or holds what no backup of ours holds."""

    usual_hint = "use another backup"


# Writing


def pack(manifest: Manifest, contents: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield the tar of a manifest and files by path: the same bytes for the same files, whatever their order."""
    first, seconds = manifests.encoded(manifest), manifests.seconds(manifest)
    paths = sorted(contents, key=_order)
    lines = [f"{files.fingerprint(first)}  {manifests.NAME}\n"]
    lines += [f"{files.fingerprint(contents[path])}  {path}\n" for path in paths]
    for path, data in ((manifests.NAME, first), (SUMS, "".join(lines).encode())):
        yield from _packed(path, data, seconds)
    for path in paths:
        yield from _packed(path, contents[path], seconds)
    yield bytes(END)


def _packed(path: str, data: bytes, seconds: int) -> Iterator[bytes]:
    yield _headers(path.encode(), len(data), seconds)
    yield data
    yield bytes(-len(data) % BLOCK)


def _headers(name: bytes, size: int, seconds: int) -> bytes:
    """Return the header of a file, after the extended one that a name of more than 100 bytes needs."""
    if len(name) <= 100:
        return _header(name, size, seconds, _FILE)
    record = b" path=%s\n" % name
    length = len(record)
    while length != (whole := len(record) + len(str(length))):  # it counts its own digits
        length = whole
    line = b"%d%s" % (length, record)
    extended = _header(b"PaxHeaders", len(line), seconds, _LONG)
    return extended + line + bytes(-len(line) % BLOCK) + _header(name[:100], size, seconds, _FILE)


def _header(name: bytes, size: int, seconds: int, kind: bytes) -> bytes:
    fields = b"%-8s" % b"", kind, bytes(100), b"ustar\00000", bytes(64), b"0000000\0" * 2, bytes(167)
    start = b"%s0000600\0%s%011o\0%011o\0" % (name.ljust(100, b"\0"), b"0000000\0" * 2, size, seconds)
    block = start + b"".join(fields)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def _order(path: str) -> tuple[int, int, str]:
    """Return where a file stands in a backup: journal.toml, profile.toml, their copies, records, templates, the log."""
    folder, _, name = path.rpartition("/")
    if not folder:
        return (0 if path == JOURNAL else 1 if path == PROFILE else 2), 0, path
    return (3 if folder in KINDS else 4 if folder == TEMPLATES else 5), operation_number(name), path


def may_hold(path: str) -> bool:
    """Return whether a backup may hold a file of this path: a record, a template, an operation, with a plain name.

    A name with a backslash or control character, or one that is not UTF-8, means something else on other systems.
    """
    if not _PLAIN.fullmatch(path):
        return False
    if path.startswith(f"{OPERATIONS}/"):
        return path == operation_path(operation_number(path.rpartition("/")[2]))
    try:
        operation.check_path(path)
    except ValueError:
        return False
    return True


# Reading


class Archive:
    """A backup that is being read: its manifest and the sums of its files at once, each file when it is asked for.

    `name` is the path in errors, which are BadBackup.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._seconds = -1
        self.size = 0
        first = self._first()
        self.manifest = self._manifest(first)
        sums = self._member()
        if sums is None or sums[0] != SUMS:
            raise self._foreign(f"it has no {SUMS}")
        (name, sha), *listed = self._listed(sums[1])
        if (name, sha) != (manifests.NAME, files.fingerprint(first)):
            raise self._damaged(f"{manifests.NAME} does not have the sum in {SUMS}")
        self.sums = dict(listed)

    def report(self, encrypted_size: int = 0) -> Backup:
        """Return what the backup says it holds; its size is that of the file, which may be encrypted."""
        groups = [_order(path)[0] for path in self.sums]
        counts = groups.count(3), groups.count(4), groups.count(5)
        size = encrypted_size or self.size
        return Backup(self._name, size, self.manifest, *counts, PROFILE in self.sums, encrypted_size > 0)

    def members(self, progress: Progress = None) -> Iterator[tuple[str, bytes]]:
        """Yield the path and bytes of each file, whose sum was checked; after the last one check the end.

        Of many files `progress` is called with the number of those that were read, and of all.
        """
        total = len(self.sums)
        if progress is None or total < _STEP:
            yield from self._members()
            return
        try:
            for count, member in enumerate(self._members()):
                if count % _STEP == 0:
                    progress(count, total)
                yield member
        finally:
            progress(total, total)

    def _members(self) -> Iterator[tuple[str, bytes]]:
        for path, sha in self.sums.items():
            found = self._member()
            if found is None:
                raise self._damaged(f"it does not contain {path}")
            name, data = found
            if name != path:
                raise self._misplaced(name, path)
            if files.fingerprint(data) != sha:
                raise self._damaged(f"{path} does not have the sum in {SUMS}")
            yield found
        extra = self._member()
        if extra is not None:
            raise self._misplaced(extra[0], "")
        if self._stream.read(1):
            raise self._foreign("there is something after its end")

    def _misplaced(self, name: str, expected: str) -> BadBackup:
        if name not in self.sums:
            return self._foreign(f"it contains {shortened(name)}, which {SUMS} does not list")
        twice = not expected or _order(name) < _order(expected)
        return self._foreign(f"it contains {name} {'twice' if twice else f'in place of {expected}'}")

    def must_end(self, last: bytes) -> None:
        """Raise BadBackup if the last bytes of the file are not the end of a backup; its files are not checked."""
        if last != bytes(END):
            raise self._cut()

    # The first two files

    def _first(self) -> bytes:
        start = self._read(BLOCK)
        if not start:
            raise BadBackup(f"{self._name} is empty.")
        if start.startswith(_COMPRESSED):
            raise BadBackup(f"{self._name} is compressed.", "a backup never is; unpack it first")
        if start[257:262] != b"ustar" or start[:12] != b"backup.toml\0":
            hint = "use a file written by: mentorlog backup make backup.tar"
            raise BadBackup(f"{self._name} is not a backup of mentorlog.", hint)
        found = self._member(start)
        if found is None or found[0] != manifests.NAME:
            raise self._damaged(f"its first file is not {manifests.NAME}")
        return found[1]

    def _manifest(self, data: bytes) -> Manifest:
        try:
            manifest = manifests.decoded(data)
        except manifests.NewerFormat as newer:
            numbers = f"(format {newer.args[0]}; this one reads format {manifests.FORMAT})"
            sentence = f"{self._name} was written by a newer version of mentorlog {numbers}."
            raise BadBackup(sentence, "upgrade mentorlog") from None
        except ValueError as error:
            raise self._damaged(f"{manifests.NAME}: {error}") from None
        if manifests.seconds(manifest) != self._seconds:
            raise self._damaged("the times of its files are not those of its last change")
        return manifest

    def _listed(self, data: bytes) -> list[tuple[str, str]]:
        """Return the paths and sums in SHA256SUMS: those that a backup may hold, each once, in their order."""
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise self._damaged(f"{SUMS} is not UTF-8") from None
        *lines, rest = text.split("\n")
        matches = [_LINE.fullmatch(line) for line in lines]
        found = [(match[2], match[1]) for match in matches if match]
        if rest or len(found) < len(lines) or not found:
            raise self._damaged(f"a line of {SUMS} is not valid")
        paths = [path for path, _ in found[1:]]
        for path in paths:
            if not may_hold(path):
                raise self._foreign(f"it lists {shortened(path)}, which is not a file of a journal")
        order = [_order(path) for path in paths]
        if order != sorted(set(order)):
            raise self._foreign(f"{SUMS} lists a file twice or in another order")
        self._must_fit(paths)
        return found

    def _must_fit(self, paths: list[str]) -> None:
        """Refuse files that do not fit the manifest."""
        if JOURNAL not in paths:
            raise self._foreign(f"it does not contain {JOURNAL}")
        last, manifest = paths[-1], self.manifest
        number = operation_number(last.rpartition("/")[2]) if last.startswith(OPERATIONS) else 0
        if number > (manifest.change if manifest.with_log else 0):
            raise self._foreign(f"it contains {last}, which is after its last change")
        wanted = operation_path(manifest.change)
        if manifest.with_log and manifest.change not in (0, number) and wanted not in manifest.left_out:
            raise self._foreign(f"it does not contain {wanted}, its last change")

    # Blocks

    def _member(self, block: bytes = b"") -> tuple[str, bytes] | None:
        """Return the path and bytes of the next file; None at the end of the tar."""
        block = block or self._read(BLOCK)
        if block == bytes(BLOCK):
            if self._exactly(BLOCK) != bytes(BLOCK):
                raise self._damaged("its end is not valid")
            return None
        name, size, kind = self._fields(block)
        headers = block
        if kind == _LONG:
            if size > _LONGEST_PAX:
                raise self._unusual(block)
            line = self._exactly(size)
            headers += line + self._exactly(-size % BLOCK)
            name = line.partition(b" path=")[2].removesuffix(b"\n")
            block = self._exactly(BLOCK)
            headers += block
            _, size, kind = self._fields(block)
        try:
            path = name.decode()
        except UnicodeDecodeError:
            path = name.decode("utf-8", "backslashreplace") + "\\"
        if path not in _LIMITS and not may_hold(path):
            raise self._foreign(f"it contains {shortened(path)}, which is not a file of a journal")
        if headers != _headers(name, size, self._seconds):
            raise self._damaged(f"the header of {path} is not valid")
        limit = _LIMITS.get(path) or (operation.LIMIT if path.startswith(OPERATIONS) else files.LIMIT)
        if size > limit:
            raise self._foreign(f"it contains {path}, which is larger than {limit >> 20} MiB")
        data = self._exactly(size)
        if self._exactly(-size % BLOCK).strip(b"\0"):
            raise self._damaged(f"there is something after {path}")
        return path, data

    def _fields(self, block: bytes) -> tuple[bytes, int, bytes]:
        """Return the name, the size and the type in a header."""
        if len(block) < BLOCK:
            raise self._cut()
        match = _FIELDS.match(block)
        known = sum(block[:148]) + 8 * 32 + sum(block[156:])
        if match is None or int(match[4], 8) != known:
            # what another program wrote may have a right sum and other fields
            digits = block[_SUM].strip(b"\0 ")
            is_right = digits.isdigit() and not digits.strip(b"01234567") and int(digits, 8) == known
            raise self._unusual(block) if is_right else self._damaged("a header of it is not valid")
        if match[5] not in (_FILE, _LONG):
            raise self._unusual(block)
        if self._seconds < 0:
            self._seconds = int(match[3], 8)
        return match[1].rstrip(b"\0"), int(match[2], 8), match[5]

    def _unusual(self, block: bytes) -> BadBackup:
        name = shortened(block[:100].rstrip(b"\0").decode("utf-8", "backslashreplace"))
        what = _TYPES.get(block[156:157])
        return self._foreign(f"it contains {what}, {name}" if what else f"another program wrote the header of {name}")

    def _read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.size += len(data)
        return data

    def _exactly(self, size: int) -> bytes:
        data = self._read(size)
        if len(data) < size:
            raise self._cut()
        return data

    def _cut(self) -> BadBackup:
        return self._damaged("its end is missing")

    def _damaged(self, what: str) -> BadBackup:
        return BadBackup(f"{self._name} is damaged: {what}.")

    def _foreign(self, what: str) -> BadBackup:
        hint = "do not restore it; use a backup that nothing has changed"
        return BadBackup(f"{self._name} is not as mentorlog writes backups: {what}.", hint)
