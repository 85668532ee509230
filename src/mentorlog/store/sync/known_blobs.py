"""What the encrypted files of a remote are, so that they are not decrypted at every sync; may be deleted any time."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mentorlog.errors import MentorlogError
from mentorlog.store.disk import files

if TYPE_CHECKING:
    from mentorlog.store.age import Cipher

_LIMIT = 64 << 20


class KnownBlobs:
    """The path and the git id of the plain bytes of each encrypted blob, in a file of this machine.

    The file is encrypted, as a path has words of a record. Blobs that are not asked for are dropped from it.
    """

    def __init__(self, file: Path, cipher: Callable[[], Cipher]) -> None:
        self._file, self._cipher = file, cipher
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
        with suppress(MentorlogError):
            files.put_for_now(self._file, self._cipher().encrypt(json.dumps(self._known).encode()))

    def _all(self) -> dict[str, tuple[str, str]]:
        if self._known is None:
            self._known = {}
            with suppress(MentorlogError, OSError, ValueError, TypeError, AttributeError, RecursionError):
                data = self._cipher().decrypt(files.read(self._file, _LIMIT), self._file.name)
                self._known = {blob: (path, plain) for blob, (path, plain) in json.loads(data).items()}
        return self._known
