"""Drafts: private, durable, and nothing but what was put there."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentorlog.store.drafts import Drafts


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    """The drafts of a journal that has none yet."""
    return Drafts(tmp_path / ".mentorlog" / "drafts")


def test_a_text_comes_back_until_it_is_dropped(drafts: Drafts) -> None:
    """What was put is what is got, by name, and dropping forgets it."""
    text = "Osler said:\r\n\tlisten — “Röntgen” \ufeff\n"

    assert drafts.get("review.toml") is None
    assert drafts.put("review.toml", text) == drafts.path("review.toml")
    assert drafts.get("review.toml") == text
    assert drafts.list() == ("review.toml",)
    drafts.drop("review.toml")
    drafts.drop("review.toml")
    assert drafts.list() == ()


def test_an_editors_own_files_do_not_count(drafts: Drafts) -> None:
    """Swap and backup files of an editor are no drafts."""
    drafts.put("note.md", "x")
    for name in (".note.md.swp", "note.md~"):
        (drafts.folder / name).write_text("x")

    assert drafts.list() == ("note.md",)


def test_bytes_that_are_no_text_are_not_lost(drafts: Drafts) -> None:
    """What an editor saved in another encoding comes back whole."""
    drafts.put("note.md", "x")
    drafts.path("note.md").write_bytes(b"R\xf6ntgen")

    text = drafts.get("note.md")
    assert text is not None
    drafts.put("copy.md", text)
    assert drafts.path("copy.md").read_bytes() == b"R\xf6ntgen"


def test_drafts_are_private(drafts: Drafts) -> None:
    """Folder 0700, file 0600."""
    path = drafts.put("note.md", "x")

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a\0b", "x" * 101])
def test_a_name_leads_nowhere_else(drafts: Drafts, name: str) -> None:
    """A draft's name is a plain file name."""
    with pytest.raises(ValueError, match="not the name of a draft"):
        drafts.path(name)


def test_what_a_dying_editor_saved_is_the_text(drafts: Drafts) -> None:
    """nano's and emacs's own rescues are newer than the text: they take its place, once."""
    for left in ("note.md.save", "#note.md#"):
        drafts.put("note.md", "old")
        drafts.put(left, "newer")
        assert drafts.left_by_editors("note.md") == (left,)

        drafts.rescue("note.md")

        assert drafts.get("note.md") == "newer"
        assert drafts.list() == ("note.md",)


def test_what_editors_left_goes_with_the_text(drafts: Drafts) -> None:
    """A text that is saved takes its swap along, and no other's."""
    for name in ("note.md", ".note.md.swp", ".note.md.swo", ".other.md.swp", "note.md.save", "note-2.md"):
        drafts.put("x", "")
        (drafts.folder / name).write_text("text")

    drafts.drop("note.md")
    drafts.drop("x")

    assert sorted(path.name for path in drafts.folder.iterdir()) == [".other.md.swp", "note-2.md"]


def test_a_folder_among_the_texts_hides_none_of_them(drafts: Drafts) -> None:
    """An editor that leaves a folder in the place of its text does not silence the others."""
    drafts.put("osler-2.toml", "text")
    (drafts.folder / "osler.toml").mkdir()

    assert drafts.left() == ("osler-2.toml",)
