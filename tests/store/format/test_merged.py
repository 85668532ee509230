"""Files of records that two machines changed: bytes in, bytes out."""

from __future__ import annotations

import pytest

from mentorlog.domain.reports import SyncConflict
from mentorlog.errors import MentorlogError, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.format import document
from mentorlog.store.format.merged import merged_file

PATH = "goals/g7k3q-case-report.toml"
CREATED = "created = 2026-09-01T09:00:00+00:00\n"
BASE = f'id = "g7k3q"\ntitle = "Case report"\n{CREATED}'.encode()


def with_line(line: str, data: bytes = BASE) -> bytes:
    """Return the file with one more line."""
    return data + f"{line}\n".encode()


def test_the_bytes_of_the_side_that_alone_changed_are_taken() -> None:
    """Nothing is read, and nothing is rewritten."""
    odd = with_line("# mine\nwhy='to learn'")

    assert merged_file(PATH, BASE, BASE, odd).data == odd
    assert merged_file(PATH, BASE, odd, BASE).data == odd
    assert merged_file(PATH, None, odd, odd) == merged_file(PATH, BASE, odd, BASE)


def test_a_side_that_says_all_of_it_is_taken_as_it_is() -> None:
    """The second is the remote's: its comments and its order stay; those of the other are told of."""
    mine, theirs = with_line('why = "To learn" # mine'), with_line('# theirs\nby = 2027-01-03\nwhy = "To learn"')

    result = merged_file(PATH, BASE, mine, theirs)

    assert (result.data, result.comments_dropped) == (theirs, True)
    assert not merged_file(PATH, BASE, with_line('why = "To learn"'), theirs).comments_dropped


def test_both_changes_are_in_the_file() -> None:
    """The file is written as mentorlog writes it; comments are lost, and that is said."""
    result = merged_file(PATH, BASE, with_line('why = "To learn"'), with_line("by = 2027-01-03 # soon"))
    text = result.data.decode()

    assert 'why = "To learn"' in text and "by = 2027-01-03" in text
    assert (result.comments_dropped, result.conflicts) == (True, ())


def test_a_new_conflict_is_told_once() -> None:
    """It names the field and the record; one that a side had already is not new."""
    one, two = (BASE.replace(b"Case report", title) for title in (b"Case", b"Case series"))
    first = merged_file(PATH, BASE, one, two)
    second = merged_file(PATH, first.data, with_line("", first.data), with_line('[x]\nkey = "a"', first.data))

    assert first.conflicts == (SyncConflict("g7k3q", "Case series", "title"),)
    assert 'title = "Case"\n' in first.data.decode().partition("[conflicts.other]")[2]
    assert second.conflicts == ()
    assert b"[[conflicts]]" in second.data


def test_a_side_that_is_no_record_is_an_error() -> None:
    """A merge never guesses at what cannot be read."""
    for pair in ((b"<<<<<<< x\n", with_line('why = "a"')), (with_line('why = "a"'), BASE.replace(b"g7k3q", b"g2222"))):
        with pytest.raises(Unreadable):
            merged_file(PATH, BASE, *pair)


def test_an_ancestor_that_cannot_be_read_is_none() -> None:
    """Nothing is then taken for deleted."""
    result = merged_file(PATH, b"\xff", with_line('tags = ["a"]'), with_line('tags = ["b"]'))

    assert b'"a",' in result.data and b'"b",' in result.data


def test_a_file_that_would_be_too_large_is_an_error() -> None:
    """Each side fits, both together do not: the hint says what to do."""
    one, two = (with_line(f'notes = "{word * 200_000}"') for word in ("mine ", "other"))

    with pytest.raises(MentorlogError, match="would be larger than 1 MiB") as error:
        merged_file(PATH, BASE, one, two)
    assert len(one) < files.LIMIT and error.value.hint


def test_the_profile_and_a_mentor_are_merged_too() -> None:
    """Files without an id in their name, and in an older format."""
    profile = merged_file("profile.toml", b"", b'name = "Elizabeth Blackwell"\n', b'values = ["Candour"]\n')
    mentor = f'id = "osler"\nname = "William Osler"\nstatus = "ended"\n{CREATED}'
    closed = f'{mentor}[closure]\non = 2027-01-03\nkind = "moved"\n'.encode()
    merged = merged_file("mentors/osler.toml", mentor.encode(), closed, with_line('notes = "So"', mentor.encode()))

    assert profile.data == b'name = "Elizabeth Blackwell"\nvalues = [\n    "Candour",\n]\n'
    assert b"[[closure]]" in merged.data
    assert document.checked("mentors/osler.toml", merged.data)
