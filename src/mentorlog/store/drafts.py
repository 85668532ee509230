"""Unsaved texts: what an editor works on and the answers of an unfinished review; private and durable."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path

from mentorlog import ids
from mentorlog.store.disk import files
from mentorlog.store.layout import AFTER_DRAFT, REVIEW_DRAFT


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
        files.private_folder(self.folder.parent, parents=True)
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

    def left(self) -> tuple[str, ...]:
        """Return the names of the texts that somebody wrote and that were not saved."""
        texts = [name for name in self.list() if not self.path(name).is_dir()]
        return tuple(name for name in texts if (self.get(name) or "").strip() and not self.is_untouched(name))

    def mark_untouched(self, name: str) -> None:
        """Keep a text that nobody has changed, because its editor may still be open; it is not unsaved yet."""
        files.put(self._mark(name), self._digest(name))

    def is_untouched(self, name: str) -> bool:
        """Return whether nobody has changed a text since it was marked."""
        mark = files.content(self._mark(name))
        return mark is not None and mark == self._digest(name)

    def _mark(self, name: str) -> Path:
        return self.folder / f".{name}.untouched"

    def _digest(self, name: str) -> bytes:
        from hashlib import sha256

        return sha256(files.content(self.path(name)) or b"").hexdigest().encode()

    def drop(self, name: str) -> None:
        """Delete the text and what an editor left beside it; a missing one is no failure."""
        files.unlink(self.path(name))
        files.unlink(self._mark(name))
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

    def follow(self, renamed: Mapping[str, str]) -> None:
        """Give the answers after a meeting the new ids of renamed records; no editor has these drafts open."""
        from mentorlog.store.sync.twins import in_text  # few syncs rename a record

        for name in (name for name in self.list() if name.startswith(AFTER_DRAFT)):
            text, id = self.get(name) or "", name.removeprefix(AFTER_DRAFT).removesuffix(".toml")
            new, following = f"{AFTER_DRAFT}{renamed.get(id, id)}.toml", in_text(text, renamed)
            if name != f"{AFTER_DRAFT}{id}.toml" or (new, following) == (name, text):
                continue
            self.put(new, following)
            if new != name:
                self.drop(name)

    def free(self, name: str) -> str:
        """Return the name with the first unused number: `note-2.md`."""
        stem, dot, suffix = name.rpartition(".")
        names = (f"{stem}-{number}{dot}{suffix}" for number in count(2))
        return next(one for one in names if self.get(one) is None)


def unsaved(folder: Path) -> list[dict[str, str | None]]:
    """Return the texts that were written in an editor and not saved: the path of each, and the command to open it."""
    left = [name for name in Drafts(folder).left() if name != REVIEW_DRAFT]
    return [{"path": str(folder / name), "command": command_of(name)} for name in left]


_COMMANDS = {
    "note.md": "note add --edit",
    "goal.md": "goal add --edit",
    "mentor.md": "mentor add --edit",
    "instructions.md": "task add --edit",
    "meeting-plan.md": "meeting plan --edit",
    "review-form.toml": "review --form",
    REVIEW_DRAFT: "review --resume",
}
_OF_RECORD = {"text": "edit {}", "notes": "edit {} --notes", "comment": "task return {} --edit"}
_OUTCOMES = {"task": "task done {} --edit", "note": "note close {} --edit"}


def command_of(name: str) -> str | None:
    """Return the command that opens a draft again; None if there is none, as for one that was set aside."""
    if command := _COMMANDS.get(name):
        return f"mentorlog {command}"
    stem, _, suffix = name.rpartition(".")
    about, _, field = stem.rpartition("-")
    if field.isdecimal():
        return None
    if suffix == "toml" and stem.startswith(AFTER_DRAFT):
        return f"mentorlog meeting after {stem.removeprefix(AFTER_DRAFT)}"
    if suffix == "toml":
        return f"mentorlog edit {stem}"
    if suffix == "txt":
        return f"mentorlog template edit {stem.removeprefix('template-')}"
    for start, command in (("meeting-", "meeting log {} --edit"), ("question-", "ask {} --edit")):
        if stem.startswith(start):
            return f"mentorlog {command.format(stem.removeprefix(start))}"
    command = _OUTCOMES.get(ids.kind_of(about) or "") if field == "outcome" else _OF_RECORD.get(field)
    return f"mentorlog {command.format(about)}" if command and about else None


def _rescues(name: str) -> tuple[str, ...]:
    """Return the names under which nano and emacs save a text when killed; vim offers its swap file itself."""
    return f"{name}.save", f"#{name}#"
