"""Where records lie within a journal: a folder for each kind, the id at the beginning of the file name."""

FOLDERS = {
    "mentor": "mentors",
    "goal": "goals",
    "task": "tasks",
    "meeting": "meetings",
    "note": "notes",
    "review": "reviews",
}
KINDS = {folder: kind for kind, folder in FOLDERS.items()}
PROFILE = "profile.toml"
JOURNAL = "journal.toml"
REVIEW_DRAFT = "review.toml"
"""The draft with the answers of a review that is being held."""


def id_of(path: str) -> str:
    """Return the id that a record's path names: the words behind it are never read. The profile's is `profile`."""
    folder, slash, name = path.partition("/")
    if not slash:
        return path.removesuffix(".toml")
    stem = name.removesuffix(".toml")
    return stem if folder == "mentors" else stem.partition("-")[0]


def shown(path: str) -> str:
    """Return a path as text, whatever bytes its name has."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode()


def kind_of(path: str) -> str:
    """Return the kind of record that a path holds."""
    folder, slash, _ = path.partition("/")
    return KINDS[folder] if slash else "profile"
