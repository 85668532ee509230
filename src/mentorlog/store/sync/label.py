"""What a remote says of itself: mentorlog.toml with the format and the cipher, and how to read it without mentorlog."""

from __future__ import annotations

import re

from mentorlog.domain.syncing import AGE, PLAIN
from mentorlog.errors import AnotherHistory, NeedsDoctor, Reason, Unreadable
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mentorlog.store.sync.courier import Courier

LABEL, README = "mentorlog.toml", "README.md"
SUBJECT = "mentorlog sync"
"""The first line of the message of every commit."""
FORMAT = 1
"""The format of a remote that this version writes."""
_LONGEST = 64
_KEY = re.compile(r"[0-9a-f]{16}")

_READMES = {
    PLAIN: """\
# A mentorlog journal

Each file in `goals`, `tasks`, `meetings`, `notes`, `reviews` and `mentors` is one record, as TOML text that any editor
shows. To have them without mentorlog, clone this branch:

    git clone --branch mentorlog --single-branch ADDRESS

Please change nothing here by hand: `mentorlog sync` writes this branch.
""",
    AGE: """\
# An encrypted mentorlog journal

Each file in `v1` is one record, encrypted with age (https://age-encryption.org); its name says nothing. Please change
nothing here: what anything but `mentorlog sync` writes is refused by the machines that sync with this branch.

To read the records without mentorlog, clone this branch:

    git clone --branch mentorlog --single-branch ADDRESS

and put the key of the journal into a file `key.txt`: of what `mentorlog key show` prints, the line that begins with
AGE-SECRET-KEY-1, or an exported key, decrypted with `age -d journal-key.age > key.txt`. This prints each record, after
a line with its path and size:

    for f in v1/*/*; do age -d -i key.txt "$f"; done

This writes them to files, in a new folder `journal`:

    for f in v1/*/*; do age -d -i key.txt "$f" | {
      read -r head; path="journal/${head% *}"; mkdir -p "${path%/*}"; head -c "${head##* }" > "$path"
    }; done
""",
}


class UntrustedRemote(NeedsDoctor):
    """What is on the remote was not written by mentorlog with this journal's key; nothing of it is used."""

    usual_hint = "find out who wrote there; to replace it by the records of this machine: mentorlog key new --replace"


class Label(Value):
    """What a remote says of itself: its cipher, the ids erased from its history, and which key it is encrypted with."""

    cipher: str
    erased: tuple[str, ...] = ()
    key: str = ""


def written(cipher: str, erased: Sequence[str] = (), key: str = "") -> dict[str, bytes]:
    """Return the files that say how to read a remote, by path; `erased` are ids erased from its history."""
    from mentorlog.store.format import toml

    label: dict[str, Any] = {"format": FORMAT, "cipher": cipher}
    label |= ({"key": key} if key else {}) | ({"erased": [*erased]} if erased else {})
    return {LABEL: toml.dump_plain(label), README: _READMES[cipher].encode()}


def of(courier: Courier, commit: str) -> Label:
    """Return what a commit says of its remote."""
    entry = courier.entries(commit).get(LABEL)
    return read(courier.blobs([entry.id]).get(entry.id) if entry is not None and entry.is_file else None)


def read(data: bytes | None) -> Label:
    """Return what a remote says of itself; raise if this version cannot read it."""
    from mentorlog.store.format import toml  # a sync with nothing to do reads no label

    if data is None:
        raise AnotherHistory("The branch mentorlog of the remote does not hold a journal.", "use an empty repository")
    name = f"{LABEL} of the remote"
    plain = toml.parse(name, data)
    version, cipher = plain.get("format"), plain.get("cipher")
    if type(version) is not int or version < 1:
        raise Unreadable(name, "its format is not a positive whole number")
    if version > FORMAT:
        newer = f"its format {version} is from a newer version of mentorlog"
        raise Unreadable(name, newer, reason=Reason.NEWER)
    if cipher not in (PLAIN, AGE):
        raise Unreadable(name, "its cipher is unknown", reason=Reason.NEWER)
    key = plain.get("key")
    return Label(cipher, erased_in(plain.get("erased")), key if isinstance(key, str) and _KEY.fullmatch(key) else "")


def must_be(label: Label, cipher: str) -> None:
    """Raise UntrustedRemote if a remote is encrypted and should not be, or the reverse: the two never mix."""
    if label.cipher == cipher:
        return
    if cipher == PLAIN:
        raise UntrustedRemote("The remote is encrypted.", "use it as it is: mentorlog sync --to URL --encrypt")
    sentence = "The remote is not encrypted; nothing was sent."
    raise UntrustedRemote(sentence, "use an empty repository; if it was encrypted before, find out who replaced it")


def erased_in(value: object) -> tuple[str, ...]:
    """Return the ids in a list of erased records."""
    ids = value if isinstance(value, list) else []
    return tuple(id for id in ids if isinstance(id, str) and 0 < len(id) <= _LONGEST and id.isprintable())
