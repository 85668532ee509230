"""What the encrypted files of a remote are, so that they are not decrypted at every sync; may be deleted any time."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from mentorlog.errors import MentorlogError
from mentorlog.store.disk import files

_LIMIT = 64 << 20


class KnownBlobs:
    """The path and the git id of the plain bytes of each encrypted blob, in a file of this machine.

    Blobs that are not asked for are dropped: the path of an erased record has words of it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, tuple[str, str]] | None = None
        self._used: dict[str, tuple[str, str]] = {}

    def find(self, blob: str) -> tuple[str, str] | None:
        """Return the path and the plain id of a blob; None if it is not known."""
        found = self._all().get(blob)
        if found is not None:
            self._used[blob] = found
        return found

    def put(self, blob: str, path: str, plain: str) -> None:
        """Remember what a blob is."""
        self._used[blob] = path, plain

    def save(self) -> None:
        """Write the file, if possible and if anything has changed."""
        if self._used == self._all():
            return
        self._known = dict(self._used)
        data = json.dumps({"blobs": self._known, "sum": _sum(self._known)}).encode()
        with suppress(MentorlogError):
            files.put_for_now(self._file, data)

    def _all(self) -> dict[str, tuple[str, str]]:
        if self._known is None:
            self._known = {}
            with suppress(MentorlogError, OSError, ValueError, TypeError, AttributeError, RecursionError):
                self._known = _read(json.loads(files.read(self._file, _LIMIT)))
        return self._known


def _read(data: Any) -> dict[str, tuple[str, str]]:
    """Return what was saved; raise ValueError for anything else."""
    known = {blob: (path, plain) for blob, (path, plain) in data["blobs"].items()}
    if data["sum"] != _sum(known):
        raise ValueError("not as it was saved")
    return known


def _sum(known: dict[str, tuple[str, str]]) -> str:
    """Return a checksum: a rotten id would pass for a change."""
    return files.fingerprint(json.dumps(known, sort_keys=True).encode())
