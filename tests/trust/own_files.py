"""Every file that mentorlog keeps for itself, in every way in which it can be strange; who judges what comes of it.

`python -m trust.own_files lock pipe` (in tests/) does one case; `quick` does one of each file and way, `some` every
third way of each file, `all` does all. They print what was wrong as JSON. A process of its own: what hangs is killed.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from copies import Copy
from faults import sample_journal
from mentorlog.store.index.database import VerifiedDatabase
from world import Environment, Ran, World

SECRET = b"somebody else's\n"

OWN = {
    ".mentorlog": "folder",
    ".mentorlog/.gitignore": "file",
    ".mentorlog/lock": "file",
    ".mentorlog/index.sqlite": "file",
    ".mentorlog/index.sqlite-journal": "file",
    ".mentorlog/index.sqlite-wal": "file",
    ".mentorlog/index.sqlite-shm": "file",
    ".mentorlog/index.seal": "file",
    ".mentorlog/pending.json": "file",
    ".mentorlog/operations": "folder",
    ".mentorlog/operations/000001.json": "file",
    ".mentorlog/operations/000003.json": "file",
    ".mentorlog/operations/9223372036854775808.json": "file",
    ".mentorlog/drafts": "folder",
    ".mentorlog/drafts/review.toml": "file",
    ".mentorlog/drafts/goal-g7k3q.toml": "file",
    ".mentorlog/conflicts": "folder",
    ".mentorlog/conflicts/000001-goals-g7k3q.toml": "file",
    "journal.toml": "file",
    "profile.toml": "file",
    "goals": "folder",
    "reviews": "folder",
    "home/.config/mentorlog/journal": "file",
}

COMMANDS: dict[str, list[str]] = {
    "status": ["status"],
    "add": ["goal", "add", "Another one"],
    "undo": ["undo"],
    "forget": ["forget", "n6h7j", "--yes"],
    "doctor": ["doctor"],
    "fix": ["doctor", "--fix"],
    "export": ["export", "json"],
}


def _pipe(path: Path, outside: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path, outside: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _device(path: Path, outside: Path) -> None:
    os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))


def _huge(path: Path, outside: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5 << 30)
    path.chmod(0o600)


def _folder(path: Path, outside: Path) -> None:
    path.mkdir(0o700)


def _full_folder(path: Path, outside: Path) -> None:
    path.mkdir(0o700)
    (path / "mine.txt").write_bytes(SECRET)
    (path / "mine.txt").chmod(0o600)


def _written(data: bytes) -> Callable[[Path, Path], None]:
    def write(path: Path, outside: Path) -> None:
        path.write_bytes(data)
        path.chmod(0o600)

    return write


ATTACKS: dict[str, Callable[[Path, Path], None]] = {
    "link to nowhere": lambda path, outside: path.symlink_to(outside / "nothing"),
    "link elsewhere": lambda path, outside: path.symlink_to(outside / "secret"),
    "link to a folder": lambda path, outside: path.symlink_to(outside),
    "loop": lambda path, outside: path.symlink_to(path.name),
    "hard link": lambda path, outside: os.link(outside / "secret", path),
    "pipe": _pipe,
    "socket": _socket,
    "device": _device,
    "folder": _folder,
    "full folder": _full_folder,
    "empty": _written(b""),
    "rubbish": _written(b"\xff\x00rubbish\n" * 99),
    "a long number": _written(b'{"version": 1, "seq": 9223372036854775808, "format": 99999999999999999999999}'),
    "huge": _huge,
    "cut": lambda path, outside: None,
    "missing": lambda path, outside: None,
}


ROWS = [
    "UPDATE records SET data = 'rubbish'",
    "UPDATE records SET data = '{}'",
    "UPDATE records SET data = '[1]'",
    "UPDATE records SET data = x'ff'",
    'UPDATE records SET data = replace(data, \'"record":"goal"\', \'"record":"x"\')',
    "DELETE FROM defaults",
    "UPDATE defaults SET defaults = '5'",
    "DELETE FROM log",
    "UPDATE log SET seq = 'x'",
    "UPDATE log SET seq = 9223372036854775807",
    "UPDATE folders SET stamps = x'00'",
    "UPDATE folders SET names = 5",
    "DROP TABLE links",
]
"""What may have become of the rows of an index whose seal fits."""
ROW_STEPS = {"quick": 4, "some": 3, "all": 1}

WORKS = {  # exit statuses and words of commands that did what they could
    0: "",
    1: "There is nothing to undo.",
    4: "changed since",  # what the attack put there is another program's text
}
BATTERY = [["goal", "add", "Another one"], ["undo"], ["forget", "n6h7j", "--yes"], ["export", "json"]]


class Ground:
    """A journal of a resident, laid out for each case."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.outside = world.root / "outside"
        world.journal.mkdir(mode=0o700)
        sample_journal.write(world.journal)
        for name in (".mentorlog/drafts", ".mentorlog/conflicts"):
            (world.journal / name).mkdir(mode=0o700, exist_ok=True)
        config = world.home / ".config" / "mentorlog"
        config.mkdir(parents=True)
        (config / "journal").write_text(f"{world.journal}\n")
        for path in world.journal.rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        world.invoke("status")
        self.copy = Copy(world.root, ("journal", "home/.config"))

    def lay_out(self) -> None:
        """Put the sound journal back."""
        for name in ("journal", "home/.config", "home/.local"):  # nor has this machine seen what came before
            _remove(self.world.root / name)
        _remove(self.outside)
        self.outside.mkdir()
        (self.outside / "secret").write_bytes(SECRET)
        self.copy.write(self.world.root)

    def path(self, name: str) -> Path:
        """Return the place of an own file."""
        return self.world.root / name if name.startswith("home/") else self.world.journal / name

    def attack(self, name: str, how: str) -> None:
        """Put the journal back, and something strange in the place of an own file."""
        self.lay_out()
        path = self.path(name)
        data = path.read_bytes() if path.is_file() else b'{"version": 1'
        _remove(path)
        if how == "cut":
            _written(data[: len(data) // 2])(path, self.outside)
        ATTACKS[how](path, self.outside)

    def run(self, *argv: str, name: str = "") -> Ran:
        """Run the program, which finds the journal where the attacked file would tell it."""
        env: Environment = {"MENTORLOG_JOURNAL": None} if name.startswith("home/") else {}
        return self.world.invoke(*argv, env=env)

    def case(self, name: str, how: str) -> Iterator[str]:
        """Yield what is wrong with one case."""
        for words in COMMANDS.values():
            self.attack(name, how)
            ran = self.run(*words, name=name)
            yield from self._complaints(words, ran, name)
        self.attack(name, how)
        yield from self._repaired(name)

    def _complaints(self, words: Sequence[str], ran: Ran, name: str) -> Iterator[str]:
        said = f"{' '.join(words)}: exit {ran.exit}, {(ran.err or ran.out).strip()[:200]}"
        if ran.exit == 70 or "Traceback" in ran.err:
            yield said
        if self.outside.is_dir() and {path.name for path in self.outside.iterdir()} != {"secret"}:
            yield f"{said}; outside lies {[path.name for path in self.outside.iterdir()]}"
        if (self.outside / "secret").read_bytes() != SECRET:
            yield f"{said}; somebody else's file is overwritten"
        if words[0] != "doctor" and WORKS.get(ran.exit, "?") not in ran.err and not self._is_named(name, ran):
            yield f"{said}; and doctor does not name it"

    def _is_named(self, name: str, ran: Ran) -> bool:
        if name.startswith("home/"):
            return (name in ran.err and "hint: delete it, " in ran.err) or "(set by mentorlog init)" in ran.err
        doctor = self.run("doctor", "--json")
        if name.endswith("pending.json") and ".mentorlog/conflicts/" in ran.err:
            return True  # set aside, as it says
        return doctor.exit == 3 and any(one["path"] == name for one in doctor.data["findings"])

    def _repaired(self, name: str) -> Iterator[str]:
        """Do what doctor says; yield what does not work afterwards."""
        if name.startswith("home/"):
            _remove(self.path(name))
            self.run("init", str(self.world.journal))
        else:
            self.run("doctor", "--fix")
            for finding in self.run("doctor", "--json").data["findings"]:
                if finding["level"] == "error":
                    self._do(finding["path"], finding["remedy"])
        doctor = self.run("doctor", name=name)
        if doctor.exit:
            yield f"after the remedies doctor says: {doctor.out[:300]}"
        for words in BATTERY:
            ran = self.run(*words, name=name)
            if ran.exit:
                yield f"after the remedies {' '.join(words)}: exit {ran.exit}, {ran.err[:200]}"

    def _do(self, path: str, remedy: str) -> None:
        """Do what a remedy says."""
        place = self.path(path)
        if "mentorlog init" in remedy and "backup" not in remedy:
            self.run(*shlex.split(remedy.partition(": mentorlog ")[2]))
        elif ("backup" in remedy and "operations/" not in path) or remedy.startswith("repair it"):
            _remove(place)
            self.copy.write(self.world.root)
        elif remedy.startswith(("move it", "delete it", "copy what you need")):
            _remove(place)
        elif "delete it and all older ones" in remedy:
            for older in place.parent.iterdir():
                if older.name <= place.name:
                    _remove(older)
        else:
            raise AssertionError(f"{path}: no test does this: {remedy}")

    def rows(self, statement: str) -> Iterator[str]:
        """Yield what is wrong where rows are spoilt and the seal fits."""
        reads = (["status"], ["goal", "list", "--json"], ["search", "er"], ["show", "g7k3q"], ["review", "due"])
        for words in (*reads, ["goal", "add", "Another one"], ["undo"]):
            self.lay_out()
            wanted = self.run(*words) if words in reads else None
            path = self.world.journal / ".mentorlog" / "index.sqlite"
            self.run("status")
            with closing(sqlite3.connect(path, isolation_level=None)) as db:
                db.execute(statement)
            file = VerifiedDatabase(path)
            with file._exclusive() as seal:
                file._write_stamp(seal)
            ran = self.run(*words)
            if ran.exit or (wanted and ran != wanted):
                yield f"{statement}, {' '.join(words)}: exit {ran.exit}, {ran.err[:300]}"


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def cases(which: str) -> list[tuple[str, str]]:
    """Return the file and the way of every case, of every third way of each file, or of one for each file and way."""
    pairs = [
        (name, how)
        for name, kind in OWN.items()
        for how in ATTACKS
        if kind == "file" or how not in ("folder", "cut", "hard link", "a long number", "huge")
    ]
    pairs.remove(("home/.config/mentorlog/journal", "missing"))  # no journal is remembered, as at first
    pairs = [pair for pair in pairs if pair[1] != "device" or _may_make_devices()]
    if which == "some":
        files, ways = [*OWN], [*ATTACKS]
        return [(name, how) for name, how in pairs if (files.index(name) + ways.index(how)) % 3 == 0]
    return pairs if which == "all" else pairs[:: len(ATTACKS) + 5]


def _may_make_devices() -> bool:
    return os.geteuid() == 0 and sys.platform == "linux"


def main(*arguments: str) -> None:
    """Do the cases, and print what was wrong."""
    root = Path(tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    try:
        world = World(root / "world")
        os.environ.update(world.environment())
        ground = Ground(world)
        pairs = cases(arguments[0]) if len(arguments) == 1 else [(arguments[0], arguments[1])]
        wrong = [f"{name}, {how}: {one}" for name, how in pairs for one in ground.case(name, how)]
        rows = ROWS[:: ROW_STEPS[arguments[0]]] if arguments[0] in ROW_STEPS else []
        wrong += [one for statement in rows for one in ground.rows(statement)]
    finally:
        shutil.rmtree(root)
    print(json.dumps({"cases": len(pairs) + len(rows), "wrong": wrong}))


if __name__ == "__main__":
    main(*sys.argv[1:])
