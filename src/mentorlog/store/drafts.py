"""Texts that are not saved yet: what an editor works on, the answers of an interrupted review; private and durable."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from mentorlog.store.disk import files


class Drafts:
    """The folder `.mentorlog/drafts`: each text outlives a crash until it is dropped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return where the text lies; a name leads nowhere else."""
        if not name or name[0] == "." or len(name) > 100 or any(sign in name for sign in "/\\\0"):
            raise ValueError("not the name of a draft")
        return self.folder / name

    def put(self, name: str, text: str) -> Path:
        """Keep the text under the name, over what was there, and return where it lies."""
        path = self.path(name)
        files.private_folder(self.folder.parent)
        files.private_folder(self.folder)
        files.put(path, text.encode("utf-8", "surrogateescape"))
        return path

    def get(self, name: str) -> str | None:
        """Return the text as it is now, None where there is none; bytes that are no UTF-8 come as surrogates."""
        data = files.content(self.path(name))
        return None if data is None else data.decode("utf-8", "surrogateescape")

    def list(self) -> tuple[str, ...]:
        """Return the names, sorted; an editor's own files beside them do not count."""
        return tuple(sorted(name for name in files.names(self.folder) if name[0] != "." and name[-1] != "~"))

    def drop(self, name: str) -> None:
        """Forget the text, and what an editor left beside it; one that is gone already is no failure."""
        files.unlink(self.path(name))
        for left in self.left_by_editors(name):
            files.unlink(self.folder / left)
        files.sync_folder(self.folder)

    def left_by_editors(self, name: str) -> tuple[str, ...]:
        """Return the names of what killed editors left beside the text: it may hold what was never saved."""
        names = files.names(self.folder)
        return tuple(left for left in names if left in _rescues(name) or left[:-2] == f".{name}.s")

    def rescue(self, name: str) -> None:
        """Let what a killed editor saved beside the text be the text: it is the newer one."""
        for left in _rescues(name):
            if (text := self.get(left)) is not None:
                if text.strip():
                    self.put(name, text)
                files.unlink(self.path(left))

    def aside(self, name: str) -> Path | None:
        """Keep the text under a name with a number instead and return where it lies; None where there is none."""
        text = self.get(name)
        if text is None:
            return None
        path = self.put(self.free(name), text)
        self.drop(name)
        return path

    def free(self, name: str) -> str:
        """Return the name with the first number under which nothing lies: `note-2.md`."""
        stem, dot, suffix = name.rpartition(".")
        names = (f"{stem}-{number}{dot}{suffix}" for number in count(2))
        return next(one for one in names if self.get(one) is None)


def _rescues(name: str) -> tuple[str, ...]:
    """Return the names under which nano and emacs save a text when they are killed; vim offers its swap itself."""
    return f"{name}.save", f"#{name}#"
