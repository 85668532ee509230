"""Keeps a journal of this version for every later one: `python tests/keep_journal.py NAME [PROGRAM]`.

The program that is installed, or that of another version, makes the journal of every_field.py. Its files and its log
are kept in tests/data/journals/NAME, with `answers/`: what that version said of it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from every_field import live
from terminal import Terminal
from world import NOW, Ran, World

TESTS = Path(__file__).resolve().parent
KEPT = TESTS / "data" / "journals"
OURS = (sys.executable, "-P", "-m", "mentorlog")
ANSWERS = {
    "export.json": ("export", "json"),
    **{f"{kind}s.json": (kind, "list", "--all", "--json") for kind in ("mentor", "goal", "task", "meeting", "letter")},
    "notes.json": ("note", "list", "--json"),
    "reviews.json": ("review", "list", "--json"),
    "profile.json": ("profile", "show", "--json"),
    "templates.json": ("template", "list", "--json"),
    "history.json": ("history", "--all", "--json"),
}
"""What is asked of a kept journal, each answer in a file."""


class Resident:
    """Runs the commands of one program on a journal, each on its day."""

    def __init__(self, world: World, program: Sequence[str] = OURS) -> None:
        self._world, self._program = world, program
        self._editor, self._text = world.root / "editor", world.root / "text"

    def run(
        self,
        on: str,
        *words: str,
        stdin: str = "",
        editor: Callable[[str], str] | None = None,
        types: Sequence[str] | None = None,
        fails: bool = False,
        whole: bool = False,
    ) -> Any:
        """Run a command at nine on a day; return its data, or with `whole` all of the JSON that it prints."""
        env = {"MENTORLOG_NOW": f"{on}T09:00:00+00:00"}
        if editor:
            env["EDITOR"] = self._writes(editor, words, fails)
        if types is not None:
            return self._type(words, types, env)
        ran = self._ran(words if whole else (*words, "--json"), stdin, env)
        if bool(ran.exit) != fails:
            raise SystemExit(f"{on} {words}: exit {ran.exit}\n{ran.out}{ran.err}")
        printed = json.loads(ran.out) if ran.out.startswith("{") else {}
        return printed if whole else printed.get("data")

    def _ran(self, words: Sequence[str], stdin: str, env: Mapping[str, str]) -> Ran:
        if self._program == OURS:  # without a process for each command
            return self._world.invoke(*words, stdin=stdin, env=env)
        command, variables = [*self._program, *words], self._world.variables(env)
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, env=variables, check=False)
        return Ran(done.returncode, done.stdout, done.stderr)

    def _writes(self, change: Callable[[str], str], words: Sequence[str], fails: bool) -> str:
        """Return an editor that changes the record that the words name, or writes a new text, and may then fail."""
        files = [path for path in self._world.journal.rglob("*.toml") if path.stem.partition("-")[0] in words]
        self._text.write_text(change(files[0].read_text(encoding="utf-8") if files else ""), encoding="utf-8")
        self._editor.write_text(f'#!/bin/sh\ncp {self._text} "$1"\nexit {int(fails)}\n')
        self._editor.chmod(0o755)
        return str(self._editor)

    def _type(self, words: Sequence[str], answers: Sequence[str], env: Mapping[str, str]) -> None:
        """Answer the first questions of a command on a terminal, and close its window."""
        screen = Terminal([*self._program, *words], env=self._world.variables(env), lines=60)
        for answer in answers:
            screen.rest()
            screen.type(answer).press("enter")
        screen.rest()
        screen.kill()


def keep(folder: Path, world: World, program: Sequence[str] = OURS) -> None:
    """Make the journal in a world, and keep it in a new folder with what the program says of it."""
    resident = Resident(world, program)
    live(resident.run, world.journal)
    answers = {name: resident.run(NOW[:10], *words, whole=True) for name, words in ANSWERS.items()}
    answers["fields.json"] = sorted(declared())
    if missing := declared() - used(answers["export.json"]["data"]):
        raise SystemExit(f"every_field.py leaves out: {', '.join(sorted(missing))}")
    for path in kept_files(world.journal):
        target = folder / path.relative_to(world.journal)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (folder / "answers").mkdir()
    for name, answer in answers.items():
        text = json.dumps(answer, ensure_ascii=False, indent=0)
        (folder / "answers" / name).write_text(f"{text}\n", encoding="utf-8")


def copy(kept: Path, root: Path) -> None:
    """Make a journal of a kept one, with the modes that mentorlog gives, and hidden from git."""
    shutil.copytree(kept, root, ignore=shutil.ignore_patterns("answers"))
    (root / ".mentorlog" / ".gitignore").write_text("*\n")
    for path in (root, *root.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def kept_files(root: Path) -> Iterator[Path]:
    """Return the files of a journal that say something: not the index, the lock and what hides them from git."""
    files = (path for path in root.rglob("*") if path.is_file() and path.parent.name != ".mentorlog")
    return iter(sorted(files))


def declared() -> set[str]:
    """Return every field of every kind of record: `goal.mentors.told_on`."""
    tables = tomllib.loads((TESTS.parent / "docs" / "reference" / "fields.toml").read_text(encoding="utf-8"))
    shared = [*tables.pop("record")]
    for table in [name for name in tables if name.startswith("record.")]:
        shared += [f"{table.removeprefix('record.')}.{name}" for name in tables.pop(table) if name != "about"]
    tables.pop("set_by")
    fields = {f"{table}.{name}" for table, names in tables.items() for name in names if name != "about"}
    return fields | {f"{kind}.{name}" for kind in tables if "." not in kind and kind != "profile" for name in shared}


def used(document: Mapping[str, Any]) -> set[str]:
    """Return the fields that have a value somewhere in an export."""

    def within(name: str, value: Any) -> Iterator[str]:
        if isinstance(value, list):
            for one in value:
                yield from within(name, one)
        elif value not in (None, "", [], {}):
            yield name
            for key, item in value.items() if isinstance(value, dict) else ():
                yield from within(f"{name}.{key}", item)

    records = [*document["records"], {**document["profile"], "record": "profile"}]
    return {name for one in records for key, value in one.items() for name in within(f"{one['record']}.{key}", value)}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        keep(KEPT / sys.argv[1], World(Path(temporary)), sys.argv[2:] or OURS)
