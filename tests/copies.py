"""Folders that are made once and written wherever a test wants one: faster than shutil, or than to make them again."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


class Copy:
    """The folders and files below a root, all of them or those of some places."""

    def __init__(self, root: Path, places: Iterable[str] = ("",)) -> None:
        self.root = os.fsencode(root)
        beginnings = [root / place for place in places]
        paths = [path for one in beginnings for path in (one, *one.rglob("*"))]
        modes = {path: path.stat().st_mode & 0o777 for path in paths}
        names = {path: str(path).removeprefix(str(root)) for path in paths}
        self.folders = [(names[path], modes[path]) for path in paths if path.is_dir()]
        self.files = [(names[path], modes[path], path.read_bytes()) for path in paths if path.is_file()]

    def write(self, root: Path, moved: str = "/home/") -> None:
        """Write it below another root; in the files of a place where the old root is named, the new one is."""
        to = str(root)
        for name, mode in self.folders:
            with suppress(FileExistsError):
                os.mkdir(to + name, mode)  # noqa: PTH102 - thousands of times in a run of the tests
        for name, mode, data in self.files:
            file = os.open(to + name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
            os.write(file, data.replace(self.root, os.fsencode(to)) if name.startswith(moved) else data)
            os.close(file)
