"""Large files in pieces: read as a stream, and folders of many files written as a whole."""

from __future__ import annotations

import contextlib
import io
import os
import stat as modes
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from mentorlog.errors import MentorlogError
from mentorlog.store.disk import files, syscalls
from mentorlog.store.disk.os_errors import disk_failure
from mentorlog.store.disk.syscalls import retry_eintr

_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
_PIECE = 1024 * 1024


class _File(io.RawIOBase):
    """An open file whose errors name it as the user does."""

    def __init__(self, descriptor: int, name: Path) -> None:
        self._descriptor, self._name = descriptor, name

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = retry_eintr(syscalls.calls.read, self._descriptor, len(buffer))
        except OSError as error:
            raise disk_failure(error, self._name, "read") from error
        buffer[: len(data)] = data
        return len(data)


@contextlib.contextmanager
def opened(path: Path, name: str | None = None, *, from_disk: bool = False) -> Iterator[BinaryIO]:
    """Open a regular file for reading; errors name it `name`.

    `from_disk`: what was just written is read from the disk and not from memory, where the system can do that.
    """
    shown = Path(name or path)
    try:
        descriptor = retry_eintr(syscalls.calls.open, path, _READ)
    except (FileNotFoundError, NotADirectoryError):
        raise MentorlogError(f"File not found: {shown}", "check the path") from None
    except OSError as error:
        raise disk_failure(error, shown, "read") from error
    try:
        try:
            mode = retry_eintr(syscalls.calls.fstat, descriptor).st_mode
        except OSError as error:
            raise disk_failure(error, shown, "read") from error
        if not modes.S_ISREG(mode):
            raise MentorlogError(f"{shown} is {files.kind_of(mode)}, not a file.", "use the path of a file")
        if from_disk and hasattr(os, "posix_fadvise"):
            with contextlib.suppress(OSError):
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        yield io.BufferedReader(_File(descriptor, shown), _PIECE)
    finally:
        files.close(descriptor)


def size(stream: BinaryIO) -> int:
    """Return the size of an open file."""
    return retry_eintr(syscalls.calls.fstat, stream.fileno()).st_size


def end(stream: BinaryIO, name: Path, count: int) -> bytes:
    """Return the last bytes of an open file, from which nothing can be read afterwards; errors name it `name`."""
    try:
        os.lseek(stream.fileno(), max(0, size(stream) - count), os.SEEK_SET)
    except OSError as error:
        raise disk_failure(error, name, "read") from error
    return io.BufferedReader(_File(stream.fileno(), name)).read(count)


def pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of many small parts in pieces of a mebibyte or more."""
    waiting: list[bytes] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def put_tree(folder: Path, folders: Sequence[str], contents: Iterable[tuple[str, bytes]]) -> None:
    """Write a new folder with folders and files, private and durable, in place of none or an empty one: all or nothing.

    It is renamed into place when all of it is on the disk.
    """
    staged = folder.with_name(files.staged_name(folder.name))
    made, written = list[str](), list[str]()
    try:
        for name in ("", *folders):
            made.append(name)  # first: Ctrl-C may come right after it was made
            _make(staged / name, folder / name)
        for path, data in contents:
            written.append(path)
            files.write_new(staged / path, data, folder / path, durably=False)
        for path in written:  # only now: each fsync would wait for the disk
            files.sync_file(staged / path, folder / path)
        for name in reversed(made):
            files.sync_folder(staged / name)
        files.rename(staged, folder)
    except BaseException:
        for path in written:
            files.discard(staged / path)
        for name in reversed(made):
            with contextlib.suppress(OSError):
                syscalls.calls.rmdir(staged / name)
        raise
    files.confirm(folder)


def remove_tree(folder: Path) -> None:
    """Remove a folder of ours with all that is in it, if it exists; a link is removed itself, never followed."""
    for name in files.real_names(folder):
        path = folder / name
        if files.is_folder(path):
            remove_tree(path)
        else:
            files.unlink(path)
    files.clear(folder)


def _make(folder: Path, name: Path) -> None:
    try:
        retry_eintr(syscalls.calls.mkdir, folder, 0o700)
    except OSError as error:
        raise disk_failure(error, name, "create") from error
