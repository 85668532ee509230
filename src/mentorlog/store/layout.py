"""Names of files and folders in a journal, relative to its root, and what a record's path tells."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mentorlog.vocabulary import RECORD_KINDS

FOLDERS = {kind: f"{kind}s" for kind in RECORD_KINDS}
KINDS = {folder: kind for kind, folder in FOLDERS.items()}
PROFILE = "profile.toml"
JOURNAL = "journal.toml"
TEMPLATES = "templates"  # the folder of the user's own templates
REVIEW_DRAFT = "review.toml"  # the draft with the answers of an unfinished review
AFTER_DRAFT = "after-"  # the beginning of the draft with the answers after a meeting; its id follows
PRIVATE = ".mentorlog"  # the folder of files that belong to this machine only
DRAFTS = f"{PRIVATE}/drafts"
OPERATIONS = f"{PRIVATE}/operations"
CONFLICTS = f"{PRIVATE}/conflicts"
DAMAGED = "damaged-"  # the beginning of the names of damaged texts among the conflicts, which doctor replaced
PENDING = f"{PRIVATE}/pending.json"
LOCK = f"{PRIVATE}/lock"
INDEX = f"{PRIVATE}/index.sqlite"
INDEX_PARTS = ("", "-journal", "-wal", "-shm")
"""What SQLite adds to the name of the index for each of its files."""
INDEX_FILES = (*(f"{INDEX}{part}" for part in INDEX_PARTS), f"{PRIVATE}/index.seal")
IGNORE = f"{PRIVATE}/.gitignore"
MACHINE = f"{PRIVATE}/machine"
PRIVATE_FOLDERS = (PRIVATE, OPERATIONS, DRAFTS, CONFLICTS)


class Layout:
    """The paths of one journal."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.journal = root / JOURNAL
        self.private = root / PRIVATE
        self.ignore = root / IGNORE
        self.lock = root / LOCK
        self.index = root / INDEX
        self.drafts = root / DRAFTS
        self.pending = root / PENDING
        self.operations = root / OPERATIONS
        self.conflicts = root / CONFLICTS

    def operation(self, seq: int) -> Path:
        """Return the file of an operation in the log."""
        return self.root / operation_path(seq)


def operation_path(seq: int) -> str:
    """Return the path of an operation in the log."""
    return f"{OPERATIONS}/{seq:06}.json"


def operation_number(name: str) -> int:
    """Return the number in the name of an operation's file, 0 in any other name."""
    digits = name.removesuffix(".json")
    is_number = 6 <= len(digits) < min(len(name), 19) and digits.isascii() and digits.isdigit()  # fits 64 bits
    return int(digits) if is_number and (len(digits) == 6 or digits[0] != "0") else 0


def belongs_to_journal(path: Path) -> bool:
    """Return whether a path, relative to the root, is one that mentorlog writes."""
    return path.parts[:1] in [(name,) for name in (*FOLDERS.values(), TEMPLATES, PRIVATE, JOURNAL, PROFILE)]


def template_path(name: str) -> str:
    """Return the path of a template."""
    return f"{TEMPLATES}/{name}.txt"


def template_at(path: str) -> str:
    """Return the name of the template at a path; empty if it is not the path of one."""
    if not path.startswith(f"{TEMPLATES}/"):
        return ""
    from mentorlog.ids import may_be_name  # few operations change a template

    name = path.removeprefix(f"{TEMPLATES}/").removesuffix(".txt")
    return name if may_be_name(name) and path == template_path(name) else ""


def is_record_file(name: str) -> bool:
    """Return whether a file of this name, in a folder of records, should be a record."""
    return name.endswith(".toml") and name[0] != "."


def placeholder_of(name: str) -> str | None:
    """Return the record file for which another one stands: what a sync program or browser has not brought here yet."""
    base = name.removesuffix(".tmp")
    for start in ("~syncthing~", ".syncthing."):
        if base != name and base.startswith(start):
            return _if_record(base.removeprefix(start))
    stem, dot, ending = name.rpartition(".")
    if ending == "partial" and not stem.endswith(".toml"):  # rclone: NAME.1a2b3c4d.partial
        stem = stem.rpartition(".")[0]
    is_known = ending in _ELSEWHERE or ending.startswith("~")
    return _if_record(stem.removeprefix(".")) if dot and is_known else None


_ELSEWHERE = ("icloud", "part", "partial", "crdownload", "download")
"""How the names end of files that stand for one that is elsewhere: iCloud, Nextcloud, rclone, browsers."""


def _if_record(name: str) -> str | None:
    return name if name and is_record_file(name) else None


def placeholders(names: Iterable[str]) -> list[str]:
    """Return the names that stand for record files which are not among them."""
    known = set(names)
    return [name for name in known if name[-5:] != ".toml" and (of := placeholder_of(name)) and of not in known]


def can_be_record(path: str) -> bool:
    """Return whether this is the path of a record, the profile or journal.toml, or of a copy beside one of them."""
    folder, slash, name = path.rpartition("/")
    return is_record_file(name) and (folder in KINDS if slash else name.startswith(("journal", "profile")))


def id_of(path: str) -> str:
    """Return the id in a path, or in that of a placeholder; the words after it are never read."""
    folder, slash, name = path.rpartition("/")
    if folder == TEMPLATES:
        return path  # no record has such an id
    if name[-5:] != ".toml":
        name = placeholder_of(name) or name
    if not slash:
        return name.removesuffix(".toml")
    stem = name.removesuffix(".toml")
    return stem if folder == "mentors" else stem.partition("-")[0]


def shown(path: str) -> str:
    """Return a path as text, with undecodable bytes escaped."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode()


def kind_of(path: str) -> str:
    """Return the kind of record at a path, or `template`."""
    folder, slash, _ = path.partition("/")
    if folder == TEMPLATES:
        return "template"
    return KINDS[folder] if slash else "profile"
