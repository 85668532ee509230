"""The user's own templates: read from their files, changed as operations."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from mentorlog.errors import ChangedSince, NeedsDoctor, Unreadable
from mentorlog.store.journal import Journal
from mentorlog.store.layout import belongs_to_journal, id_of, kind_of, template_at
from mentorlog.store.oplog import operation
from mentorlog.store.templates import Templates
from world import NOW


def opened(root: Path) -> Journal:
    """The journal at a path."""
    return Journal(root, now=datetime.fromisoformat(NOW))


def put(root: Path, name: str, text: str, before: bytes | None = None) -> None:
    """Save a template."""
    opened(root).change("template edit", lambda change: change.put_template(name, text, before))


def templates(root: Path) -> Templates:
    """The templates of a journal."""
    return Templates(opened(root).history)


def test_a_template_is_a_private_file(journal_root: Path) -> None:
    """It is read as it was saved, and only its owner may read it."""
    put(journal_root, "recap", "Dear {{ to }}\n")
    file = journal_root / "templates" / "recap.txt"

    assert file.read_text() == "Dear {{ to }}\n"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert templates(journal_root).names() == ["recap"]
    assert templates(journal_root).text("recap") == "Dear {{ to }}\n"
    assert templates(journal_root).text("other") is None


def test_undo_and_redo(journal_root: Path) -> None:
    """Undo restores the bytes before, and deletes a new template; the records and the index are as they were."""
    put(journal_root, "recap", "one")
    put(journal_root, "recap", "two", b"one")
    file = journal_root / "templates" / "recap.txt"

    (change,) = opened(journal_root).undo().changes
    assert (change.record, change.id, change.path) == ("template", "recap", "templates/recap.txt")
    assert file.read_text() == "one"
    opened(journal_root).undo()
    assert not file.exists()
    opened(journal_root).undo(2, "redo")
    assert file.read_text() == "two"
    journal = opened(journal_root)
    assert journal.reading.everything() == [] and journal.reading.problems == []
    assert [one.record for one in journal.past.change(1).changes] == ["template"]


def test_a_template_that_was_changed_elsewhere(journal_root: Path) -> None:
    """What another program wrote since is never overwritten."""
    put(journal_root, "recap", "one")
    file = journal_root / "templates" / "recap.txt"
    file.write_text("mine")

    for before in (b"one", None):
        with pytest.raises(ChangedSince):
            put(journal_root, "recap", "two", before)
    with pytest.raises(ChangedSince):
        opened(journal_root).undo()
    assert file.read_text() == "mine"


def test_reading_through_an_unfinished_change(journal_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that is saved but not in place is read as saved; records are not mixed with it."""
    put(journal_root, "recap", "one")
    journal = opened(journal_root)
    with monkeypatch.context() as killed:
        killed.setattr("mentorlog.store.oplog.log.Log._finish", _killed)
        with pytest.raises(SystemExit):
            journal.change("template edit", lambda change: change.put_template("recap", "two", b"one"))

    assert (journal_root / "templates" / "recap.txt").read_text() == "one"
    assert templates(journal_root).text("recap") == "two"
    assert opened(journal_root).contents().records == ()
    assert opened(journal_root).reading.everything() == []
    put(journal_root, "short", "three")
    assert (journal_root / "templates" / "recap.txt").read_text() == "two"


def _killed(*_: object) -> None:
    raise SystemExit


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Dear\n\n\xff", "templates/recap.txt, line 3 cannot be read: it is not UTF-8."),
        (b"x" * (1024 * 1024 + 1), "templates/recap.txt cannot be read: it is larger than 1 MiB."),
    ],
)
def test_unreadable_files(journal_root: Path, data: bytes, said: str) -> None:
    """What is no text is refused with the file and the line."""
    (journal_root / "templates").mkdir(mode=0o700)
    (journal_root / "templates" / "recap.txt").write_bytes(data)

    with pytest.raises(Unreadable) as raised:
        templates(journal_root).text("recap")
    assert raised.value.sentence == said
    findings = [(one.level, one.category, one.path) for one in opened(journal_root).examine().findings]
    assert ("error", "template", "templates/recap.txt") in findings


def test_links_are_not_followed(journal_root: Path, tmp_path: Path) -> None:
    """Neither a template nor the folder of the templates may be a link out of the journal."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    folder = journal_root / "templates"
    folder.mkdir(mode=0o700)
    (folder / "recap.txt").symlink_to(secret)
    with pytest.raises(Unreadable):
        templates(journal_root).text("recap")
    (folder / "recap.txt").unlink()
    folder.rmdir()
    folder.symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(NeedsDoctor):
        templates(journal_root).text("secret")
    with pytest.raises(NeedsDoctor):
        put(journal_root, "recap", "x")
    assert secret.read_text() == "secret" and not (tmp_path / "recap.txt").exists()
    assert [(one.category, one.path) for one in opened(journal_root).examine().findings] == [("folder", "templates")]


def test_windows_line_ends(journal_root: Path) -> None:
    """A text from another system is read with plain line ends and without its mark."""
    (journal_root / "templates").mkdir(mode=0o700)
    (journal_root / "templates" / "recap.txt").write_bytes(b"\xef\xbb\xbfa\r\nb\r")

    assert templates(journal_root).text("recap") == "a\nb\n"


def test_doctor_knows_the_folder(journal_root: Path) -> None:
    """Templates are nothing to report; other files beside them are ignored, and an open one is made private."""
    put(journal_root, "recap", "one")
    assert opened(journal_root).examine().findings == ()
    (journal_root / "templates" / "Recap (copy).txt").write_text("x")
    (journal_root / "templates" / "recap.txt").chmod(0o644)
    findings = {one.category: one for one in opened(journal_root).examine().findings}

    assert findings.keys() == {"stranger", "permissions"}
    assert templates(journal_root).names() == ["recap"]
    assert "Made 2 files and folders private." in opened(journal_root).repair()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("templates/recap.txt", "recap"),
        ("templates/short-recap-2.txt", "short-recap-2"),
        *((path, "") for path in ("templates/../x.txt", "templates/a/b.txt", "templates/.recap.txt", "templates/.txt")),
        *((path, "") for path in ("templates/Recap.txt", "templates/con.txt", "templates/recap.toml", "recap.txt")),
        *((path, "") for path in ("/templates/recap.txt", "templates/recap.txt/", "templates/réc.txt")),
        ("templates/a b.txt", ""),
        ("templates/" + "a" * 41 + ".txt", ""),
    ],
)
def test_paths_of_templates(path: str, name: str) -> None:
    """An operation may change such a path, and no other in the folder."""
    assert template_at(path) == name
    if name:
        operation.check_path(path)
    else:
        with pytest.raises(ValueError, match="is not the path"):
            operation.check_path(path)


def test_a_template_is_no_record() -> None:
    """Its path has no id that a record could have, and is the journal's own."""
    assert id_of("templates/osler.txt") == "templates/osler.txt"
    assert kind_of("templates/osler.txt") == "template"
    assert belongs_to_journal(Path("templates/osler.txt"))
