"""One operation, as a value and as JSON in the log: what changed, the bytes before, the hash after."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from mentorlog.errors import ChangedSince
from mentorlog.store.disk import files
from mentorlog.store.layout import (
    CONFLICTS,
    DRAFTS,
    KINDS,
    OPERATIONS,
    PRIVATE,
    PROFILE,
    can_be_record,
    id_of,
    placeholder_of,
    template_at,
)
from mentorlog.store.oplog import links
from mentorlog.store.oplog.links import Link
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Texts = Mapping[str, Mapping[str, Any]]
    """What only the file of an operation holds of each changed file, by path."""

VERSION = 2
"""The newest version of an operation's file; a new key or kind raises it, so that older versions leave it alone.

Version 2 is that of a sync; every other operation is written as version 1, which older versions can read.
"""
ERASED = ": (erased)"
"""How the name of an operation ends from which a record was erased."""
ERASED_DAMAGE = f"damaged{ERASED}"
"""The name of what remains of a damaged operation when a record is erased from it."""
FORGET = "forget"  # the kind of an operation that erases; the others are do, undo, redo, revert and sync
SYNC = "sync"
"""The kind of an operation that brought changes of other machines; one without a `Sync` is a part of a larger sync."""
LIMIT = 32 * 1024 * 1024
"""The largest operation file, in bytes; it contains the texts before the change."""


class Change(Value):
    """The change of one file: its path in the journal and its bytes before and after; None if absent."""

    path: str
    before: bytes | None
    after: bytes | None


class Touched(Value):
    """One file of an operation: its path, its sha256 before and after; None if absent."""

    path: str
    before_sha: str | None
    after_sha: str | None


class Operation(Value):
    """One command's change; `undoes`: the operations that an undo or redo reverses, in order."""

    seq: int
    name: str
    at: str
    kind: str
    undoes: tuple[int, ...]
    files: tuple[Touched, ...]


class Forget(Value):
    """What erasing a record (`notes/n4m2x`) removes besides its file, and which names it redacts."""

    record: str
    other_files: tuple[str, ...] = ()
    names: tuple[int, ...] = ()


class Sync(Value):
    """What a sync leaves besides its changes: the commit that the files then stand for, and the address of the remote.

    `held` has the records (`goals/g7k3q`, or `profile`) that each side keeps as they are, with the commit in which both
    last had them in common.
    """

    commit: str
    remote: str
    held: Mapping[str, str]


class Newer(ValueError):
    """The operation was written by a newer mentorlog."""


class LoggedOperation:
    """An operation with the data that only its file holds: bytes before, names of staged files."""

    def __init__(
        self,
        operation: Operation,
        texts: Texts,
        forget: Forget | None = None,
        link: Link | None = None,
        sync: Sync | None = None,
    ) -> None:
        self.operation = operation
        self._texts = texts
        self.forget = forget
        self.link = link  # None in a log from before the chain
        self.sync = sync

    @property
    def forgotten(self) -> bool:
        """Whether a text in it has been erased since: it can be neither undone nor redone."""
        return any(map(self.is_erased, self._texts))

    def is_erased(self, path: str) -> bool:
        """Return whether the text of one of its files has been erased."""
        return bool(self._texts[path].get("forgotten"))

    def staged(self, path: str) -> str | None:
        """Return the temporary name of the new bytes; None if the file is deleted."""
        name = self._texts[path].get("staged")
        return name if isinstance(name, str) else None

    def before(self, path: str) -> bytes | None:
        """Return the bytes before the operation; raise ValueError if they are damaged."""
        stored = self._texts[path]
        data: bytes | None = None
        if isinstance(coded := stored.get("before_base64"), str):
            from binascii import a2b_base64

            data = a2b_base64(coded)
        elif isinstance(text := stored.get("before"), str):
            data = text.encode()
        if sha(data) != stored.get("before_sha"):
            raise ValueError(f"its copy of {path} is damaged")
        return data

    @property
    def damaged(self) -> str | None:
        """What is wrong with the texts that it keeps for an undo, if anything."""
        for path, stored in self._texts.items():
            if not stored.get("forgotten"):
                try:
                    self.before(path)
                except ValueError as error:
                    return str(error)
        return None

    @property
    def was_erased_from(self) -> bool:
        """Whether a record was erased from it, be it only from its name."""
        return self.forgotten or self.operation.name.endswith(ERASED)

    @property
    def is_erased_damage(self) -> bool:
        """Whether it stands for an operation that was damaged when a record was erased from it."""
        return self.operation.name == ERASED_DAMAGE

    @property
    def is_linked(self) -> bool:
        """Whether it has a link, and says what it said when that was made."""
        link = self.link
        return link is not None and link.own == self._computed(link) and link.left in (None, self._left())

    def linked(self, previous: str | None) -> LoggedOperation:
        """Return it with a link to the operation before, and with new salts."""
        own_salt, *rest = links.salts(1 + len(self._texts))
        texts = {path: {**text, "salt": salt} for (path, text), salt in zip(self._texts.items(), rest, strict=True)}
        new = LoggedOperation(self.operation, texts, self.forget, Link("", previous, own_salt), self.sync)
        new.link = Link(new._computed(Link("", previous, own_salt)), previous, own_salt)
        return new

    def _computed(self, link: Link) -> str:
        """Return the link that follows from what the operation says."""
        one = self.operation
        name = link.name or links.digest(link.salt, one.name)
        files = [self._digest(file) for file in one.files if "salt" in self._texts[file.path]]
        files.extend(link.erased)
        sync = () if self.sync is None else (self.sync.commit, self.sync.remote)
        files.extend(map(_digest_of_held, self.sync.held.items()) if self.sync else ())
        return links.digest(one.seq, one.at, one.kind, one.undoes, link.previous, name, sorted(files), *sync)

    def _left(self) -> str:
        """Return the digest of what erasures have put in the place of words: the name, the ids of records."""
        ids = sorted(path for path, text in self._texts.items() if self.is_erased(path) and "salt" not in text)
        return links.digest(self.operation.name, ids)

    def _digest(self, file: Touched) -> str:
        """Return the salted digest of one of its files."""
        text = self._texts[file.path]
        facts = (file.path, file.before_sha, file.after_sha, self.staged(file.path), self.is_erased(file.path))
        return links.digest(text["salt"], *facts)

    def encoded(self) -> bytes:
        """Return the file's bytes: JSON that a person can read."""
        import json

        data: dict[str, Any] = {"version": _version(self.operation.kind), **vars(self.operation)}
        data["files"] = [{**vars(touched), **self._texts[touched.path]} for touched in self.operation.files]
        if (forget := self.forget) is not None:
            data["forget"] = {"record": forget.record, "also": forget.other_files, "names": forget.names}
        if self.sync is not None:
            data["sync"] = vars(self.sync)
        if self.link is not None:
            data["link"] = self.link.as_data()
        # Undecodable bytes in a path become JSON's own \udc80 and are restored unchanged.
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")

    def redacted(self, record: str, *, name: bool = False) -> LoggedOperation:
        """Return the entry without any word of a record (`notes/n4m2x`), or its own name.

        The record's files become one with only the id in its path, and no bytes or hashes; their salted digests stay.
        """
        one, link, sync = self.operation, self.link, self.sync
        texts = {path: text for path, text in self._texts.items() if not is_of(path, record)}
        touched = tuple(file for file in one.files if file.path in texts)
        gone = [file for file in one.files if file.path not in texts]
        erased = [self._digest(file) for file in gone if "salt" in self._texts[file.path]]
        if sync is not None and (commit := sync.held.get(record)):
            erased.append(_digest_of_held((record, commit)))
            sync = sync.but(held={key: value for key, value in sync.held.items() if key != record})
        if len(texts) < len(self._texts) or self.forget is not None:
            touched += (Touched(f"{record}.toml", None, None),)
            texts[f"{record}.toml"] = {"staged": None, "forgotten": True}
            name = one.kind != FORGET
        new_name = f"{one.name.partition(': ')[0]}{ERASED}" if name else one.name
        if link is not None and erased:
            link = link.but(erased=(*link.erased, *sorted(erased)))
        if link is not None and name and link.salt is not None:
            link = link.but(name=links.digest(link.salt, one.name), salt=None)
        new = LoggedOperation(one.but(name=new_name, files=touched), texts, link=link, sync=sync)
        if link is not None and (name or erased or self.forget is not None):
            new.link = link.but(left=new._left())
        return new


def is_of(path: str, record: str) -> bool:
    """Return whether a path is that of a record, or of a copy beside it: `n4m2x (conflict).toml`."""
    rest = path.removeprefix(record)
    own = "-" if record.startswith("mentors/") else ""  # osler-2 is another mentor
    return rest != path and not (rest[:1].isalnum() or rest[:1] == own)


def is_of_file(folder: str, name: str, record: str) -> bool:
    """Return whether a file beside records is a record's own, its copy, or what a sync program or editor left of it."""
    return is_of(f"{folder}/{placeholder_of(name) or name.lstrip('.#')}", record)


def sha(data: bytes | None) -> str | None:
    """Return the fingerprint of the bytes, or None for None."""
    return None if data is None else files.fingerprint(data)


def entry_of(
    operation: Operation, changes: Sequence[Change], forget: Forget | None = None, sync: Sync | None = None
) -> LoggedOperation:
    """Return the entry of a new operation, with a new temporary name for every file that it writes.

    One that erases stores no bytes of what it deletes.
    """
    touched = tuple(Touched(one.path, sha(one.before), sha(one.after)) for one in changes)
    texts: dict[str, dict[str, Any]] = {}
    for one in changes:
        path, before, after = one.path, one.before, one.after
        texts[path] = {"staged": None if after is None else files.staged_name(path.rpartition("/")[2])}
        if forget is not None:
            texts[path]["forgotten"] = True
            continue
        try:
            texts[path]["before"] = None if before is None else before.decode()
        except UnicodeDecodeError:
            from binascii import b2a_base64

            texts[path]["before_base64"] = b2a_base64(before or b"", newline=False).decode()
    return LoggedOperation(operation.but(files=touched), texts, forget, sync=sync)


def _version(kind: str) -> int:
    """Return the version of the file of an operation of this kind."""
    return VERSION if kind == SYNC else 1


def _digest_of_held(held: tuple[str, str]) -> str:
    """Return the digest of a held record and its commit, without a salt: a record's id is never a secret."""
    return links.digest(*held)


def decoded(data: bytes) -> LoggedOperation:
    """Return the entry in a file's bytes; raise ValueError if it is damaged, Newer if this version is too old."""
    import json

    try:
        raw = json.loads(data.decode())
        if isinstance(version := raw["version"], int) and version > VERSION:
            raise Newer("it was written by a newer version of mentorlog")
        touched = tuple(_touched(file) for file in raw["files"])
        undoes = tuple(_is(number, int) for number in raw["undoes"])
        name, at, kind = (_is(raw[key], str) for key in ("name", "at", "kind"))
        operation = Operation(_is(raw["seq"], int), name, at, kind, undoes, touched)
        texts = {file["path"]: {key: file[key] for key in _STORED if key in file} for file in raw["files"]}
        forget = _forget(raw["forget"]) if "forget" in raw else None
        link = links.from_data(raw["link"]) if "link" in raw else None
        sync = _sync(raw["sync"]) if "sync" in raw else None
    except Newer:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("it is not a valid operation") from error
    is_sync = kind == SYNC
    if operation.seq < 1 or len(texts) != len(touched) or is_sync != (version == VERSION) or (sync and not is_sync):
        raise ValueError("it is not a valid operation")
    return LoggedOperation(operation, texts, forget, link, sync)


_STORED = ("before_sha", "staged", "forgotten", "before", "before_base64", "salt")  # in the order of the file
_LONGEST_NAME = 255
LONGEST_REMOTE = 1000
"""The most signs of an address that an operation names."""


def _forget(raw: Mapping[str, Any]) -> Forget:
    """Return what to erase; nothing that is removed is outside the journal."""
    record, other_files = _is(raw["record"], str), tuple(_is(path, str) for path in raw["also"])
    check_path(f"{record}.toml")
    for path in other_files:
        check_other_file(path, record)
    return Forget(record, other_files, tuple(_is(number, int) for number in raw["names"]))


def _sync(raw: Mapping[str, Any]) -> Sync:
    """Return what a sync left, checked: git reads the commits, and a screen shows the address."""
    commit, remote, held = raw["commit"], _is(raw["remote"], str), _is(raw["held"], dict)
    if not all(map(_is_commit, (commit, *held.values()))):
        raise ValueError("not a commit")
    if len(remote) > LONGEST_REMOTE or not remote.isprintable():
        raise ValueError("not the address of a remote")
    for key in held:
        folder, slash, id = key.partition("/")
        if not (key == id_of(PROFILE) if not slash else folder in KINDS and id == id_of(f"{key}.toml") != ""):
            raise ValueError(f"{key!r} is not the key of a record")
        check_path(f"{key}.toml")
    return Sync(commit, remote, held)


def _is_commit(value: object) -> bool:
    """Return whether this is the name of a commit in git: a sha1 or a sha256 in hex."""
    return isinstance(value, str) and len(value) in (40, 64) and not value.strip("0123456789abcdef")


def _touched(file: Mapping[str, Any]) -> Touched:
    """Return one file of an operation; no path or name in it may lead out of the journal."""
    path, staged = _is(file["path"], str), file.get("staged")
    check_path(path)
    if staged is not None and ("/" in staged or not files.is_staged(staged) or not _is_name(staged)):
        raise ValueError("not a temporary name")
    hashes = [None if file[key] is None else _is(file[key], str) for key in ("before_sha", "after_sha")]
    if (staged is None) != (hashes[1] is None):
        raise ValueError("a file is either staged or deleted")
    return Touched(path, *hashes)


def _is(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError(f"not {kind.__name__}")
    return value


def check_path(path: str) -> None:
    """Raise ValueError for a path that is not that of a record or template: an operation changes nothing else."""
    if not (can_be_record(path) or template_at(path)) or not _is_name(path.rpartition("/")[2]):
        raise ValueError(f"{path!r} is not the path of a record")


def check_other_file(path: str, record: str) -> None:
    """Raise ValueError for a path that erasing a record may not remove: only its copies, drafts and staged files."""
    folder, _, name = path.rpartition("/")
    is_text = folder in (DRAFTS, CONFLICTS)
    is_copy = folder in KINDS and is_of_file(folder, name, record)
    is_left = files.is_staged(name) and folder in ("", PRIVATE, OPERATIONS, *KINDS)
    if name in (".", "..") or not _is_name(name) or not (is_text or is_copy or is_left):
        raise ValueError(f"{path!r} is not a file of {record}")


def _is_name(part: str) -> bool:
    """Return whether a file may have this name; raise ValueError if it cannot be encoded."""
    return part != "" and "\0" not in part and len(os.fsencode(part)) <= _LONGEST_NAME


def changed_since(paths: Sequence[str], hint: str | None = None) -> ChangedSince:
    """Return the error that names the files which have been changed since."""
    sentence = f"{paths[0]} has changed since; nothing was overwritten."
    if len(paths) > 1:
        sentence = f"{len(paths)} files have changed since; nothing was overwritten: {', '.join(paths)}"
    return ChangedSince(sentence, paths, hint or "check the current version, then run the command again")
