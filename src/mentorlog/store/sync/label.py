"""What a remote says of itself: mentorlog.toml with the format and the cipher, and how to read it without mentorlog."""

from __future__ import annotations

from mentorlog.domain.syncing import AGE, PLAIN
from mentorlog.errors import AnotherHistory, NeedsDoctor, Reason, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LABEL, README = "mentorlog.toml", "README.md"
FORMAT = 1
"""The format of a remote that this version writes."""
_LONGEST = 64

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

Each file in `v1` is one record, encrypted with age (https://age-encryption.org). With the key of the journal they are
read without mentorlog: the first line is the path of the record and its length, then comes its TOML text.

    for f in v1/*/*; do age -d -i key.txt "$f"; done

Please change nothing here by hand: `mentorlog sync` writes this branch.
""",
}


def written(cipher: str, erased: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the files that say how to read a remote, by path; `erased` are ids erased from its history."""
    from mentorlog.store.format import toml

    label = {"format": FORMAT, "cipher": cipher, **({"erased": [*erased]} if erased else {})}
    return {LABEL: toml.dump_plain(label), README: _READMES[cipher].encode()}


def read(data: bytes | None, cipher: str) -> tuple[str, ...]:
    """Return the ids that were erased from the history of a remote; raise if it cannot be read with a cipher."""
    from mentorlog.store.format import toml  # a sync with nothing to do reads no label

    if data is None:
        raise AnotherHistory("The branch mentorlog of the remote does not hold a journal.", "use an empty repository")
    name = f"{LABEL} of the remote"
    plain = toml.parse(name, data)
    version, found = plain.get("format"), plain.get("cipher")
    if type(version) is not int or version < 1:
        raise Unreadable(name, "its format is not a positive whole number")
    if version > FORMAT:
        newer = f"its format {version} is from a newer version of mentorlog"
        raise Unreadable(name, newer, reason=Reason.NEWER)
    if found != cipher:
        if found not in (PLAIN, AGE):
            raise Unreadable(name, "its cipher is unknown", reason=Reason.NEWER)
        state, option = ("encrypted", "--encrypt") if found == AGE else ("not encrypted", "--plain")
        raise NeedsDoctor(f"The remote is {state}.", f"use it as it is: mentorlog sync --to URL {option}")
    erased = plain.get("erased", [])
    if not isinstance(erased, list):
        return ()
    return tuple(id for id in erased if isinstance(id, str) and 0 < len(id) <= _LONGEST and id.isprintable())
