"""A hook of the interpreter that fails the test which touches the real home."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

TOUCHING = frozenset(
    [
        "open",
        "os.chmod",
        "os.link",
        "os.listdir",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.scandir",
        "os.symlink",
        "os.truncate",
        "os.utime",
        "sqlite3.connect",
        "shutil.copytree",
        "shutil.move",
        "shutil.rmtree",
    ]
)

_ODD = (f"{os.sep}.{os.sep}", f"{os.sep}..", os.sep * 2)
"""What abspath would take out of a path."""


def _real_folders() -> tuple[str, ...]:
    """Return where mentorlog would keep things for the person who runs the tests."""
    home = Path.home()
    parents = [home / part for part in (".config", ".local/share", ".local/state", ".cache", "Documents")]
    parents += [home / "Library" / part for part in ("Application Support", "Preferences", "Caches", "Logs")]
    parents += [Path(value) for name, value in os.environ.items() if name.startswith("XDG_") and name.endswith("_HOME")]
    folders = {str(parent / "mentorlog") for parent in parents} | {str(home / ".mentorlog")}
    app = str(Path(__file__).resolve())
    return tuple(sorted(folder for folder in folders if not app.startswith(folder + os.sep)))


class Isolation:
    """An audit hook that fails whoever touches the real folders; it stays for good, so there is one."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self.folders = folders
        self.within = tuple(folder + os.sep for folder in folders)
        self.test: str | None = None
        self.broken: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Look at one event of the interpreter."""
        if event not in TOUCHING or self.test is None:
            return
        for argument in arguments[:2]:
            path = _path(argument)
            if path is not None and (path in self.folders or path.startswith(self.within)):
                message = f"{self.test} uses the real home: {event} {path}"
                self.broken.append(message)
                pytest.fail(message)  # no Exception: nobody's `except Exception` swallows it


def _path(argument: object) -> str | None:
    if argument is None or isinstance(argument, int):
        return None
    text = argument if isinstance(argument, str) else _text(argument)
    if "mentorlog" not in text:
        return None
    # Some hundred thousand paths in a test of faults, nearly all of them plain.
    plain = text.startswith(os.sep) and not any(part in text for part in _ODD)
    return text if plain else os.path.abspath(text)  # noqa: PTH100 - resolve() would touch the disk in an audit hook


def _text(argument: object) -> str:
    return os.fsdecode(argument) if isinstance(argument, (bytes, os.PathLike)) else ""


ISOLATION = Isolation(_real_folders())
sys.addaudithook(ISOLATION)
