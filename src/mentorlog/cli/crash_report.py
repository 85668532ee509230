"""Crash reports: exception types and code locations, without any of the user's text."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from traceback import walk_tb

from mentorlog import __version__


def report(failure: BaseException, folder: Path, now: datetime) -> Path:
    """Write a crash report with mode 0600 into a folder and return its path.

    It contains the type of the exception and of its causes, each with its frames (file, line, function).
    """
    lines = [f"mentorlog {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    seen: set[int] = set()
    error: BaseException | None = failure
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        for frame, line in walk_tb(error.__traceback__):
            lines.append(f"  {frame.f_code.co_filename}:{line}:{frame.f_code.co_name}")
        error = error.__cause__ or error.__context__
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.urandom(2).hex()}.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("\n".join(lines) + "\n")
    return path
