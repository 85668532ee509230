"""Bytes and files: durable replace, fingerprint, stamp, private folders; the only caller of fsync.

Not covered: disks that acknowledge an fsync without doing it; file systems that cannot sync a folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat as modes
from functools import cache
from pathlib import Path

from mentorlog.errors import DiskFailure, MentorlogError, NeedsDoctor, ReadFailure, Reason, SyncFailed, Unreadable
from mentorlog.store.disk import syscalls
from mentorlog.store.disk.os_errors import disk_failure, reason
from mentorlog.store.disk.syscalls import retry_eintr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

LIMIT = 1024 * 1024
"""The largest record that is read or written, in bytes."""

_SAFE = os.O_CLOEXEC | os.O_NOFOLLOW
_READ = os.O_RDONLY | _SAFE | os.O_NONBLOCK | os.O_NOCTTY
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def close(descriptor: int) -> None:
    """Close; what matters was fsynced before, and the descriptor is gone even on an error."""
    with contextlib.suppress(OSError):
        syscalls.calls.close(descriptor)


def kind_of(mode: int) -> str:
    """Return the type of a file in words."""
    names = {modes.S_IFREG: "a file", modes.S_IFDIR: "a folder", modes.S_IFLNK: "a symbolic link"}
    names |= {modes.S_IFIFO: "a named pipe", modes.S_IFSOCK: "a socket"}
    return names.get(modes.S_IFMT(mode), "a device")


@cache
def _sha256() -> Any:
    """Return the interpreter's own sha256: hashlib's costs a third of a bare Python's start."""
    for module in ("_sha2", "_sha256", "hashlib"):
        with contextlib.suppress(ImportError, AttributeError):
            return __import__(module).sha256
    raise AssertionError("hashlib has sha256")


def fingerprint(data: bytes) -> str:
    """Return the sha256 of the bytes, in hex."""
    return str(_sha256()(data).hexdigest())


def stamp(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return what identifies a version of a file: mtime_ns, ctime_ns, size, inode."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def read(path: Path | str, limit: int = LIMIT, name: str | None = None) -> bytes:
    """Return the bytes of a regular file; raise FileNotFoundError, or Unreadable with `name`.

    A symbolic link, pipe, device or folder is refused without waiting on it.
    """
    shown = name or str(path)
    try:
        descriptor = retry_eintr(syscalls.calls.open, path, _READ)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unreadable(shown, error) from error
    try:
        status = retry_eintr(syscalls.calls.fstat, descriptor)
        if not modes.S_ISREG(status.st_mode):
            raise Unreadable(shown, f"it is {kind_of(status.st_mode)}", reason=Reason.NOT_A_FILE)
        parts, left, size = list[bytes](), limit + 1, max(status.st_size, 4096) + 1
        while left and (part := retry_eintr(syscalls.calls.read, descriptor, min(left, size))):
            parts.append(part)
            left -= len(part)
    except OSError as error:
        raise _unreadable(shown, error) from error
    finally:
        close(descriptor)
    if not left:
        raise Unreadable(shown, f"it is larger than {limit // (1024 * 1024)} MiB", reason=Reason.NOT_A_FILE)
    return b"".join(parts)


def _unreadable(shown: str, error: OSError) -> Unreadable:
    if error.errno in (errno.ELOOP, errno.EMLINK):
        return Unreadable(shown, "it is a symbolic link", reason=Reason.NOT_A_FILE)
    if error.errno in (errno.ENXIO, errno.ENODEV, errno.EISDIR, errno.ENOTDIR):
        return Unreadable(shown, "it is not a regular file", reason=Reason.NOT_A_FILE)
    return ReadFailure(shown, reason(error))


def content(path: Path | str, limit: int = LIMIT, name: str | None = None) -> bytes | None:
    """Return what `read` returns, or None if there is no such file."""
    try:
        return read(path, limit, name)
    except FileNotFoundError:
        return None


def look(path: Path | str) -> os.stat_result | None:
    """Return the lstat of the path; None if nothing is there, or its folder is none."""
    try:
        return retry_eintr(syscalls.calls.lstat, path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            return None
        raise disk_failure(error, Path(path), "read") from error


def is_folder(path: Path) -> bool:
    """Return whether the path is a folder and not a link to one."""
    status = look(path)
    return status is not None and modes.S_ISDIR(status.st_mode)


def real_names(folder: Path) -> list[str]:
    """Return the names in a folder, sorted; none if it is not a real folder."""
    return sorted(names(folder)) if is_folder(folder) else []


def names(folder: Path) -> list[str]:
    """Return the names in a folder, in no order; none if there is no such folder; NeedsDoctor if it is none."""
    try:
        return retry_eintr(syscalls.calls.listdir, folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        if error.errno in (errno.ENOTDIR, errno.ELOOP) and not real_folder(folder):
            return []
        raise disk_failure(error, folder, "list") from error


def staged_name(name: str) -> str:
    """Return a new temporary name for a file that will be renamed to `name`."""
    return f".{name[:60]}.{os.urandom(4).hex()}.new"


def is_staged(name: str) -> bool:
    """Return whether a name was made by `staged_name`."""
    parts = name.rsplit(".", 2)
    return name[:1] == "." and len(parts) == 3 and parts[2] == "new" and len(parts[1]) == 8


def write_new(path: Path, data: bytes | Iterable[bytes], name: Path | None = None, *, durably: bool = True) -> None:
    """Write and fsync a new file, 0600, or leave nothing; errors name it `name`.

    What is not written durably is for `sync_file`: many files are faster so.
    """
    try:
        descriptor = retry_eintr(syscalls.calls.open, path, _CREATE, 0o600)
    except OSError as error:
        raise disk_failure(error, name or path) from error
    try:
        for part in (data,) if isinstance(data, bytes) else data:
            rest = memoryview(part)
            while rest:
                written = retry_eintr(syscalls.calls.write, descriptor, rest)
                if not written:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                rest = rest[written:]
        if durably:
            _sync(descriptor, name or path)
    except BaseException as error:
        close(descriptor)
        discard(path)
        if isinstance(error, OSError):
            raise disk_failure(error, name or path) from error
        raise
    close(descriptor)


def _sync(descriptor: int, path: Path) -> None:
    """Make an open file durable; never retried, as a second fsync may succeed without the data."""
    try:
        retry_eintr(syscalls.calls.fsync, descriptor)
    except OSError as error:
        failed = disk_failure(error, path, "save")
        raise SyncFailed(failed.sentence, failed.hint) from error


def sync_file(path: Path, name: Path) -> None:
    """Make a file durable that was written before; errors name it `name`."""
    try:
        descriptor = retry_eintr(syscalls.calls.open, path, _READ)
    except OSError as error:
        raise disk_failure(error, name, "save") from error
    try:
        _sync(descriptor, name)
    finally:
        close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; a missing folder has none."""
    try:
        descriptor = retry_eintr(syscalls.calls.open, folder, _FOLDER)
    except FileNotFoundError:
        return
    except OSError as error:
        raise disk_failure(error, folder, "open") from error
    try:
        _sync(descriptor, folder)
    except SyncFailed as failed:
        refused = failed.__cause__
        # Some network file systems cannot sync a folder at all; there is nothing more to do there.
        if not (isinstance(refused, OSError) and refused.errno in (errno.EINVAL, errno.EOPNOTSUPP)):
            raise
    finally:
        close(descriptor)


def rename(source: Path, target: Path) -> None:
    """Rename over any file at the target, atomically."""
    try:
        retry_eintr(syscalls.calls.rename, source, target)
    except OSError as error:
        raise disk_failure(error, target) from error


def link(source: Path, target: Path) -> bool:
    """Give a file a second name (FileExistsError if taken); return False if the disk has no links."""
    try:
        retry_eintr(syscalls.calls.link, source, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno in (errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV):
            return False
        raise disk_failure(error, target) from error
    return True


def unlink(path: Path) -> None:
    """Remove a file; a missing one is no failure."""
    try:
        retry_eintr(syscalls.calls.unlink, path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise disk_failure(error, path, "remove") from error


def clear(path: Path) -> None:
    """Remove what is in the place of a file of ours: a link itself, an empty folder; one with files stays."""
    if not is_folder(path):
        unlink(path)
        return
    try:
        retry_eintr(syscalls.calls.rmdir, path)
    except OSError as error:
        raise disk_failure(error, path, "remove") from error


def discard(path: Path) -> None:
    """Remove a temporary file if possible; otherwise `Log.leftovers` finds it."""
    with contextlib.suppress(OSError):
        retry_eintr(syscalls.calls.unlink, path)


def try_folder(folder: Path, *, durably: bool = False) -> None:
    """Create and remove a file as a change does, `durably` with its bytes saved; raise DiskFailure if refused."""
    path = folder / staged_name("doctor")
    if durably:
        write_new(path, b"doctor\n", folder)
    else:
        try:
            close(retry_eintr(syscalls.calls.open, path, _CREATE, 0o600))
        except OSError as error:
            raise disk_failure(error, folder) from error
    unlink(path)
    if durably:
        sync_folder(folder)


def must_be_writable(folder: Path) -> None:
    """Raise DiskFailure if permissions let us create no file in a folder."""
    if not may_access(folder, os.W_OK | os.X_OK):
        raise disk_failure(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), folder)


def may_access(path: Path, mode: int) -> bool:
    """Return whether permissions let us use a path in a mode of os.access."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def private_folder(path: Path, *, parents: bool = False) -> None:
    """Create a folder if there is none, with its parents if asked; new ones are 0700 and durable.

    An empty one may have been created by a process that was killed before it was durable.
    """
    try:
        retry_eintr(syscalls.calls.mkdir, path, 0o700)
    except FileExistsError:
        if not real_folder(path) or not _is_empty(path):
            return
    except FileNotFoundError as error:
        if not parents or path.parent == path:
            raise disk_failure(error, path, "create") from error
        private_folder(path.parent, parents=True)
        private_folder(path)
        return
    except OSError as error:
        raise disk_failure(error, path, "create") from error
    sync_folder(path.parent)


def is_open_to_others(path: Path) -> bool:
    """Return whether others than its owner may access a folder, or what a link to one points to."""
    return bool(retry_eintr(syscalls.calls.stat, path).st_mode & 0o077)


def make_private(path: Path) -> None:
    """Remove all access but the owner's from a file or folder, without following a link."""
    try:
        descriptor = retry_eintr(syscalls.calls.open, path, _READ)
    except OSError as error:
        raise disk_failure(error, path, "open") from error
    try:
        syscalls.calls.chmod(descriptor, modes.S_IMODE(retry_eintr(syscalls.calls.fstat, descriptor).st_mode) & 0o700)
    except OSError as error:
        raise disk_failure(error, path, "restrict access to") from error
    finally:
        close(descriptor)


def _is_empty(folder: Path) -> bool:
    """Return whether a folder is empty, from its first entry alone."""
    try:
        with retry_eintr(syscalls.calls.scandir, folder) as entries:  # type: ignore[arg-type]
            return next(entries, None) is None
    except OSError as error:
        raise disk_failure(error, folder, "list") from error


def real_folder(path: Path) -> bool:
    """Return whether a folder exists; raise NeedsDoctor for anything else, such as a symbolic link."""
    status = look(path)
    if status is None:
        return False
    if not modes.S_ISDIR(status.st_mode):
        raise NeedsDoctor(f"{path} is {kind_of(status.st_mode)}, not a folder of the journal.")
    return True


def real_parents(root: Path, path: str) -> bool:
    """Return whether every folder of the path below the root exists and is a real one."""
    return all(real_folder(root / parent) for parent in list(Path(path).parents)[:-1])


def put_new(path: Path, data: bytes) -> bool:
    """Write a file, 0600 and durable, unless the path exists; return whether it was written."""
    staged = path.with_name(staged_name(path.name))
    write_new(staged, data, path)
    return place_new(staged, path)


def place_new(staged: Path, path: Path) -> bool:
    """Give a staged file its name, durably, unless the path exists; return whether it did not."""
    try:
        if not link(staged, path):  # a disk without links: nobody else creates it at this moment
            if look(path) is not None:
                return False
            rename(staged, path)
    except FileExistsError:
        return False
    finally:
        discard(staged)
    confirm(path)
    return True


def put_own(path: Path, data: bytes) -> None:
    """Write a file that is ours alone; anything else in its place is removed, never followed."""
    status = look(path)
    if status is not None and not modes.S_ISREG(status.st_mode):
        clear(path)
    put(path, data)


def put(path: Path, data: bytes) -> None:
    """Write a file outside the operations, 0600, durable and atomic."""
    status = look(path)
    if status is not None and not modes.S_ISREG(status.st_mode):
        raise MentorlogError(f"Cannot write {path}: it is {kind_of(status.st_mode)}.", "use the path of a file")
    staged = path.with_name(staged_name(path.name))
    write_new(staged, data, path)
    place(staged, path)


def put_for_now(path: Path, data: bytes) -> None:
    """Replace a file, or a link, 0600 and atomic but not durable: after a power failure an old one may be there."""
    staged = path.with_name(staged_name(path.name))
    write_new(staged, data, path, durably=False)
    place(staged, path, durably=False)


def place(staged: Path, path: Path, *, durably: bool = True) -> None:
    """Rename a staged file over any file at the path; `durably`, so that it stays."""
    try:
        rename(staged, path)
    except BaseException:
        discard(staged)
        raise
    if durably:
        confirm(path)


def confirm(path: Path) -> None:
    """Make the name of a new file or folder durable; if the disk refuses, the error says that it is there."""
    try:
        sync_folder(path.parent)
    except DiskFailure as failed:
        sentence = f"{path} was written, but it may be gone after a power cut. {failed.sentence}"
        raise type(failed)(sentence, failed.hint) from failed


def put_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder, 0600 and durable: all, or none if a disk is full; other files there stay.

    A new folder is renamed into place with all of them; in an existing one they are staged before the first rename.
    """
    if look(folder) is None:
        _put_new_folder(folder, contents)
        return
    staged = {folder / name: folder / staged_name(name) for name in contents}
    try:
        for (path, new), data in zip(staged.items(), contents.values(), strict=True):
            write_new(new, data, path)
        for path, new in staged.items():
            rename(new, path)
    except BaseException:
        for new in staged.values():
            discard(new)
        raise
    sync_folder(folder)


def _put_new_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    staged = folder.with_name(staged_name(folder.name))
    try:
        retry_eintr(syscalls.calls.mkdir, staged, 0o700)
    except OSError as error:
        raise disk_failure(error, folder, "create") from error
    try:
        for name, data in contents.items():
            write_new(staged / name, data, folder / name)
        sync_folder(staged)
        rename(staged, folder)
    except BaseException:
        for name in contents:
            discard(staged / name)
        with contextlib.suppress(OSError):
            syscalls.calls.rmdir(staged)
        raise
    confirm(folder)
