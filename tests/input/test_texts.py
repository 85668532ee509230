"""The texts of a command: as given, and from stdin."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from mentorlog.errors import BadValue, Usage
from mentorlog.input.editor import EditorSession
from mentorlog.input.texts import Texts


@pytest.fixture
def texts() -> Texts:
    """Without an editor."""

    def no_editor(by: str) -> EditorSession:
        raise Usage(f"{by}: no editor here")

    return Texts(lambda sentence: None, no_editor)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Give the process these bytes to read."""

    def give(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="ascii"))

    return give


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (b"plain", "plain"),
        (b"\xef\xbb\xbfR\xc3\xb6ntgen\r\nCurie\r\n", "Röntgen\nCurie\n"),
        (b"old mac\rlines", "old mac\nlines"),
        (b"- [ ] @me [x] | `a`\n\n\n", "- [ ] @me [x] | `a`\n\n\n"),
    ],
)
def test_prose_comes_from_stdin(typed: bytes, expected: str, texts: Texts, stdin: Callable[[bytes], None]) -> None:
    """`-` reads UTF-8 whatever the locale is; line ends become LF, a byte order mark goes, nothing else changes."""
    stdin(typed)

    assert texts.prose("-") == expected


def test_a_line_from_stdin_has_no_end(texts: Texts, stdin: Callable[[bytes], None]) -> None:
    """What echo prints is a title."""
    stdin(b"Submit case report\n")

    assert texts.text("-") == "Submit case report"


def test_stdin_that_is_no_text_is_refused(texts: Texts, stdin: Callable[[bytes], None]) -> None:
    """Bytes that are no UTF-8 are never guessed at; the line is named and the text is not quoted."""
    stdin(b"one\ntwo R\xf6ntgen\n")

    with pytest.raises(BadValue, match="line 2") as told:
        texts.prose("-")
    assert "ntgen" not in told.value.sentence


def test_stdin_is_read_once(texts: Texts, stdin: Callable[[bytes], None]) -> None:
    """Two options cannot both take what comes from one pipe."""
    stdin(b"x")
    texts.prose("-")

    with pytest.raises(Usage, match="Only one option"):
        texts.prose("-")


def test_words_are_taken_as_they_are(texts: Texts) -> None:
    """Nothing said is nothing; anything else is the text."""
    assert texts.prose(None) is None
    assert texts.prose("") == ""
    assert texts.prose("a\r\nb") == "a\r\nb"
    assert texts.text("--") == "--"


def test_one_of_several_texts_may_come_from_stdin(texts: Texts, stdin: Callable[[bytes], None]) -> None:
    """As a value of KEY=- too; nothing given is nothing."""
    stdin(b"b\n")
    assert texts.texts(["a", "-"]) == ("a", "b")
    assert texts.texts(None) is None


def test_a_pair_may_take_its_value_from_stdin(texts: Texts, stdin: Callable[[bytes], None]) -> None:
    """KEY=- is the text on stdin; without any pair there is nothing to change."""
    stdin(b"A first paper\n")

    assert texts.pairs(["by=fri", "why=-"], None) == ["by=fri", "why=A first paper"]
    assert texts.pairs(None, ["why"]) == []
    with pytest.raises(Usage, match="Nothing to change"):
        texts.pairs(None, None)


def test_the_editor_is_asked_for_by_name(texts: Texts) -> None:
    """The option or command that wants the editor is in the refusal."""
    with pytest.raises(Usage, match="--edit: no editor"):
        texts.prose(None, edit=True)
    with pytest.raises(Usage, match="edit: no editor"):
        texts.prose(None, edit=True, by="edit")
