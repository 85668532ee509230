"""What an encrypted remote holds, read with the keys of a machine."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from mentorlog.errors import MentorlogError
from mentorlog.store import keys
from mentorlog.store.keys import Key, KeyRing
from mentorlog.store.sync.courier import Courier
from mentorlog.store.sync.encrypted_trees import EncryptedTrees

UNREADABLE = "unreadable"


def keys_in(folder: Path) -> list[Key]:
    """Return the keys of a machine: the one in use, the new one that is not in use yet, former ones."""
    found = sorted(folder.glob("*.txt"), key=lambda path: path.name.count("."))
    return [keys.parse(line.encode(), str(path)) for path in found for line in _identities(path)]


def _identities(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if line and not line.startswith("#")]


def held(remote: Path, tip: str, known: list[Key]) -> tuple[str, Key | None]:
    """Return a digest of the plain files of a commit, and the key that reads them; UNREADABLE and None without one."""
    with TemporaryDirectory() as folder, Courier(remote, str(remote), may_ask=False) as courier:
        ring = KeyRing(Path(folder) / "keys")
        for number, key in enumerate(known):
            trees = EncryptedTrees(courier, ring, "", Path(folder) / f"known-{number}", key)
            try:
                trees.check(tip)
                return sha256(repr(sorted(trees.files(tip).items())).encode()).hexdigest(), key
            except MentorlogError:
                continue
    return UNREADABLE, None
