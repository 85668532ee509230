"""A record's file as it was when it was opened for editing, even an unreadable one."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from typing import NamedTuple

from mentorlog.errors import BadValue, ChangedSince, Unreadable

_ENCODINGS = (
    (BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (BOM_UTF16_LE, "utf-16", "UTF-16"),
    (BOM_UTF16_BE, "utf-16", "UTF-16"),
    (b"", "utf-8", None),
    (b"", "cp1252", "Windows-1252"),
)
"""The byte order mark, the encoding, and its name if it is not plain UTF-8."""


class Source(NamedTuple):
    """The file of a record: saving requires the same bytes; `problem` is why it is unreadable."""

    id: str
    path: str
    data: bytes
    problem: str | None = None

    @property
    def kind(self) -> str:
        """The kind of record in the file."""
        from mentorlog.store.layout import kind_of

        return kind_of(self.path)

    def check_unchanged(self, data: bytes | None) -> None:
        """Raise ChangedSince if the file has other bytes than when it was opened, or is gone."""
        if data != self.data:
            how = "deleted" if data is None else "changed"
            sentence = f"{self.path} was {how} in the meantime; your edit was not saved."
            raise ChangedSince(sentence, (self.path,), "check the current version, then edit it again")

    def check(self, text: str, first_line: int = 1) -> None:
        """Raise BadValue with the line if the text is not a valid record."""
        from mentorlog.store.format.document import checked

        try:
            checked(self.path, text.encode())
        except Unreadable as wrong:
            where = f"line {wrong.line + first_line - 1}: " if wrong.line else ""
            raise BadValue("text", f"This is not a valid {self.kind}: {where}{wrong.message}.") from None

    def text(self) -> tuple[str, str | None]:
        """Return the bytes as text without loss, and the name of the encoding if it is not UTF-8."""
        for mark, encoding, name in _ENCODINGS:
            if self.data.startswith(mark):
                with suppress(UnicodeDecodeError):
                    return self.data.decode(encoding), name
        return self.data.decode("latin-1"), "Latin-1"
