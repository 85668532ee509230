"""Objects of git, asked of one git that goes on running."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mentorlog.store.sync.git import Git, Process
from mentorlog.store.sync.objects import Malformed, checked

LARGEST_COMMIT = 1024 * 1024
"""The most bytes of a commit that are read."""
_AT_ONCE = 1000


class Oversized(NamedTuple):
    """An object that is larger than what is read."""

    size: int


class Reader:
    """A git that is started when it is first asked, and stopped by `close`."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: Process | None = None

    def close(self) -> None:
        """Stop the git; it is started again when it is asked again."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def resolved(self, ref: str) -> str:
        """Return the commit that a ref names; raise Malformed if there is none."""
        self._running().write(f"{ref}\n".encode())
        header = self._running().line().split()
        if len(header) != 3 or header[1] != b"commit" or not header[2].isdigit():
            raise Malformed
        self._running().exactly(min(int(header[2]), LARGEST_COMMIT) + 1)
        return checked(header[0].decode())

    def objects(self, ids: Sequence[str], limit: int) -> Iterator[tuple[str, bytes] | Oversized | None]:
        """Yield the kind and bytes of objects in their order; None for a missing one, and no bytes above the limit."""
        asked = 0
        for number, id in enumerate(ids):
            process = self._running()
            if number >= asked:
                asked = min(number + _AT_ONCE, len(ids))
                process.write("".join(f"{id}\n" for id in ids[number:asked]).encode())
            header = process.line().split()
            if header[1:] == [b"missing"]:
                yield None
                continue
            if len(header) != 3 or header[0] != id.encode() or not header[2].isdigit():
                raise Malformed
            if (size := int(header[2])) > limit:
                self.close()  # rather than to read it
                asked = 0
                yield Oversized(size)
                continue
            yield header[1].decode("ascii", "replace"), process.exactly(size + 1)[:-1]

    def _running(self) -> Process:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch")
        return self._process
