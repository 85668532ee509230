"""Unsaved texts: what an editor works on and the answers of an unfinished review; private and durable."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from mentorlog.store.disk import files


class Drafts:
    """The folder `.mentorlog/drafts`: each text survives a crash until it is dropped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return the path of a draft; raise ValueError for a name that leads out of the folder."""
        if not name or name[0] == "." or len(name) > 100 or any(sign in name for sign in "/\\\0"):
            raise ValueError("not the name of a draft")
        return self.folder / name

    def put(self, name: str, text: str) -> Path:
        """Save the text under the name, replacing what was there; return its path."""
        path = self.path(name)
        files.private_folder(self.folder.parent)
        files.private_folder(self.folder)
        files.put(path, text.encode("utf-8", "surrogateescape"))
        return path

    def get(self, name: str) -> str | None:
        """Return the text, or None if there is none; bytes that are not UTF-8 become surrogates."""
        data = files.content(self.path(name))
        return None if data is None else data.decode("utf-8", "surrogateescape")

    def list(self) -> tuple[str, ...]:
        """Return the names, sorted, without an editor's own files."""
        return tuple(sorted(name for name in files.names(self.folder) if name[0] != "." and name[-1] != "~"))

    def drop(self, name: str) -> None:
        """Delete the text and what an editor left beside it; a missing one is no failure."""
        files.unlink(self.path(name))
        for left in self.left_by_editors(name):
            files.unlink(self.folder / left)
        files.sync_folder(self.folder)

    def left_by_editors(self, name: str) -> tuple[str, ...]:
        """Return the names of files that killed editors left beside the text, which may hold unsaved words."""
        names = files.names(self.folder)
        return tuple(left for left in names if left in _rescues(name) or left[:-2] == f".{name}.s")

    def rescue(self, name: str) -> None:
        """Replace the text by what a killed editor saved beside it, which is newer."""
        for left in _rescues(name):
            if (text := self.get(left)) is not None:
                if text.strip():
                    self.put(name, text)
                files.unlink(self.path(left))

    def aside(self, name: str) -> Path | None:
        """Rename the text to a numbered name and return its path, or None if there is none."""
        text = self.get(name)
        if text is None:
            return None
        path = self.put(self.free(name), text)
        self.drop(name)
        return path

    def free(self, name: str) -> str:
        """Return the name with the first unused number: `note-2.md`."""
        stem, dot, suffix = name.rpartition(".")
        names = (f"{stem}-{number}{dot}{suffix}" for number in count(2))
        return next(one for one in names if self.get(one) is None)


def _rescues(name: str) -> tuple[str, ...]:
    """Return the names under which nano and emacs save a text when killed; vim offers its swap file itself."""
    return f"{name}.save", f"#{name}#"
