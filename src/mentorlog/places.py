"""Where things are: the journal, the configuration that remembers it, the program's state."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from mentorlog.errors import DiskFailure, MentorlogError, NoHome, Usage
from mentorlog.store.layout import JOURNAL, PRIVATE, Layout
from mentorlog.values import Value

REMEMBERED = "journal" if sys.platform == "linux" else "journal-path"
"""The file in the configuration folder that holds the path of the journal, in one line.

On macOS that folder is also the one for data, where the default journal is a folder called `journal`.
"""

SOURCES = {
    "option": "--journal",
    "environment": "MENTORLOG_JOURNAL",
    "remembered": "mentorlog init",
    "default": "nobody (the default)",
}
"""Who named the journal, in words."""

_XDG = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}
_LONGEST = 8192


class Places(Value):
    """Where the journal is, and who says so: `option`, `environment`, `remembered` or `default`."""

    journal: Path
    source: str

    @property
    def named(self) -> bool:
        """Whether somebody named this journal, so that it must exist."""
        return self.source != "default"

    @property
    def state(self) -> Path:
        """The folder of what the program keeps for itself."""
        return folder("state")

    def described(self) -> dict[str, str | bool | None]:
        """Return every place by its name (None where there is no home), and who named the journal."""
        inside = Layout(self.journal)
        return {
            "journal": str(self.journal),
            "named_by": SOURCES[self.source],
            "exists": is_journal(self.journal),
            "index": str(inside.index),
            "drafts": str(inside.drafts),
            "remembered": _known("config", REMEMBERED),
            "state": _known("state"),
        }


def _known(kind: str, *below: str) -> str | None:
    """A place below one of our folders; None where there is no home that it could be in."""
    try:
        return str(folder(kind).joinpath(*below))
    except NoHome:
        return None


def is_journal(path: Path) -> bool:
    """Whether a journal is in the folder; one that lost its journal.toml is still one."""
    return any(_exists(path / name) for name in (JOURNAL, PRIVATE, "goals", "mentors"))


def _exists(path: Path) -> bool:
    """Whether something is there; DiskFailure where the folder cannot be looked into."""
    try:
        os.lstat(path)
    except OSError as error:
        import errno

        if error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP):
            from mentorlog.store.disk.os_errors import disk_failure

            raise disk_failure(error, path.parent, "look into") from error
        return False
    return True


def in_use(path: Path) -> bool:
    """Whether a folder holds anything that is not hidden."""
    try:
        return any(not entry.name.startswith(".") for entry in path.iterdir())
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        sentence = f"{path} is not a folder, or is inside a file."
        raise MentorlogError(sentence, "name a new folder for the journal") from None


def find(option: str | None = None) -> Places:
    """Return where things are: by the option, MENTORLOG_JOURNAL, the remembered folder, the default."""
    if option is not None:
        return Places(full(option), "option")
    if named := os.environ.get("MENTORLOG_JOURNAL"):
        return Places(full(named), "environment")
    if path := remembered():
        return Places(path, "remembered")
    return Places(folder("data") / "journal", "default")


def full(
    text: str, what: str = "The path of the journal", hint: str = "name a folder, like: --journal ~/journal"
) -> Path:
    """Return the absolute path that the user means; `~` is their home. Usage for an empty one."""
    if not text.strip() or "\0" in text:
        raise Usage(f"{what} is empty.", hint)
    return Path(os.path.abspath(os.path.expanduser(text)))  # noqa: PTH100, PTH111 - resolve() would follow links


def remembered() -> Path | None:
    """Return the journal that `init` has remembered, if there is one."""
    file = folder("config") / REMEMBERED
    try:
        with file.open("rb") as opened:
            path = Path(os.fsdecode(opened.read(_LONGEST).removesuffix(b"\n").replace(b"\0", b"")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not path.is_absolute():
        raise MentorlogError(f"{file} does not hold the path of a journal.", "write it again with: mentorlog init PATH")
    return path


def remember(journal: Path, make: Callable[[], bool]) -> bool:
    """Make the journal and remember it for every later command that names none; return what `make` returns.

    What is remembered is written before anything is made: where it cannot be written nothing is made.
    """
    from shlex import quote

    from mentorlog.store.disk import files
    from mentorlog.store.disk.os_errors import disk_failure

    file = folder("config") / REMEMBERED
    staged = file.with_name(files.staged_name(REMEMBERED))
    try:
        os.makedirs(file.parent, mode=0o700, exist_ok=True)  # noqa: PTH103 - also where .config is missing
        files.write_new(staged, os.fsencode(journal) + b"\n", file)
    except (OSError, DiskFailure) as error:
        refusal = disk_failure(error, file.parent, "create") if isinstance(error, OSError) else error
        raise DiskFailure(refusal.sentence, f"go without: mentorlog --journal {quote(str(journal))} init") from error
    try:
        made = make()
        files.rename(staged, file)
    except BaseException:
        files.discard(staged)
        raise
    files.sync_folder(file.parent)
    return made


def folder(kind: str) -> Path:
    """Return our folder for `config`, `data` or `state`, as the platform has it."""
    if sys.platform == "linux":
        # What platformdirs says (a test compares), without the 0.8 of a bare Python of importing it.
        variable, usual = _XDG[kind]
        named = os.environ.get(variable, "")
        path = Path(*([named] if named.startswith("/") else [os.environ.get("HOME", ""), usual]), "mentorlog")
    else:
        import platformdirs

        path = getattr(platformdirs, f"user_{kind}_path")("mentorlog", appauthor=False)
    if not path.is_absolute():
        raise NoHome
    return path
