"""Commits of an encrypted remote, in plain paths: what is in one, and new ones.

Every file is encrypted with age under a name that says nothing (HMAC of its path), and every commit is sealed (HMAC of
its tree, parents, date and message), as age does not tell who encrypted something. Nothing of a commit is used before
its seal was checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from mentorlog.domain.syncing import AGE
from mentorlog.errors import Unreadable
from mentorlog.store import age, keys
from mentorlog.store.age import Cipher
from mentorlog.store.disk import files
from mentorlog.store.format import toml
from mentorlog.store.keys import Key, KeyRing, Secrets
from mentorlog.store.sync import label
from mentorlog.store.sync.courier import Courier, blob_id
from mentorlog.store.sync.known_blobs import KnownBlobs
from mentorlog.store.sync.label import LABEL, SUBJECT, UntrustedRemote

FOLDER = "v1"
BLOCK = 512
"""The size of a file is hidden up to this number of bytes."""
LARGEST = files.LIMIT + 64 * 1024
"""The largest file on the remote: the largest record, encrypted to a few hundred recipients."""

_NAME = re.compile(rf"{FOLDER}/([0-9a-f]{{2}})/([0-9a-f]{{30}})\.age")
_SEAL = re.compile(r"\n\nseal: ([0-9a-f]{64})\Z")
_HEAD = re.compile(rb"([^\n\0]{1,1024}) (0|[1-9][0-9]{0,8})\n")
_MOST_KEPT = 64 << 20
"""How many decrypted bytes are kept for the second time that they are asked for."""


class EncryptedTrees:
    """The commits of an encrypted remote, read and written with the key of a journal.

    The first commit makes the key if there is none. Former keys read commits that this machine knows from before the
    key changed. A `key` that is given is used instead of the one in the key ring: the id of its journal is not known
    yet. `known` is the file in which is remembered what was decrypted.
    """

    def __init__(self, courier: Courier, ring: KeyRing, journal: str, known: Path, key: Key | None = None) -> None:
        self._courier = courier
        self._ring, self._journal, self._given = ring, journal, key
        self._keys: list[_Unlocked] = []
        self._known = KnownBlobs(known, lambda: self._own.cipher)
        self._sealed_by: dict[str, _Unlocked] = {}
        self._opened: dict[str, dict[str, tuple[str, str]]] = {}
        self._contents: dict[str, bytes] = {}
        self._kept = 0

    @property
    def _own(self) -> _Unlocked:
        """The key that is in use."""
        if not self._keys:
            used = self._given or self._ring.get(self._journal)
            former = () if self._given else self._ring.former(self._journal)
            self._keys = [_Unlocked(one) for one in (used, *former)]
        return self._keys[0]

    # Reading

    def check(self, tip: str) -> tuple[str, ...]:
        """Return the ids erased from the history, which the newest commit of the remote names.

        Raises UntrustedRemote unless it is sealed with the key that is in use. A new key that the remote has by now is
        used from here on, and so are the recipients that another machine added.
        """
        said = label.of(self._courier, tip)
        label.must_be(said, AGE)
        if not self._given and self._ring.arrived(self._journal, said.key):
            self._keys.clear()
        if said.key and said.key != self._own.secrets.id:
            whose, add = "the one of this machine", "then: mentorlog key import journal-key.age"
            if self._given:
                whose, add = "this one", "then add here: --key journal-key.age"
            raise UntrustedRemote(
                f"The remote is encrypted with another key than {whose}.",
                f"export its key on a machine that syncs with it, {add}",
            )
        if self._unlocked(tip) is not self._own:
            raise UntrustedRemote("The newest state of the remote is sealed with a key that is no longer in use.")
        settings = self._settings(tip)
        more = keys.with_recipients(self._own.key, settings.recipients)
        if more != self._own.key and not self._given:
            self._ring.put(more)
        self._own.key = more
        return settings.erased

    def files(self, commit: str) -> Mapping[str, str]:
        """Return the paths of the files in a commit and the git ids of their plain bytes."""
        return {path: plain for path, (_, plain) in self._tree(commit).items() if path != LABEL}

    def contents(self, commit: str, paths: Iterable[str]) -> Mapping[str, bytes]:
        """Return the plain bytes of files in a commit."""
        tree, unlocked = self._tree(commit), self._unlocked(commit)
        blobs = {path: tree[path][0] for path in paths if path in tree}
        missing = {unlocked.name(path): blob for path, blob in blobs.items() if blob not in self._contents}
        found = dict(self._decrypted(unlocked, missing).values())
        return {path: found[path] if path in found else self._contents[blob] for path, blob in blobs.items()}

    def is_outdated(self, commit: str) -> bool:
        """Return whether a commit is not yet encrypted to all recipients of the key."""
        return not {*self._own.key.recipients} <= {*self._settings(commit).recipients}

    def holds(self, commit: str) -> bool:
        """Return whether a commit is encrypted with the key that is in use."""
        said = label.of(self._courier, commit)
        return said.cipher == AGE and said.key in ("", self._own.secrets.id)

    def _settings(self, commit: str) -> _Settings:
        here = LABEL in self._tree(commit)
        return _Settings.parse(self.contents(commit, [LABEL])[LABEL]) if here else _Settings()

    def _unlocked(self, commit: str) -> _Unlocked:
        """Return the key that a commit is sealed with; raise UntrustedRemote if there is none."""
        if commit in self._sealed_by:
            return self._sealed_by[commit]
        made = self._courier.read(commit)
        sealed = _SEAL.search(made.message)
        if sealed is None:
            raise UntrustedRemote("The newest state of the remote has no seal: mentorlog did not write it.")
        text = _sealed_text(made.tree, made.parents, int(made.at.timestamp()), made.message[: sealed.start()])
        for one in (self._own, *self._keys[1:]):
            if one.secrets.is_sealed(text, sealed[1]):
                self._sealed_by[commit] = one
                return one
        raise UntrustedRemote(
            "The seal of the newest state of the remote does not match: it was changed, or made without the key."
        )

    def _tree(self, commit: str) -> dict[str, tuple[str, str]]:
        """Return by plain path the encrypted blob of each file in a commit, and the git id of its plain bytes."""
        if commit in self._opened:
            return self._opened[commit]
        unlocked = self._unlocked(commit)
        tree: dict[str, tuple[str, str]] = {}
        unknown: dict[str, str] = {}
        for name, entry in self._courier.entries(commit).items():
            if not _NAME.fullmatch(name) or not entry.is_file:
                continue
            found = self._known.find(entry.id)
            if found is not None and unlocked.name(found[0]) == name:
                tree[found[0]] = entry.id, found[1]
            else:
                unknown[name] = entry.id
        for name, (path, data) in self._decrypted(unlocked, unknown).items():
            tree[path] = unknown[name], blob_id(data)
            self._known.put(unknown[name], path, tree[path][1])
        self._known.save()
        self._opened[commit] = tree
        return tree

    def _decrypted(self, unlocked: _Unlocked, blobs: Mapping[str, str]) -> dict[str, tuple[str, bytes]]:
        """Return path and plain bytes by name on the remote, for names with their blobs."""
        read = self._courier.blobs(blobs.values(), LARGEST) if blobs else {}
        found = {}
        for name, blob in blobs.items():
            if blob not in read:
                raise UntrustedRemote(f"{name} on the remote is larger than any file that mentorlog writes.", _AGAIN)
            found[name] = unlocked.unpacked(read[blob], name)
            self._keep(blob, found[name][1])
        return found

    def _keep(self, blob: str, data: bytes) -> None:
        if self._kept + len(data) <= _MOST_KEPT:
            self._contents[blob] = data
            self._kept += len(data)

    # Writing

    def commit(
        self,
        changes: Mapping[str, bytes | None],
        *,
        onto: str | None,
        parents: Sequence[str],
        at: datetime,
        erased: Iterable[str] = (),
        trailer: str = "",
    ) -> str:
        """Make a sealed commit of the files of another one with changes, and return its id.

        If the key has more recipients than the other commit, every file is encrypted to them, too.
        """
        if onto is None and not self._given:
            keys.made(self._ring, self._journal, at)
        own = self._own
        before = self._settings(onto) if onto else _Settings()
        settings = before.with_more(own.key.recipients, erased)
        whole = dict(changes)
        if onto and settings.recipients != before.recipients:
            whole = {**self.contents(onto, self.files(onto)), **whole}
        if onto is None or settings != before:
            whole[LABEL] = settings.dump()
        cipher = Cipher(own.key.identity, [own.key.public, *settings.recipients])
        wire: dict[str, bytes | None] = {**label.written(AGE, key=own.secrets.id)}
        made: dict[str, tuple[str, str]] = {}
        for path, data in whole.items():
            name = own.name(path)
            wire[name] = sent = None if data is None else cipher.encrypt(packed(path, data))
            if data is not None and sent is not None:
                made[blob_id(sent)] = path, blob_id(data)
        message = f"{SUBJECT}\n\n{trailer}" if trailer else SUBJECT

        def sealed(tree: str) -> str:
            return f"{message}\n\nseal: {own.secrets.seal(_sealed_text(tree, parents, int(at.timestamp()), message))}"

        commit = self._courier.commit(wire, onto=onto, parents=parents, message=sealed, at=at)
        for blob, (path, plain) in made.items():
            self._known.put(blob, path, plain)
        self._known.save()
        return commit

    def squashed(self, tip: str, *, erased: Iterable[str], trailer: str, at: datetime) -> str:
        """Return a commit without history with the files of another one."""
        return self.commit({}, onto=tip, parents=[], at=at, erased=erased, trailer=trailer)


def _sealed_text(tree: str, parents: Iterable[str], at: int, message: str) -> bytes:
    """Return what the seal of a commit vouches for."""
    lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents), f"date {at}", "", message]
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def packed(path: str, data: bytes) -> bytes:
    """Return a file with its path and size before it, filled up to a multiple of `BLOCK` bytes."""
    text = b"%s %d\n%s" % (path.encode("utf-8", "surrogateescape"), len(data), data)
    return text + b"\n" * (-len(text) % BLOCK)


class _Unlocked:
    """One key, ready to read many files."""

    def __init__(self, key: Key) -> None:
        self.secrets = Secrets(key.identity)
        self.key = key

    @cached_property
    def cipher(self) -> Cipher:
        """Encrypts to this key alone, and decrypts what is encrypted to it."""
        return Cipher(self.key.identity, [self.key.public])

    def name(self, path: str) -> str:
        """Return the name on the remote of the file at a path."""
        name = self.secrets.name(path)
        return f"{FOLDER}/{name[:2]}/{name[2:]}.age"

    def unpacked(self, data: bytes, name: str) -> tuple[str, bytes]:
        """Return path and content of a file on the remote; raise UntrustedRemote if it is not as mentorlog wrote it."""
        try:
            text = self.cipher.decrypt(data, f"{name} on the remote")
        except (age.NotForThisKey, age.Damaged) as wrong:
            raise UntrustedRemote(wrong.sentence, _AGAIN) from None
        head = _HEAD.match(text)
        end = head.end() + int(head[2]) if head else 0
        if head is None or len(text) % BLOCK or not 0 <= len(text) - end < BLOCK or text[end:].strip(b"\n"):
            raise UntrustedRemote(f"{name} on the remote does not contain what mentorlog writes.", _AGAIN)
        path = head[1].decode("utf-8", "surrogateescape")
        if self.name(path) != name:
            raise UntrustedRemote(f"{name} on the remote contains a file that belongs under another name.", _AGAIN)
        return path, text[head.end() : end]


_AGAIN = "nothing was changed here; to replace it by the records of this machine: mentorlog key new --replace"


class _Settings:
    """What a remote says of itself to those who have the key: recipients, and the ids of erased records."""

    def __init__(self, recipients: Iterable[str] = (), erased: Iterable[str] = ()) -> None:
        self.recipients, self.erased = tuple(recipients), tuple(erased)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Settings) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def parse(cls, data: bytes) -> _Settings:
        """Return the settings in a file that was sealed."""
        try:
            plain = toml.parse(LABEL, data)
        except Unreadable as wrong:
            raise UntrustedRemote(f"The settings of the remote cannot be read: {wrong.message}.", _AGAIN) from None
        recipients = plain.get("recipients")
        texts = [one for one in recipients if isinstance(one, str)] if isinstance(recipients, list) else []
        return cls(texts, label.erased_in(plain.get("erased")))

    def with_more(self, recipients: Iterable[str], erased: Iterable[str]) -> _Settings:
        """Return the settings with more of both: never with fewer."""
        return _Settings(dict.fromkeys([*self.recipients, *recipients]), sorted({*self.erased, *erased}))

    def dump(self) -> bytes:
        """Return the text of the settings."""
        return toml.dump_plain({"recipients": list(self.recipients), "erased": list(self.erased)})
