"""One lock for every change of a journal: flock, which is released when its holder dies.

SQLite's lock would work too, but needs a database on every change; flock is one call, on a file that also
names its holder. Reads take no lock. A process that locks twice waits for itself: lock once, in the journal.
"""

from __future__ import annotations

import errno
import os
import stat as modes
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mentorlog.errors import Busy, DiskFailure
from mentorlog.store.disk import files, syscalls
from mentorlog.store.disk.os_errors import disk_failure, reason
from mentorlog.store.disk.syscalls import retry_eintr

_OPEN = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_NO_FILE = (errno.ELOOP, errno.EMLINK, errno.EISDIR, errno.ENXIO, errno.ENODEV)
_PAUSE = 0.01
_SHORTEST = 0.0005
_FIRST_NOTICE = 1.0
_NEXT_NOTICE = 5.0


@contextmanager
def lock(path: Path, limit: float = 10.0, *, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock (its file and folder are created if needed), or raise Busy after `limit` seconds.

    `waiting` is called with the holder after a second and then every five seconds.
    """
    files.private_folder(path.parent)
    descriptor = _take(path, limit, waiting)
    try:
        with suppress(OSError):  # the lock works without it on a full disk
            if syscalls.calls.fstat(descriptor).st_nlink == 1:  # else the file is somebody else's too
                syscalls.calls.truncate(descriptor, 0)
                syscalls.calls.write(descriptor, b"pid %d\n" % os.getpid())
        yield
    finally:
        files.close(descriptor)


def _take(path: Path, limit: float, waiting: Callable[[str], None] | None) -> int:
    """Return the open and locked file."""
    start = time.monotonic()
    notice = _FIRST_NOTICE
    while True:
        descriptor = open_own(path)
        try:
            if _locked(descriptor, path):
                return descriptor
        except BaseException:
            files.close(descriptor)
            raise
        holder = _holder(descriptor)
        files.close(descriptor)
        waited = time.monotonic() - start
        if waited >= limit:
            raise Busy(f"The journal is busy: {holder} is changing it.", "try again in a moment")
        if waiting is not None and waited >= notice:
            waiting(holder)
            notice = waited + _NEXT_NOTICE
        time.sleep(max(_SHORTEST, _PAUSE / (1 + waited) ** 2))  # the longest waiting tries most often: none starves


def try_lock(path: Path) -> None:
    """Take the lock for a moment, unless somebody has it; raise DiskFailure if it can never be taken."""
    descriptor = open_own(path)
    try:
        syscalls.calls.flock(descriptor)
    except (BlockingIOError, InterruptedError):
        pass
    except OSError as error:
        raise _no_locks(path, error) from error
    finally:
        files.close(descriptor)


def is_held(path: Path) -> bool:
    """Return whether another process has the lock now; no file is created."""
    try:
        descriptor = retry_eintr(syscalls.calls.open, path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        syscalls.calls.flock(descriptor)
    except BlockingIOError:
        return True
    except OSError:
        pass
    finally:
        files.close(descriptor)
    return False


def _no_locks(path: Path, error: OSError) -> DiskFailure:
    return DiskFailure(f"Cannot lock {path}: {reason(error)}.", "keep the journal on a local disk", reason(error))


def open_own(path: Path) -> int:
    """Return the open file of a lock, created if needed; a link, pipe or empty folder in its place is removed."""
    descriptor = _opened(path)
    if descriptor is None:
        _make_way(path)
        descriptor = _opened(path)
    if descriptor is None:
        raise Busy(f"Something keeps replacing {path}.", "try again in a moment")
    return descriptor


def _opened(path: Path) -> int | None:
    """Return the open file; None if something else is in its place."""
    try:
        descriptor = retry_eintr(syscalls.calls.open, path, _OPEN, 0o600)
    except OSError as error:
        if error.errno in _NO_FILE:
            return None
        refused = disk_failure(error, path, "lock")
        seen = files.look(path) if error.errno in (errno.EACCES, errno.EPERM) else None
        if seen is not None and seen.st_uid != os.geteuid():
            from shlex import quote

            refused.hint = f"another user owns it; if no mentorlog is running: rm -f {quote(str(path))}"
        raise refused from error
    is_file = False
    try:
        is_file = modes.S_ISREG(retry_eintr(syscalls.calls.fstat, descriptor).st_mode)
    except OSError as error:
        raise disk_failure(error, path, "lock") from error
    finally:
        if not is_file:
            files.close(descriptor)
    return descriptor if is_file else None


def _make_way(path: Path) -> None:
    """Remove what is no file, alone: another process may just have created the lock in its place."""
    try:
        folder = retry_eintr(syscalls.calls.open, path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise disk_failure(error, path.parent, "open") from error
    try:
        syscalls.calls.flock(folder)
        seen = files.look(path)
        if seen is not None and not modes.S_ISREG(seen.st_mode):
            files.clear(path)
    except BlockingIOError:
        time.sleep(_PAUSE)  # another process is doing it
    except OSError as error:
        raise disk_failure(error, path, "lock") from error
    finally:
        files.close(folder)


def _locked(descriptor: int, path: Path) -> bool:
    """Try to lock; a lock on a file that has been deleted since does not count."""
    try:
        opened = retry_eintr(syscalls.calls.fstat, descriptor)
        syscalls.calls.flock(descriptor)
        status = files.look(path)
        return status is not None and os.path.samestat(status, opened)
    except (BlockingIOError, InterruptedError):
        return False
    except OSError as error:
        raise _no_locks(path, error) from error


def _holder(descriptor: int) -> str:
    """Return who holds the lock, with its process id if the file has one."""
    text = b""
    with suppress(OSError):
        text = syscalls.calls.read(descriptor, 40)
    pid = text.partition(b"pid ")[2].partition(b"\n")[0]
    return f"another mentorlog (process {pid.decode()})" if pid.isdigit() else "another mentorlog"
