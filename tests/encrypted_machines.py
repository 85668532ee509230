"""Machines with a key that meet at an encrypted remote over real git, and strangers who can write to it."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from mentorlog.store.age import Cipher
from mentorlog.store.keys import Key, KeyRing, Secrets
from mentorlog.store.sync import encrypted_trees, label
from mentorlog.store.sync.courier import BRANCH, Courier
from mentorlog.store.sync.encrypted_trees import EncryptedTrees

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ID = "0123456789abcdef"
KEY = Key(ID, "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
GOAL, OSLER, PROFILE = "goals/g7k3q-submit-case-report.toml", "mentors/osler.toml", "profile.toml"
FILES = {GOAL: b'title = "Submit"\n', OSLER: b'name = "William Osler"\n', PROFILE: b"", "journal.toml": b"format = 1\n"}
SUBJECT = encrypted_trees.SUBJECT


class Machine:
    """One machine: a git directory, and the key."""

    def __init__(self, folder: Path, remote: Path, key: Key = KEY) -> None:
        folder.mkdir()
        self.known = folder / "known.age"
        self.ring = KeyRing(folder / "keys")
        self.ring.put(key)
        self.courier = Courier(folder / "git", str(remote), may_ask=False)
        self.courier.create()

    def opened(self) -> tuple[EncryptedTrees, str]:
        """Fetch and check; return the trees, and the newest commit of the remote."""
        trees, tip = EncryptedTrees(self.courier, self.ring, ID, self.known), self.courier.fetch()
        assert tip is not None
        trees.check(tip)
        return trees, tip

    def send(self, changes: dict[str, bytes | None], *, first: bool = False, erased: tuple[str, ...] = ()) -> str:
        """Commit changes onto the remote's newest commit, and push."""
        if first:
            trees, tips = EncryptedTrees(self.courier, self.ring, ID, self.known), list[str]()
        else:
            trees, tip = self.opened()
            tips = [tip]
        commit = trees.commit(changes, onto=tips[0] if tips else None, parents=tips, at=NOW, erased=erased)
        assert self.courier.push(commit)
        return commit

    def read(self) -> dict[str, bytes]:
        """Fetch; return the files of the newest commit."""
        trees, tip = self.opened()
        return dict(trees.contents(tip, trees.files(tip)))

    def sealed(self, changes: dict[str, bytes | None], key: Key = KEY) -> None:
        """Push a commit with a true seal of a key, but with anything in it."""
        tip = self.courier.fetch()
        assert tip is not None

        def message(tree: str) -> str:
            text = encrypted_trees._sealed_text(tree, [tip], int(NOW.timestamp()), SUBJECT)
            return f"{SUBJECT}\n\nseal: {Secrets(key.identity).seal(text)}"

        commit = self.courier.commit(changes, onto=tip, parents=[tip], message=message, at=NOW)
        assert self.courier.push(commit)


class Host:
    """The remote, and all that somebody can do who may write there and has no key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "--bare")

    def git(self, *words: str, stdin: bytes = b"") -> str:
        """Run git in the repository; return what it prints."""
        return self.output(*words, stdin=stdin).decode(errors="replace").strip()

    def output(self, *words: str, stdin: bytes = b"") -> bytes:
        """Run git in the repository; return the bytes that it prints."""
        return subprocess.run(["git", *words], cwd=self.folder, input=stdin, capture_output=True, check=True).stdout

    @property
    def tip(self) -> str:
        """The newest commit."""
        return self.git("rev-parse", BRANCH)

    def reset(self, commit: str) -> None:
        """Make a commit the newest one."""
        self.git("update-ref", BRANCH, commit)

    def names(self) -> list[str]:
        """Return the names of all files."""
        return self.git("ls-tree", "-r", "--name-only", BRANCH).splitlines()

    def blob(self, name: str, commit: str = BRANCH) -> bytes:
        """Return the bytes of a file."""
        return self.output("cat-file", "blob", f"{commit}:{name}")

    def objects(self) -> bytes:
        """Return the bytes of every object, unpacked, with their ids."""
        listed = self.output("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
        return self.output("cat-file", "--batch", stdin=listed)

    def tree(self, changes: dict[str, bytes | None]) -> str:
        """Return the newest tree with other files."""
        self.git("read-tree", BRANCH)
        for name, data in changes.items():
            blob = self.git("hash-object", "-w", "--stdin", stdin=data or b"")
            line = f"0 {'0' * 40}\t{name}\n" if data is None else f"100644 {blob}\t{name}\n"
            self.git("update-index", "--index-info", stdin=line.encode())
        return self.git("write-tree")

    def commit(self, changes: dict[str, bytes | None], message: str) -> None:
        """Commit other files on top of the newest commit."""
        who = ("-c", "user.name=mentorlog", "-c", "user.email=mentorlog@localhost")
        self.reset(self.git(*who, "commit-tree", self.tree(changes), "-p", BRANCH, "-F", "-", stdin=message.encode()))

    def raw(self) -> bytes:
        """Return the newest commit as it is stored."""
        return self.output("cat-file", "commit", BRANCH)

    def commit_raw(self, data: bytes) -> None:
        """Make the newest commit one with these bytes."""
        self.reset(self.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=data))


def name_of(path: str, key: Key = KEY) -> str:
    """Return the name of a file on the remote."""
    name = Secrets(key.identity).name(path)
    return f"v1/{name[:2]}/{name[2:]}.age"


def encrypted(text: bytes, *keys: Key) -> bytes:
    """Encrypt something to keys."""
    return Cipher(KEY.identity, [key.public for key in keys]).encrypt(text)


def plain_label() -> bytes:
    """Return what a remote says of itself that is not encrypted."""
    return label.written("none")[label.LABEL]
