"""The objects of git as bytes: trees and commits read, commits written for `git fast-import`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from mentorlog.store.sync.git_folder import OFFERED

_AUTHOR = "mentorlog <mentorlog@localhost>"
_FILE, _FOLDER, _LINKED = "100644", "40000", "160000"
_ID = re.compile(r"[0-9a-f]{40}")


class Malformed(Exception):
    """An object is missing, or is not what git writes."""


class Entry(NamedTuple):
    """An entry of a commit's tree: git's mode, kind (`blob`, `tree` or `commit`) and id."""

    mode: str
    kind: str
    id: str

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file, which alone can be ours."""
        return self.mode == _FILE


class Commit(NamedTuple):
    """What a commit says: its tree, parents, time and message."""

    tree: str
    parents: tuple[str, ...]
    at: datetime
    message: str


def is_id(text: str) -> bool:
    """Return whether a text is the id of an object."""
    return _ID.fullmatch(text) is not None


def checked(id: str) -> str:
    """Return an id that is one: nothing else is ever an argument of git."""
    if not _ID.fullmatch(id):
        raise ValueError(f"{id!r} is not the id of an object")
    return id


def parsed_tree(tree: bytes) -> Iterator[tuple[str, Entry]]:
    """Yield the names and entries in a tree's bytes."""
    position = 0
    while position < len(tree):
        end = tree.find(b"\0", position)
        mode, _, name = tree[position:end].partition(b" ")
        position = end + 21
        if end < 0 or position > len(tree):
            raise Malformed
        shown = mode.decode("ascii", "replace")
        kind = "tree" if shown == _FOLDER else "commit" if shown == _LINKED else "blob"
        yield name.decode("utf-8", "surrogateescape"), Entry(shown, kind, tree[end + 1 : position].hex())


def parsed_commit(data: bytes) -> Commit:
    """Return what a commit's bytes say."""
    head, _, message = data.partition(b"\n\n")
    lines = [line.partition(" ") for line in head.decode("utf-8", "replace").split("\n")]
    tree = next((value for name, _, value in lines if name == "tree"), "")
    parents = tuple(value for name, _, value in lines if name == "parent")
    at = next((value.split()[-2:-1] for name, _, value in lines if name == "committer"), [])
    if not all(map(_ID.fullmatch, (tree, *parents))):
        raise Malformed
    moment = datetime.fromtimestamp(0, UTC)
    with suppress(ValueError, OverflowError, OSError, IndexError):  # a foreign one may name any
        moment = datetime.fromtimestamp(int(at[0]), UTC)
    return Commit(tree, parents, moment, message.decode("utf-8", "replace").removesuffix("\n"))


def header(mark: int, message: str, parents: Sequence[str], at: datetime) -> bytes:
    """Return the beginning of a commit for fast-import, with its parents."""
    said = f"{message}\n".encode()
    joined = [f"{'merge' if number else 'from'} {checked(parent)}\n" for number, parent in enumerate(parents)]
    seconds = max(0, int(at.timestamp()))
    head = f"commit {OFFERED}\nmark :{mark}\ncommitter {_AUTHOR} {seconds} +0000\ndata {len(said)}\n"
    return head.encode() + said + b"\n" + "".join(joined).encode()


def edits(changes: Mapping[str, bytes | None]) -> Iterator[bytes]:
    """Yield the changes of files for fast-import."""
    for path, data in sorted(changes.items()):
        quoted = b'"%b"' % path.encode().replace(b'"', b'\\"')
        yield b"D " + quoted if data is None else b"M 100644 inline %b\ndata %d\n%b" % (quoted, len(data), data)


def tree_in(line: bytes) -> str:
    """Return the tree in the answer of fast-import."""
    found = re.fullmatch(rb"040000 tree ([0-9a-f]{40})\t.*", line)
    if found is None:
        raise Malformed
    return found[1].decode()
