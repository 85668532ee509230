"""The gate of every import: a record comes in only if its file will read back as the same record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mentorlog.errors import BadValue, MentorlogError, Unreadable
from mentorlog.models.portable import restored
from mentorlog.store.disk import files
from mentorlog.store.format import toml, validate
from mentorlog.store.format.document import checked
from mentorlog.store.format.upgrade import upgrade

if TYPE_CHECKING:
    from mentorlog.models.profile import Profile
    from mentorlog.models.record import Record


def accepted(where: str, kind: Any, data: Mapping[str, Any]) -> Any:
    """Return the record or profile in JSON data; MentorlogError begins with `where` it is."""
    try:
        check_texts(where, data)
        return validate.accept(kind, upgrade(kind.__name__.lower(), restored(kind, data)))
    except BadValue as error:
        raise MentorlogError(f"{where}: {error.sentence}", error.hint) from None


def check_texts(where: str, data: Mapping[str, Any]) -> None:
    """Raise MentorlogError for JSON data with text that UTF-8 cannot hold."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise MentorlogError(f"{where} is not valid UTF-8.", "save it as UTF-8") from None


def check_reads_back(where: str, path: str, part: Record | Profile) -> None:
    """Raise MentorlogError for what the next reader of its file would refuse or read differently."""
    try:
        data = toml.dump(part)
        same = len(data) <= files.LIMIT and toml.dump(checked(path, data)) == data
    except (Unreadable, ValueError, TypeError):
        same = False
    if not same:
        raise MentorlogError(f"{where} cannot be saved as TOML.", "it is too large or deep, or has no TOML value")
