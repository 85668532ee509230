"""A user who may not: mentorlog run as somebody whom permissions hold, also where the tests are run by root."""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import mentorlog
from world import Environment, Ran, World

NOBODY = 65534
_WARMING = (["init"], ["goal", "add", "Aim"], ["status"], ["paths"], ["doctor", "--fix"], ["--help"])


class UnprivilegedWorld(World):
    """A world below a folder that everybody may enter, in which the program runs as somebody who may little."""

    def give(self, *paths: Path) -> None:
        """Let them own what lies there, whole folders with all that is in them."""
        if os.getuid() == 0:
            for path in paths:
                for one in (path, *path.rglob("*")):
                    os.chown(one, NOBODY, NOBODY, follow_symlinks=False)

    def run_as(self, *arguments: str, env: Environment | None = None) -> Ran:
        """Run the program as them; inside this process, as Python itself may lie where they cannot read it."""
        for module in pkgutil.walk_packages(mentorlog.__path__, "mentorlog."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        own = {name: text for name, text in self.environment().items() if name == "HOME" or name.startswith("XDG_")}
        for words in _WARMING:
            self.invoke(*words, env={**own, "MENTORLOG_JOURNAL": str(self.root / "warm")})
        env = {**own, **(env or {})}
        if os.getuid() != 0:
            return self.invoke(*arguments, env=env, cwd=Path("/"))
        os.seteuid(NOBODY)
        try:
            return self.invoke(*arguments, env=env, cwd=Path("/"))
        finally:
            os.seteuid(0)


def _is_known(user: int) -> bool:
    """Whether there is such a user in our namespace."""
    ranges = Path("/proc/self/uid_map")
    lines = ranges.read_text().splitlines() if ranges.exists() else ["0 0 4294967295"]
    return any(int(first) <= user < int(first) + int(count) for first, _, count in map(str.split, lines))


@contextmanager
def unprivileged_world() -> Iterator[UnprivilegedWorld]:
    """Make such a world, and take it away again."""
    if os.getuid() == 0 and not _is_known(NOBODY):
        pytest.skip("root of a namespace that knows nobody else (unshare -r)")
    folder = Path(tempfile.mkdtemp(dir="/tmp"))  # pytest's own folders let nobody else in
    try:
        folder.chmod(0o755)
        yield UnprivilegedWorld(folder)
    finally:
        for path in sorted(folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(folder)
