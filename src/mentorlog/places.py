"""Locations: the journal, the configuration that remembers it, the program's state."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG

from mentorlog.errors import BadValue, DiskFailure, MentorlogError, NoHome
from mentorlog.store.layout import JOURNAL, PRIVATE, Layout
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

REMEMBERED = "journal" if sys.platform == "linux" else "journal-path"
"""The file in the configuration folder that contains the path of the journal, in one line.

On macOS that folder is also the one for data, where the default journal is a folder called `journal`.
"""

SETTINGS = "config.toml"
"""The file of the user's settings in the configuration folder; see config.py."""

SOURCES = {
    "option": "--journal",
    "environment": "MENTORLOG_JOURNAL",
    "remembered": "mentorlog init",
    "default": "default",
}
"""Where the path of the journal comes from, for the user."""

_XDG = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}
_LONGEST = 8192


class Places(Value):
    """The path of the journal, and its source: `option`, `environment`, `remembered` or `default`."""

    journal: Path
    source: str

    @property
    def named(self) -> bool:
        """Whether this journal was specified by the user, so that it must exist."""
        return self.source != "default"

    @property
    def state(self) -> Path:
        """The folder for the program's own state."""
        return folder("state")

    def described(self) -> dict[str, str | bool | None]:
        """Return every location by name (None without a home folder), and the source of the journal."""
        inside, config, state = Layout(self.journal), known("config"), known("state")
        return {
            "journal": str(self.journal),
            "named_by": SOURCES[self.source],
            "exists": is_journal(self.journal),
            "index": str(inside.index),
            "drafts": str(inside.drafts),
            "remembered": str(config / REMEMBERED) if config else None,
            "settings": str(config / SETTINGS) if config else None,
            "state": str(state) if state else None,
        }


def known(kind: str) -> Path | None:
    """Return one of our folders; None without a home folder."""
    try:
        return folder(kind)
    except NoHome:
        return None


def settings() -> Path | None:
    """Return the file of the user's settings; None if there is none."""
    config = known("config")
    try:
        os.lstat(path := config / SETTINGS) if config else None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        pass  # whoever reads it says why that fails
    return path if config else None


def is_journal(path: Path) -> bool:
    """Return whether the folder is a journal, even one without its journal.toml."""
    return any(_exists(path / name) for name in (JOURNAL, PRIVATE, "goals", "mentors"))


def _exists(path: Path) -> bool:
    """Return whether the path exists; DiskFailure if its folder cannot be read."""
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
    """Return whether a folder contains any file that is not hidden."""
    try:
        return any(not entry.name.startswith(".") for entry in path.iterdir())
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        raise MentorlogError(f"{path} is not a folder.", "use a new folder for the journal") from None


def find(option: str | None = None) -> Places:
    """Return the locations, by the option, MENTORLOG_JOURNAL, the remembered folder or the default."""
    if option is not None:
        return Places(full(option), "option")
    if named := os.environ.get("MENTORLOG_JOURNAL"):
        return Places(full(named), "environment")
    if path := remembered():
        return Places(path, "remembered")
    return Places(folder("data") / "journal", "default")


def full(text: str, what: str = "The path of the journal", hint: str = "for example: --journal ~/journal") -> Path:
    """Return the absolute path for the text, in which `~` is the home folder; BadValue if it is empty."""
    if not text.strip() or "\0" in text:
        raise BadValue("path", f"{what} is empty.", hint)
    return Path(os.path.abspath(os.path.expanduser(text)))  # noqa: PTH100, PTH111 - resolve() would follow links


def remembered() -> Path | None:
    """Return the journal that `init` remembered, if any."""
    file = folder("config") / REMEMBERED
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe is not waited for
        with open(descriptor, "rb") as opened:
            is_file = S_ISREG(os.fstat(descriptor).st_mode)
            text = opened.read(_LONGEST) if is_file else b""
    except (FileNotFoundError, NotADirectoryError):
        if not os.path.islink(file):  # noqa: PTH114
            return None
        text = b""
    except PermissionError as error:
        from mentorlog.store.disk.os_errors import disk_failure

        raise disk_failure(error, file, "read") from error
    except OSError:  # a folder, a socket, a link to itself
        text = b""
    path = Path(os.fsdecode(text.removesuffix(b"\n").replace(b"\0", b"")))
    if not path.is_absolute():
        hint = "delete it, then select a journal again: mentorlog init PATH"
        raise MentorlogError(f"{file} does not contain the path of a journal.", hint)
    return path


def remember(journal: Path, make: Callable[[], T]) -> T:
    """Make the journal and remember it for later commands; return what `make` returns.

    The path is written before the journal is made, so that a failure leaves nothing behind.
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
        raise DiskFailure(refusal.sentence, f"or use: mentorlog --journal {quote(str(journal))} init") from error
    try:
        made = make()
        files.rename(staged, file)
    except BaseException:
        files.discard(staged)
        raise
    files.sync_folder(file.parent)
    return made


def folder(kind: str) -> Path:
    """Return our folder for `config`, `data` or `state` on this platform."""
    if sys.platform == "linux":
        # The same as platformdirs (a test compares), whose import would cost 0.8 of Python's start-up.
        variable, usual = _XDG[kind]
        named = os.environ.get(variable, "")
        path = Path(*([named] if named.startswith("/") else [os.environ.get("HOME", ""), usual]), "mentorlog")
    else:
        import platformdirs

        path = getattr(platformdirs, f"user_{kind}_path")("mentorlog", appauthor=False)
    if not path.is_absolute():
        raise NoHome
    return path
