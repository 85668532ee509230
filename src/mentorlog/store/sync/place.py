"""Where a sync keeps what it knows of the remote, in the user's state folder.

Nothing in the journal's folder can name an address or a program: a journal may arrive by zip, stick or sync program.
"""

from __future__ import annotations

import json
import re
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from mentorlog.domain.syncing import AGE, PLAIN, Remote
from mentorlog.errors import Busy, DiskFailure, MentorlogError, NeedsDoctor, NoHome, ReadFailure, Unreadable
from mentorlog.store import seen
from mentorlog.store.disk import files
from mentorlog.store.sync.state import Known, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from mentorlog.store.sync.ports import Kept

_REMOTE, _STATE, _LOCK, _GIT = "remote.toml", "state.json", "lock", "git"
_KEPT, _UNREACHED = "files.json", "unreached"
_TOLD_AGAIN = timedelta(days=1)
_LIMIT = 4 * 1024 * 1024
_MOST_KEPT = 64 * 1024 * 1024
_ID = re.compile(r"[0-9a-z]{1,40}")
_USUAL = re.compile(rb'url = "([^"\\\x00-\x1f\x7f-\xff]*)"\ncipher = "(none|age-1)"\n')
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class Place:
    """The folder of one journal's sync; the journal is known by its id and path."""

    def __init__(self, state: Path | None, root: Path, journal: str) -> None:
        if state is None:
            raise NoHome
        self._state, self._root, self.journal = state, root, journal
        self.folder = state / "sync" / _key(root, journal)
        self.git = self.folder / _GIT
        self._kept: tuple[str, Kept] | None = None

    def remote(self) -> Remote | None:
        """Return the remote that was remembered; None if none was."""
        data = files.content(self.folder / _REMOTE, name=_REMOTE)
        if data is None:
            return None
        if usual := _USUAL.fullmatch(data):  # the whole check loads a lot
            return Remote(usual[1].decode(), usual[2].decode())
        from mentorlog.store.format import toml

        with suppress(Unreadable):
            plain = toml.parse(_REMOTE, data)
            url, cipher = plain.get("url"), plain.get("cipher")
            if isinstance(url, str) and cipher in (PLAIN, AGE):
                return Remote(url, str(cipher))
        sentence = f"{self.folder / _REMOTE} does not contain the address of a remote."
        raise NeedsDoctor(sentence, "give the address again: mentorlog sync --to URL")

    def remember(self, remote: Remote) -> None:
        """Record the remote."""
        from mentorlog.store.format import toml

        self.make()
        files.put(self.folder / _REMOTE, toml.dump_plain({"url": remote.url, "cipher": remote.cipher}))

    def make(self) -> None:
        """Create the folder, which only the user may enter."""
        files.private_folder(self.folder, parents=True)

    def state(self) -> State | None:
        """Return what the last sync left; None if there was none, or it is damaged.

        What the disk refuses to read now is not taken for lost: what was deleted would come back.
        """
        try:
            found = files.content(self.folder / _STATE, _LIMIT)
        except ReadFailure:
            raise
        except MentorlogError:
            return None
        with suppress(ValueError, TypeError, KeyError, AttributeError, RecursionError):
            data = json.loads(found or b"")
            problems = tuple((str(path), str(why)) for path, why in data.get("problems", ()))
            mark, at, listing = str(data["mark"]), str(data["at"]), str(data.get("listing", ""))
            listing = listing if files.look(self.folder / _KEPT) else ""  # all of it is discarded at once
            onto = str(data.get("onto", ""))
            if onto and not _COMMIT.fullmatch(onto):
                raise ValueError("not a commit")
            return State(_known(data["base"]), int(data["seq"]), mark, at, problems, listing, onto)
        return None

    def write(self, state: State, *, durably: bool = True) -> None:
        """Record what a sync leaves."""
        data = {**vars(state), "base": None if state.base is None else vars(state.base)}
        put = files.put if durably else files.put_for_now
        put(self.folder / _STATE, (json.dumps(data) + "\n").encode())

    def kept(self, commit: str | None = None) -> Kept | None:
        """Return what was kept of the files that a commit stands for, or of any; None if nothing was."""
        if self._kept is None:
            self._kept = "", {}
            with suppress(MentorlogError, OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
                data = json.loads(files.read(self.folder / _KEPT, _MOST_KEPT))
                self._kept = str(data["commit"]), {path: (mark, blob) for path, (mark, blob) in data["files"].items()}
        known, found = self._kept
        return found if commit in (None, known) else None

    def keep(self, commit: str, kept: Kept) -> None:
        """Keep what is known of the files that a commit stands for; it may be lost."""
        if self._kept != (commit, kept):
            self._kept = commit, kept
            data = json.dumps({"commit": commit, "files": kept}, separators=(",", ":"))
            with suppress(DiskFailure):
                files.put_for_now(self.folder / _KEPT, f"{data}\n".encode())

    def discard_kept(self) -> None:
        """Remove what was kept of the files: the next sync looks at everything."""
        files.unlink(self.folder / _KEPT)

    def reached(self) -> None:
        """Record that the remote was reached."""
        files.unlink(self.folder / _UNREACHED)

    def is_told(self, now: datetime) -> bool:
        """Return whether it was told within a day that the remote cannot be reached; else record that it is now."""
        with suppress(MentorlogError, ValueError, TypeError):
            told = datetime.fromisoformat((files.content(self.folder / _UNREACHED) or b"").decode())
            if told <= now < told + _TOLD_AGAIN:
                return True
        with suppress(MentorlogError):
            if files.look(self.folder) is not None:
                files.put_for_now(self.folder / _UNREACHED, now.isoformat().encode())
        return False

    @contextmanager
    def locked(self, waiting: Callable[[str], None]) -> Iterator[None]:
        """Hold the lock of a sync: no other command waits for it."""
        from mentorlog.store.disk.lock import lock

        self.make()
        with ExitStack() as stack:
            try:
                stack.enter_context(lock(self.folder / _LOCK, waiting=waiting))
            except Busy:
                raise Busy("Another sync of this journal is running.", "try again when it has ended") from None
            yield

    def become(self, journal: str) -> Place:
        """Return the place under another id of the journal, moved there with all that is in it."""
        new = Place(self._state, self._root, journal)
        if new.folder != self.folder:
            new.discard()
            files.rename(self.folder, new.folder)
            files.sync_folder(new.folder.parent)
        return new

    def sweep(self) -> None:
        """Remove what a killed sync had staged here, and what is left of a folder that was being removed."""
        for name in filter(files.is_staged, files.real_names(self.folder)):
            files.unlink(self.folder / name)
        for name in files.real_names(self.folder.parent):
            if files.is_staged(name) and name.startswith(f".{self.folder.name}."):
                _remove(self.folder.with_name(name))

    def discard(self) -> None:
        """Remove the folder with the address and the git directory."""
        if files.look(self.folder) is not None:
            gone = self.folder.with_name(files.staged_name(self.folder.name))
            files.rename(self.folder, gone)
            files.sync_folder(gone.parent)
            _remove(gone)


def _key(root: Path, journal: str) -> str:
    """Return the name of the folder: the journal's id, and a hash of its path, whatever links lead to it."""
    id = journal if _ID.fullmatch(journal) else files.fingerprint(journal.encode("utf-8", "backslashreplace"))[:16]
    return f"{id}-{seen.key(root)}"


def _known(data: Mapping[str, Any] | None) -> Known | None:
    if data is None:
        return None
    known = Known(data["commit"], dict(data["held"]))
    if not all(map(_COMMIT.fullmatch, (known.commit, *known.held.values()))):
        raise ValueError("not a commit")
    return known


def _remove(folder: Path) -> None:
    """Remove a folder with all that is in it; what cannot be removed stays."""
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)
