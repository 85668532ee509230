"""Commands that the program tells its users to type, run on a copy of the world in which it did so."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from copies import Copy
from world import World

TYPED = re.compile(
    r"""(?:^\s*|(?<![Uu]sage)(?<!write): |&& )mentorlog(?P<words>(?:[ ](?:'[^']*'|"[^"]*"|,(?=\w)|[^\s'",;()`&])+)+)""",
    re.MULTILINE,
)
"""A command behind a colon or on a line of its own; a usage line is none."""

SHOWN = re.compile(r"^\s*(?:Example: |\$ ).*$", re.MULTILINE)
PLACEHOLDER = re.compile(r"^(?:[\w-]+=)?[A-Z]{2,}(?:\.\.\.)?$|…|\w\|\w")

NOT_KNOWN = frozenset({"mentorlog init PATH"})
"""Commands with a placeholder for which no real value can be known."""

WRONG = re.compile(r"^error: (?:There is no |No \w+ matches|Unknown |Unexpected )", re.MULTILINE)


_OURS = ("index", "lock")  # files that reading may write
Env = Mapping[str, str | None] | None


def commands(text: str) -> Iterator[str]:
    """Yield every command that a text tells its readers to type."""
    for typed in TYPED.finditer(SHOWN.sub("", text)):
        yield f"mentorlog{typed['words']}".rstrip(".")


class Pasting:
    """A copy of a world, in which commands are run; the world itself stays as it is."""

    def __init__(self, world: World, env: Env = None, folder: Path | None = None) -> None:
        self._world = World(world.root.with_name(f"{world.root.name}-pasted"))
        self._old, self._new = str(world.root), str(self._world.root)
        self._places = [name for name in ("journal", "home", "work") if (world.root / name).exists()]
        self._files = Copy(world.root, self._places)
        isolated = {name: value for name, value in self._world.environment().items() if self._new in value}
        moved = {name: value and value.replace(self._old, self._new) for name, value in (env or {}).items()}
        self._env = {**isolated, **moved, "EDITOR": "true"}
        self._folder = self._world.root / (folder or world.work).relative_to(world.root)
        self._written: object = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._world.root)

    def _state(self) -> object:
        """Return what tells whether a command has changed a file, but for the index and the lock."""
        paths = [path for name in self._places for path in (self._world.root / name).rglob("*")]
        return {(path, path.stat().st_mtime_ns) for path in paths if path.is_file() and path.stem not in _OURS}

    def run(self, *commands: Sequence[str]) -> tuple[int, str]:
        """Run commands one after the other; return the exit status and both outputs of the last one."""
        if self._written is None or self._written != self._state():
            for name in self._places:
                shutil.rmtree(self._world.root / name, ignore_errors=True)
            self._files.write(self._world.root, moved="/")
            self._written = self._state()
        for words in commands:
            moved = [word.replace(self._old, self._new) for word in words]
            status, printed = self._world.mixed(*moved, env=self._env, cwd=self._folder)
        return status, printed.replace(self._new, self._old)

    def complaint(self, command: str, before: Sequence[str] = ()) -> str | None:
        """Run a command; return what is wrong with it, or None where it works."""
        *earlier, words = [shlex.split(one)[1:] for one in (*before, command)]
        if command not in NOT_KNOWN and (holes := [word for word in words if PLACEHOLDER.search(word)]):
            return f"{command}: {holes[0]} is a placeholder"
        if ">" in words:  # what is left is the shell's
            del words[words.index(">") :]
        status, printed = self.run(*earlier, words)
        asks = "An answer is needed" in printed  # it works on a terminal
        if (status in (2, 70) and not asks) or WRONG.search(printed):
            return f"{command}: {printed.strip()} [exit {status}]"
        return None

    def complaints(self, text: str) -> dict[str, str | None]:
        """Run every command of a text, alone or after those above it; return what is wrong with each."""
        found: dict[str, str | None] = {}
        for command in commands(text):
            wrong = self.complaint(command)
            if wrong and found:
                wrong = self.complaint(command, list(found))
            found[command] = wrong
        return found
