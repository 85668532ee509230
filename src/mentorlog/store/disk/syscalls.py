"""The system calls of the store in one place, where tests count them, fail them or kill the process."""

from __future__ import annotations

import os
from collections.abc import Callable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ParamSpec, TypeVar

    P = ParamSpec("P")
    T = TypeVar("T")


class Calls:
    """The system calls that can fail, in one object that a test may replace."""

    open = staticmethod(os.open)
    read = staticmethod(os.read)
    write = staticmethod(os.write)
    truncate = staticmethod(os.ftruncate)
    fsync = staticmethod(os.fsync)
    fstat = staticmethod(os.fstat)
    close = staticmethod(os.close)
    stat = staticmethod(os.stat)
    lstat = staticmethod(os.lstat)
    mkdir = staticmethod(os.mkdir)
    link = staticmethod(os.link)
    rename = staticmethod(os.replace)
    unlink = staticmethod(os.unlink)
    rmdir = staticmethod(os.rmdir)
    listdir = staticmethod(os.listdir)
    scandir = staticmethod(os.scandir)
    chmod = staticmethod(os.chmod)

    @staticmethod
    def flock(descriptor: int) -> None:
        """Lock an open file without waiting; raise BlockingIOError if another process has it."""
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


calls = Calls()


def retry_eintr(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call, and call again if a signal interrupted it."""
    while True:
        try:
            return call(*args, **kwargs)
        except InterruptedError:
            continue
