"""Files as they are opened for editing: their text without loss, whatever bytes they hold."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog.store.format.source import Source

ENCODINGS = {
    None: "utf-8", "UTF-8 with a byte order mark": "utf-8-sig", "UTF-16": "utf-16",
    "Windows-1252": "cp1252", "Latin-1": "latin-1",
}  # fmt: skip


def source(data: bytes) -> Source:
    """The source of a task with these bytes."""
    return Source("t4m2x", "tasks/t4m2x-draft.toml", data)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("é 日本 🩺\r\n".encode(), "é 日本 🩺\r\n", None),
        (b"", "", None),
        ("é".encode("utf-8-sig"), "é", "UTF-8 with a byte order mark"),
        ("é日\n".encode("utf-16"), "é日\n", "UTF-16"),
        (b"\xfe\xff\x00e\x65\xe5", "e日", "UTF-16"),
        (b"caf\xe9 \x93quoted\x94", "café “quoted”", "Windows-1252"),
        (b"\x81\xe9", "\x81é", "Latin-1"),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str | None) -> None:
    """Plain UTF-8 first, what a mark says, then what Windows writes."""
    assert source(data).text() == (text, encoding)


@given(st.binary())
@example(b"\xff\xfe")
@example(b"\xff\xfea")
@example(b"\xef\xbb\xbf\xff")
def test_any_bytes_become_text_without_loss(data: bytes) -> None:
    """Encoded again the text is the bytes, but for a mark that goes."""
    text, encoding = source(data).text()

    again = text.encode(ENCODINGS[encoding])
    if encoding == "UTF-16":
        assert again.decode("utf-16") == data.decode("utf-16")
    else:
        assert again == data


def test_kind() -> None:
    """The folder says what the file is to hold; the profile stands alone."""
    assert source(b"").kind == "task"
    assert Source("profile", "profile.toml", b"").kind == "profile"
